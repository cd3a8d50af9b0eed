/** `bn-guard repair`: writes a copy of a model whose statistics are those of the samples. */

import { differenceOf, identityOf } from '../../core/report/momentsFile';
import type { RepairCheckDto, RepairDto, RepairMomentsDto } from '../../protocol/comparison';
import { CommandFailure, type ExitCode } from '../exit';
import { readReport } from './inspect';
import { readMomentsFile } from './mergeMoments';
import { type ModelHost, type RunArguments, inputOf, limitsOf, withRuntime } from './runModel';

export interface RepairArguments extends RunArguments {
  readonly output: string;
  readonly moments?: string;
}

export async function repair(
  path: string,
  args: RepairArguments,
  host: ModelHost,
): Promise<ExitCode> {
  const { input, output } = args;
  const moments = args.moments === undefined ? undefined : await momentsFor(path, args.moments);
  if (moments === undefined && input === undefined) {
    throw new CommandFailure('Say which samples to estimate from: --input or --moments.');
  }
  const repaired = await withRuntime(host, args, (runtime) =>
    runtime.request('repair', {
      ...{ path, output },
      ...(input !== undefined && { input: inputOf(input, args) }),
      ...(moments && { moments }),
      ...limitsOf(args),
    }),
  );
  host.terminal.out(`${linesOf(repaired, input !== undefined).join('\n')}\n`);
  return 0;
}

/** @throws CommandFailure when the file is of another model */
async function momentsFor(path: string, momentsPath: string): Promise<RepairMomentsDto> {
  const file = await readMomentsFile(momentsPath);
  const difference = differenceOf(identityOf(readReport(path)), file.layers);
  if (difference !== undefined) {
    throw new CommandFailure(`${momentsPath} was not made with this model: ${difference}.`);
  }
  return { batch: file.moments.batch ?? new Map(), sampleCount: file.input.sampleCount };
}

function linesOf(repaired: RepairDto, isRun: boolean): readonly string[] {
  const { output, layerCount, sampleCount, advisedSamples, before, after } = repaired;
  const few = `Use ${String(advisedSamples)} samples or more for statistics worth keeping.`;
  return [
    `${output}: ${String(layerCount)} BatchNorm layers store what ${String(sampleCount)} samples show.`,
    ...(sampleCount < advisedSamples ? [few] : []),
    `${isRun ? 'Run' : 'Read'} again: ${after.verdict.summary}`,
    ...(isRun ? after.verdict.evidence : []),
    ...(before ? agreementBefore(before) : []),
  ];
}

/** How far evaluation and batch mode agreed before; the evidence says how far they do in the copy. */
function agreementBefore({ agreements }: RepairCheckDto): readonly string[] {
  return agreements.flatMap(({ output, sameTop }) =>
    sameTop === undefined
      ? []
      : [
          `In the original it was the same for ${String(Math.round(100 * sameTop))} % (output ${output}).`,
        ],
  );
}
