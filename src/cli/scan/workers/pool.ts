/** Analyses the parts of a project in several threads. */

import { join } from 'node:path';
import { type ResourceLimits, Worker } from 'node:worker_threads';
import type { PartResult } from '../../../core/engine/result';
import { sizeOf } from '../../../core/engine/shard';
import type { ProjectPart } from '../../../core/project/plan';
import type { PartAnswer, WorkerSetup } from './worker';

/** Is told of each part when it is done, in any order; the thread waits for the answer. */
export type HearResult = (part: ProjectPart, result: PartResult) => Promise<void>;

export async function analyzeInThreads(
  parts: readonly ProjectPart[],
  threads: number,
  { hear, ...setup }: WorkerSetup & { readonly hear: HearResult },
): Promise<void> {
  // The largest first: whoever gets it is busy for long, and the others share out the rest.
  const waiting = [...parts].sort((a, b) => sizeOf(a) - sizeOf(b));
  const work = async (): Promise<void> => {
    let part = waiting.pop();
    if (part === undefined) {
      return;
    }
    // No part that it gets later is larger than its first.
    const thread = new AnalysisThread(setup, limitsFor(part));
    try {
      for (; part !== undefined; part = waiting.pop()) {
        await hear(part, await thread.analyze(part));
      }
    } finally {
      await thread.end();
    }
  };
  await Promise.all(Array.from({ length: Math.min(threads, parts.length) }, work));
}

/**
 * Without limits a thread lets rubbish pile up to several times of what it needs. What it needs
 * grows with the part: syntax trees and states of a large one take some fifteen times its text.
 */
function limitsFor(part: ProjectPart): ResourceLimits {
  const sizeMb = sizeOf(part) / 1e6;
  return {
    maxYoungGenerationSizeMb: 24,
    maxOldGenerationSizeMb: Math.ceil(100 + 30 * sizeMb),
  };
}

class AnalysisThread {
  readonly #setup: WorkerSetup;
  #worker: Worker;

  constructor(setup: WorkerSetup, resourceLimits: ResourceLimits) {
    this.#setup = setup;
    this.#worker = start(setup, resourceLimits);
  }

  /** Rejects when the thread dies of a bug of ours. */
  async analyze(part: ProjectPart): Promise<PartResult> {
    try {
      return await ask(this.#worker, part);
    } catch (cause) {
      if (!isOutOfMemory(cause)) {
        throw cause;
      }
      // The limit was a guess: this part needs more than others of its size.
      this.#worker = start(this.#setup, {});
      return ask(this.#worker, part);
    }
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}

function start(setup: WorkerSetup, resourceLimits: ResourceLimits): Worker {
  return new Worker(join(setup.bundleFolder, 'cli.js'), { workerData: setup, resourceLimits });
}

function isOutOfMemory(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

function ask(worker: Worker, part: ProjectPart): Promise<PartResult> {
  return new Promise((resolve, reject) => {
    const onEnd = (code: number): void => {
      reject(new Error(`An analysis thread ended with code ${String(code)}`));
    };
    worker.once('error', reject);
    worker.once('exit', onEnd);
    worker.once('message', ({ result }: PartAnswer) => {
      worker.off('error', reject);
      worker.off('exit', onEnd);
      resolve(result);
    });
    worker.postMessage(part);
  });
}
