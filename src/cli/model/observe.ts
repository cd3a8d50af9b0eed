/** `bn-guard observe`: runs a model on samples and says whether its stored statistics fit. */

import { judgeObservation } from '../../core/onnx/judgeObservation';
import type { ModelReport } from '../../core/onnx/report';
import { type MomentsFile, differenceOf, identityOf } from '../../core/report/momentsFile';
import type { Observation } from '../../core/report/observation';
import type { ObservationDto, PassDto } from '../../protocol/runtime';
import { CommandFailure, type ExitCode } from '../exit';
import { type InspectArguments, printModel, readReport } from './inspect';
import { readMomentsFile, writeMomentsFile } from './mergeMoments';
import { type ModelHost, type RunArguments, runModel } from './runModel';

export interface ObserveArguments extends InspectArguments, RunArguments {
  readonly passes: readonly PassDto[];
  /** Where to write the moments of this run. */
  readonly output?: string;
  /** Moments to judge by, in place of a run. */
  readonly moments?: string;
}

export async function observe(
  path: string,
  args: ObserveArguments,
  host: ModelHost,
): Promise<ExitCode> {
  const report = readReport(path);
  const { terminal } = host;
  if (args.moments !== undefined) {
    const observation = observationOf(report, await readMomentsFile(args.moments), args.moments);
    return printModel(report, args, { terminal, observation });
  }
  const { output, passes } = args;
  const keepsMoments = output !== undefined;
  const observation = await runModel({ path, args, passes, keepsMoments }, host);
  if (output !== undefined) {
    await writeMomentsFile(output, momentsFileOf(report, observation));
  }
  return printModel(report, args, { terminal, observation });
}

function momentsFileOf(report: ModelReport, observation: ObservationDto): MomentsFile {
  const { input, moments } = observation;
  return {
    layers: identityOf(report),
    input: {
      labels: [input.label],
      sampleCount: input.sampleCount,
      isSynthetic: input.isSynthetic,
    },
    moments: moments ?? { eval: undefined, batch: undefined },
  };
}

/** @throws CommandFailure when the moments are those of another model */
function observationOf(report: ModelReport, file: MomentsFile, path: string): Observation {
  const difference = differenceOf(identityOf(report), file.layers);
  if (difference !== undefined) {
    throw new CommandFailure(
      `${path} was not made with this model: ${difference}. Run bn-guard observe with --output on it.`,
    );
  }
  const { labels, sampleCount, isSynthetic } = file.input;
  const { observed, verdict } = judgeObservation({
    ...{ report, sampleCount, isSynthetic },
    moments: file.moments,
    agreements: [],
  });
  return {
    input: { label: labels.join(' + '), isSynthetic, sampleCount },
    forcedEval: [],
    layers: observed,
    verdict,
    problems: report.problems,
  };
}
