/** Being stopped by the user or the system. */

const stoppingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs a short piece of work to its end although the user stops the command meanwhile; then the
 * process ends by that signal, as it would have.
 */
export async function withoutInterruption<T>(work: () => Promise<T>): Promise<T> {
  const received: NodeJS.Signals[] = [];
  const remember = (signal: NodeJS.Signals): void => void received.push(signal);
  for (const signal of stoppingSignals) {
    process.on(signal, remember);
  }
  try {
    return await work();
  } finally {
    for (const signal of stoppingSignals) {
      process.off(signal, remember);
    }
    const [first] = received;
    if (first !== undefined) {
      process.kill(process.pid, first);
    }
  }
}
