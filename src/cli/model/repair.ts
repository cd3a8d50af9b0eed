/** `bn-guard repair`: writes a copy of a model whose statistics are those of the samples. */

import { realpath } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { isBatchNorm, readBatchNorm } from '../../core/onnx/batchNorm';
import { openModel } from '../../core/onnx/describeModel';
import { mainFrame, placedNodes } from '../../core/onnx/frame';
import type { ModelReport } from '../../core/onnx/report';
import { piecesOf, replaceStatistics } from '../../core/onnx/surgery/replaceStatistics';
import { statisticsOf } from '../../core/stats/moments';
import { ExternalFiles, openFileSource } from '../../platform/fileByteSource';
import { writeAtomically } from '../../platform/writeAtomically';
import type { ObservationDto } from '../../protocol/runtime';
import { CommandFailure, type ExitCode } from '../exit';
import { differenceOf, identityOf } from '../../core/report/momentsFile';
import { readReport } from './inspect';
import { readMomentsFile } from './mergeMoments';
import { type ModelHost, type RunArguments, runModel } from './runModel';

export interface RepairArguments extends RunArguments {
  readonly output: string;
  readonly moments?: string;
}

type Moments = NonNullable<NonNullable<ObservationDto['moments']>['batch']>;

/** Fewer samples give statistics that only roughly are those of all data. */
const advisedSamples = 1000;
const fewestSamples = 16;

export async function repair(
  path: string,
  args: RepairArguments,
  host: ModelHost,
): Promise<ExitCode> {
  const report = readReport(path);
  await refuse(path, args.output, report);
  const { moments, sampleCount } = await observedBatch(path, args, host);
  if (sampleCount < fewestSamples) {
    throw new CommandFailure(
      `${String(sampleCount)} samples are too few to estimate statistics from; use ${String(advisedSamples)} or more.`,
    );
  }
  const layerCount = await writeRepaired(path, { output: args.output, report, moments });
  const lines = [
    `${args.output}: ${String(layerCount)} BatchNorm layers store what ${String(sampleCount)} samples show.`,
    sampleCount < advisedSamples
      ? `Use ${String(advisedSamples)} samples or more for statistics worth keeping.`
      : '',
    ...(await checked(args, host)),
  ];
  host.terminal.out(`${lines.filter((line) => line !== '').join('\n')}\n`);
  return 0;
}

/** @throws CommandFailure when the result would do harm or no good */
async function refuse(path: string, output: string, report: ModelReport): Promise<void> {
  const [from, to] = await Promise.all([path, output].map(real));
  if (from === to) {
    throw new CommandFailure(
      'The repaired model is never written over the original. Name another file as --output.',
    );
  }
  const isElsewhere = dirname(from ?? '') !== dirname(to ?? '');
  const parameters = report.layers.flatMap((layer) => Object.values(layer.parameters));
  if (isElsewhere && parameters.some(({ source }) => source === 'external')) {
    throw new CommandFailure(
      'The model keeps its weights in a file beside it. Write the repaired one into the same folder.',
    );
  }
  if (report.layers.some(({ mode }) => mode === 'training')) {
    throw new CommandFailure(
      'The model is stored in training mode and does not use its statistics. Export it in evaluation mode first.',
    );
  }
}

function real(path: string): Promise<string> {
  return realpath(path).catch(() => resolve(path));
}

interface ObservedBatch {
  readonly moments: Moments;
  readonly sampleCount: number;
}

async function observedBatch(
  path: string,
  args: RepairArguments,
  host: ModelHost,
): Promise<ObservedBatch> {
  if (args.moments !== undefined) {
    const file = await readMomentsFile(args.moments);
    const difference = differenceOf(identityOf(readReport(path)), file.layers);
    if (difference !== undefined) {
      throw new CommandFailure(`${args.moments} was not made with this model: ${difference}.`);
    }
    return { moments: neededBatch(file.moments.batch), sampleCount: file.input.sampleCount };
  }
  if (args.input === undefined) {
    throw new CommandFailure('Say which samples to estimate from: --input or --moments.');
  }
  const passes = ['eval', 'batch'] as const;
  const { moments, input } = await runModel({ path, args, passes, keepsMoments: true }, host);
  return { moments: neededBatch(moments?.batch), sampleCount: input.sampleCount };
}

/** @throws CommandFailure when the model was not run with batch statistics */
function neededBatch(moments: Moments | undefined): Moments {
  if (moments === undefined || moments.size === 0) {
    throw new CommandFailure(
      'The model could not be run with the statistics of the batch, which the estimate comes from. Export it with a free batch size.',
    );
  }
  return moments;
}

interface Repaired {
  readonly output: string;
  readonly report: ModelReport;
  readonly moments: Moments;
}

/** @returns how many layers got new statistics */
async function writeRepaired(path: string, { output, report, moments }: Repaired): Promise<number> {
  const opened = openFileSource(path);
  if (!opened.ok) {
    throw new CommandFailure(opened.error.message);
  }
  const source = opened.value;
  const external = new ExternalFiles(path);
  try {
    const parsed = openModel(source);
    if (!parsed.ok) {
      throw new CommandFailure(parsed.error.message);
    }
    const { file, model } = parsed.value;
    const reader = { file, openExternal: external.open };
    const nodes = [...placedNodes(model, mainFrame(model))].filter(isBatchNorm);
    const layers = nodes.flatMap((place, index) => {
      const seen = moments.get(index);
      return seen === undefined
        ? []
        : [
            {
              name: report.layers[index]?.name ?? '',
              node: readBatchNorm(reader, place),
              statistics: statisticsOf(seen),
            },
          ];
    });
    const { segments, unwritten } = replaceStatistics({ file, model, layers });
    if (unwritten.length > 0) {
      throw new CommandFailure(
        `${unwritten.join(', ')} shares its statistics with other layers inside a function, where it cannot be given its own. Inline the functions first: onnx.inliner.inline_local_functions(model).`,
      );
    }
    await writeAtomically(output, piecesOf(file, segments));
    return layers.length;
  } finally {
    external.close();
    source.close();
  }
}

/** The new file is read and run again, and what that shows is told. */
async function checked(args: RepairArguments, host: ModelHost): Promise<readonly string[]> {
  const report = readReport(args.output);
  if (args.input === undefined) {
    return [`Read again: ${report.verdict.summary}`];
  }
  const passes = ['eval', 'batch'] as const;
  const run = { path: args.output, args, passes, keepsMoments: false };
  const { verdict } = await runModel(run, host);
  return [`Run again: ${verdict.summary}`, ...verdict.evidence];
}
