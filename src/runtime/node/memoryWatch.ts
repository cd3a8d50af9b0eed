/**
 * Ends the model process before it takes more memory than it may.
 *
 * ONNX Runtime blocks the thread it runs on, so a thread of its own has to look. It only keeps a
 * timer: nothing of ONNX Runtime is loaded there.
 */

import { writeSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { memoryWords } from '../../platform/memoryLimit';

const intervalMs = 100;
const standardError = 2;

export interface MemoryWatch {
  readonly limitMb: number;
}

/** @param modulePath what the thread runs; it must call `watchMemory` there */
export function startMemoryWatch(modulePath: string, watch: MemoryWatch): void {
  const worker = new Worker(modulePath, {
    workerData: watch,
    argv: [],
    resourceLimits: { maxOldGenerationSizeMb: 16 },
  });
  // Where threads cannot be had, the process runs without its watch.
  worker.on('error', () => undefined);
  worker.unref();
}

/** Runs for ever in the thread of the watch. */
export function watchMemory({ limitMb }: MemoryWatch): void {
  setInterval(() => {
    const usedMb = process.memoryUsage.rss() / (1024 * 1024);
    if (usedMb > limitMb) {
      writeSync(standardError, `\n${memoryWords({ usedMb, limitMb })}\n`);
      process.kill(process.pid, 'SIGKILL');
    }
  }, intervalMs);
}

export function isMemoryWatch(value: unknown): value is MemoryWatch {
  return (
    typeof value === 'object' &&
    value !== null &&
    'limitMb' in value &&
    typeof value.limitMb === 'number'
  );
}
