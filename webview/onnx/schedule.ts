/** Runs many small pieces of drawing without ever holding the page for a whole frame. */

const sliceMs = 6;

export interface WorkQueue {
  /** Adds a piece of work; a second one with the same key replaces the first. */
  add(key: string, work: () => void): void;
  clear(): void;
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
      requestFrame(runSlice);
    }
  };
  const runSlice = (): void => {
    isScheduled = false;
    const started = performance.now();
    for (const [key, work] of pending) {
      pending.delete(key);
      work();
      if (performance.now() - started > sliceMs) {
        break;
      }
    }
    schedule();
  };

  return {
    add(key, work) {
      pending.set(key, work);
      schedule();
    },
    clear() {
      pending.clear();
    },
  };
}
