/** Runs many small pieces of drawing without ever holding the page for a whole frame. */

const sliceMs = 2;

export type Weight = 'light' | 'heavy';

export interface WorkQueue {
  /**
   * Adds a piece of work; a second one with the same key replaces the first.
   *
   * @param weight of the piece; what the browser has to lay out anew is heavy and gets a frame of
   * its own, because layout and painting come on top of what the piece itself takes
   */
  add(key: string, work: () => void, weight?: Weight): void;
}

export function createWorkQueue(
  requestFrame: (callback: () => void) => void = (callback) => {
    requestAnimationFrame(callback);
  },
): WorkQueue {
  const pending = new Map<string, { readonly work: () => void; readonly weight: Weight }>();
  let isScheduled = false;

  const schedule = (): void => {
    if (!isScheduled && pending.size > 0) {
      isScheduled = true;
      requestFrame(() => void runSlice());
    }
  };
  const runSlice = async (): Promise<void> => {
    const started = performance.now();
    let isFirst = true;
    for (const [key, { work, weight }] of pending) {
      if (weight === 'heavy' && !isFirst) {
        break;
      }
      isFirst = false;
      pending.delete(key);
      work();
      // A chart draws in a microtask: its time counts too.
      await Promise.resolve();
      if (weight === 'heavy' || performance.now() - started > sliceMs) {
        break;
      }
    }
    isScheduled = false;
    schedule();
  };

  return {
    add(key, work, weight = 'light') {
      pending.set(key, { work, weight });
      schedule();
    },
  };
}
