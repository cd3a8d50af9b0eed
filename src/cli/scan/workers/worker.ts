/** What runs in an analysis thread: parts come in, results go out, one at a time. */

import { parentPort, workerData } from 'node:worker_threads';
import { analyzeOnePart } from '../../../core/engine/partwise';
import { everyFinding } from '../../../core/engine/options';
import type { PartResult } from '../../../core/engine/result';
import type { ProjectPart } from '../../../core/project/plan';
import type { ProjectEnvironment } from '../../../core/project/versions/environment';
import { createPythonParser } from '../../../core/python/createParser';
import { readParserWasm } from '../../../platform/parserWasm';

/** What a thread is told when it starts; plain data. */
export interface WorkerSetup {
  /** The folder of the bundle, with the parser's wasm files beside it. */
  readonly bundleFolder: string;
  readonly environment: ProjectEnvironment;
}

export interface PartAnswer {
  readonly result: PartResult;
}

/** Answers parts until the thread is ended from outside. */
export async function serveParts(): Promise<void> {
  // Only the pool starts threads, and it hands over a setup.
  const { bundleFolder, environment } = workerData as WorkerSetup;
  const port = parentPort;
  const parser = await createPythonParser(await readParserWasm(bundleFolder));
  port?.on('message', (part: ProjectPart) => {
    const answer: PartAnswer = {
      result: analyzeOnePart(part, { parser, environment, selection: everyFinding }),
    };
    port.postMessage(answer);
  });
}
