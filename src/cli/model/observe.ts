/** `bn-guard observe`: runs a model on samples and says whether its stored statistics fit. */

import { join } from 'node:path';
import { RuntimeProcess } from '../../platform/runtimeProcess';
import type { InputDto, PassDto } from '../../protocol/runtime';
import { CommandFailure, type ExitCode } from '../exit';
import type { Terminal } from '../terminal';
import { type InspectArguments, printModel, readReport } from './inspect';

export interface ObserveArguments extends InspectArguments {
  readonly input?: string;
  readonly passes: readonly PassDto[];
  readonly limit?: number;
}

export interface ObserveHost {
  readonly terminal: Terminal;
  readonly bundleFolder: string;
}

/** Samples made up when no input is given: enough to see that the model runs. */
const syntheticCount = 16;

/** The model runs in a process of its own: a crash there ends with a sentence here. */
export async function observe(
  path: string,
  args: ObserveArguments,
  { terminal, bundleFolder }: ObserveHost,
): Promise<ExitCode> {
  const report = readReport(path);
  const runtime = new RuntimeProcess({ modulePath: join(bundleFolder, 'runtime.js') });
  runtime.onProgress(({ message }) => {
    if (terminal.isWatched) {
      terminal.note(message);
    }
  });
  try {
    const input: InputDto =
      args.input === undefined
        ? { kind: 'synthetic', sampleCount: syntheticCount }
        : { kind: 'file', path: args.input };
    const limit = args.limit === undefined ? {} : { limit: args.limit };
    const reply = await runtime.request('observe', { path, input, passes: args.passes, ...limit });
    if (!reply.ok) {
      throw new CommandFailure(reply.error.message);
    }
    return printModel(report, args, { terminal, observation: reply.value });
  } finally {
    runtime.dispose();
  }
}
