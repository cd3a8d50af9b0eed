/** Runs a model for a command: the process, its progress, and what it was asked for. */

import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Result } from '../../core/base/result';
import { RuntimeProcess } from '../../platform/runtimeProcess';
import type { InputDto, ObservationDto, PassDto } from '../../protocol/runtime';
import { CommandFailure } from '../exit';
import { type PreprocessingArguments, imageInput } from './preprocessing';
import type { Terminal } from '../terminal';

export interface ModelHost {
  readonly terminal: Terminal;
  readonly bundleFolder: string;
}

/** The options of every command that runs a model. */
export interface RunArguments extends PreprocessingArguments {
  readonly input?: string;
  readonly limit?: number;
  readonly batchSize?: number;
  /** Megabytes the process may take. */
  readonly memory?: number;
}

export interface ModelRun {
  readonly path: string;
  readonly args: RunArguments;
  readonly passes: readonly PassDto[];
  readonly keepsMoments: boolean;
}

/** Samples made up when no input is given: enough to see that the model runs. */
const syntheticCount = 16;

/** @throws CommandFailure when the model cannot be run */
export function runModel(
  { path, args, passes, keepsMoments }: ModelRun,
  host: ModelHost,
): Promise<ObservationDto> {
  const { input } = args;
  const samples: InputDto =
    input === undefined ? { kind: 'synthetic', sampleCount: syntheticCount } : inputOf(input, args);
  return withRuntime(host, args, (runtime) =>
    runtime.request('observe', {
      ...{ path, input: samples, passes, keepsMoments },
      ...limitsOf(args),
    }),
  );
}

/** How much is run, and in pieces of which size. */
export function limitsOf({ limit, batchSize }: RunArguments): {
  readonly limit?: number;
  readonly batchSize?: number;
} {
  return {
    ...(limit !== undefined && { limit }),
    ...(batchSize !== undefined && { batchSize }),
  };
}

/**
 * The model runs in a process of its own: a crash there ends with a sentence here.
 *
 * @throws CommandFailure when the request is refused or the process ends
 */
export async function withRuntime<T>(
  { terminal, bundleFolder }: ModelHost,
  { memory }: RunArguments,
  ask: (runtime: RuntimeProcess) => Promise<Result<T, { readonly message: string }>>,
): Promise<T> {
  const runtime = new RuntimeProcess({
    modulePath: join(bundleFolder, 'runtime.js'),
    ...(memory === undefined ? {} : { memoryLimitMb: memory }),
  });
  runtime.onProgress(({ part, message }) => {
    if (terminal.isWatched) {
      terminal.note(part === undefined ? message : `${part}: ${message}`);
    }
  });
  try {
    const reply = await ask(runtime);
    if (!reply.ok) {
      throw new CommandFailure(reply.error.message);
    }
    return reply.value;
  } finally {
    runtime.dispose();
  }
}

/** @throws CommandFailure when it is not said how pictures are prepared */
export function inputOf(path: string, args: PreprocessingArguments): InputDto {
  return isPictures(path) ? imageInput(path, args) : { kind: 'file', path };
}

/** A folder, or a file that is named like a picture. */
function isPictures(path: string): boolean {
  const isPicture = /\.(?:png|jpe?g)$/i.test(path);
  return isPicture || statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
