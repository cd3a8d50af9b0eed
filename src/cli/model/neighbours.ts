/** `bn-guard neighbours`: how far what a model says of a sample depends on the rest of the batch. */

import { neighboursJson, neighboursText } from '../../core/report/neighbours';
import { CommandFailure, type ExitCode } from '../exit';
import type { CompareArguments } from './compare';
import { type ModelHost, inputOf, withRuntime } from './runModel';

export interface NeighboursArguments extends CompareArguments {
  readonly similar?: string;
  readonly subjects?: number;
}

export async function neighbours(
  path: string,
  args: NeighboursArguments,
  host: ModelHost,
): Promise<ExitCode> {
  const { input, similar, subjects, batchSize, limit } = args;
  if (input === undefined) {
    throw new CommandFailure('Say which samples to try: --input, with samples of different kinds.');
  }
  const size = batchSize ?? limit;
  const experiment = await withRuntime(host, args, (runtime) =>
    runtime.request('tryNeighbours', {
      ...{ path, input: inputOf(input, args) },
      ...(similar === undefined ? {} : { similar: inputOf(similar, args) }),
      ...(subjects === undefined ? {} : { subjects }),
      ...(size === undefined ? {} : { batchSize: size }),
    }),
  );
  host.terminal.out(
    args.format === 'json' ? neighboursJson(experiment) : neighboursText(experiment, host.terminal),
  );
  return experiment.verdict.severity === 'ok' ? 0 : 1;
}
