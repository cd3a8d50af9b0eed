/** Runs many small pieces of drawing without ever holding the page for a whole frame. */

const sliceMs = 2;

export interface WorkQueue {
  /** Adds a piece of work; a second one with the same key replaces the first. */
  add(key: string, work: () => void): void;
}

export function createWorkQueue(
  requestFrame: (callback: () => void) => void = (callback) => {
    requestAnimationFrame(callback);
  },
): WorkQueue {
  const pending = new Map<string, () => void>();
  let isScheduled = false;

  const schedule = (): void => {
    if (!isScheduled && pending.size > 0) {
      isScheduled = true;
      requestFrame(() => void runSlice());
    }
  };
  const runSlice = async (): Promise<void> => {
    const started = performance.now();
    for (const [key, work] of pending) {
      pending.delete(key);
      work();
      // A chart draws in a microtask: its time counts too.
      await Promise.resolve();
      if (performance.now() - started > sliceMs) {
        break;
      }
    }
    isScheduled = false;
    schedule();
  };

  return {
    add(key, work) {
      pending.set(key, work);
      schedule();
    },
  };
}
