/** Writes a copy of a model whose statistics are those of samples, and checks the copy. */

import { type Result, err, ok } from '../core/base/result';
import {
  advisedSamples,
  repairModel,
  repairRefusal,
  tooFewToRepair,
} from '../core/onnx/repairModel';
import { statisticsOf } from '../core/stats/moments';
import type { RepairCheckDto, RepairDto, RepairMomentsDto } from '../protocol/comparison';
import type {
  ModelReportDto,
  ObservationDto,
  RepairParams,
  RuntimeError,
} from '../protocol/runtime';
import { observe } from './observe';
import type { Machine, RunContext } from './machine';
import { partOf } from './progressPart';
import { readModel } from './readModel';

type Outcome<T> = Promise<Result<T, RuntimeError>>;

export async function repair(params: RepairParams, context: RunContext): Outcome<RepairDto> {
  const { path, output } = params;
  const { machine } = context;
  const described = await readModel({ path }, machine);
  if (!described.ok) {
    return described;
  }
  const refusal = repairRefusal(described.value, await machine.placeOf(path, output));
  if (refusal !== undefined) {
    return err({ kind: 'badInput', message: refusal });
  }
  const estimate = await estimateFrom(params, context);
  if (!estimate.ok) {
    return estimate;
  }
  const { moments, before } = estimate.value;
  const tooFew = tooFewToRepair(moments.sampleCount);
  if (tooFew !== undefined) {
    return err({ kind: 'badInput', message: tooFew });
  }
  context.report({ stage: 'preparing', fraction: 0.5, message: 'Writing the repaired copy' });
  const written = await writeCopy({ path, output, report: described.value, moments }, machine);
  if (!written.ok) {
    return written;
  }
  const after = await checked(params, context);
  return after.ok
    ? ok({
        ...{ output, layerCount: written.value, advisedSamples },
        sampleCount: moments.sampleCount,
        ...{ before, after: after.value },
      })
    : after;
}

interface Estimate {
  readonly moments: RepairMomentsDto;
  readonly before: RepairCheckDto | undefined;
}

async function estimateFrom(params: RepairParams, context: RunContext): Outcome<Estimate> {
  if (params.moments !== undefined) {
    return usable(params.moments, undefined);
  }
  const first = { start: 0, share: 0.5, label: 'Original' };
  const seen = await run(params, params.path, partOf(context, first));
  if (!seen.ok) {
    return seen;
  }
  const { moments, input } = seen.value;
  const batch = moments?.batch ?? new Map<never, never>();
  return usable({ batch, sampleCount: input.sampleCount }, checkOf(seen.value));
}

function usable(
  moments: RepairMomentsDto,
  before: RepairCheckDto | undefined,
): Result<Estimate, RuntimeError> {
  return moments.batch.size > 0
    ? ok({ moments, before })
    : err({
        kind: 'notRunnable',
        message:
          'The model could not be run with the statistics of the batch, which the estimate comes from. Export it with a free batch size.',
      });
}

async function run(
  { input, limit, batchSize }: RepairParams,
  path: string,
  context: RunContext,
): Outcome<ObservationDto> {
  return input === undefined
    ? err({ kind: 'badRequest', message: 'There are no samples to run the model on.' })
    : observe(
        {
          ...{ path, input, passes: ['eval', 'batch'], keepsMoments: true },
          ...(limit !== undefined && { limit }),
          ...(batchSize !== undefined && { batchSize }),
        },
        context,
      );
}

/** The new file is read and, with samples, run again. */
async function checked(params: RepairParams, context: RunContext): Outcome<RepairCheckDto> {
  const { output, input } = params;
  if (input === undefined) {
    const again = await readModel({ path: output }, context.machine);
    return again.ok ? ok({ verdict: again.value.verdict, agreements: [] }) : again;
  }
  const second = { start: 0.5, share: 0.5, label: 'Repaired copy' };
  const seen = await run(params, output, partOf(context, second));
  return seen.ok ? ok(checkOf(seen.value)) : seen;
}

function checkOf({ verdict, agreements }: ObservationDto): RepairCheckDto {
  return { verdict, agreements };
}

interface Copy {
  readonly path: string;
  readonly output: string;
  readonly report: ModelReportDto;
  readonly moments: RepairMomentsDto;
}

/** @returns how many layers got new statistics */
async function writeCopy(
  { path, output, report, moments }: Copy,
  machine: Machine,
): Outcome<number> {
  const files = await machine.openModel(path);
  if (!files.ok) {
    return files;
  }
  const { source, openExternal } = files.value;
  try {
    const repaired = repairModel({
      ...{ source, openExternal },
      names: report.layers.map(({ name }) => name),
      statistics: new Map([...moments.batch].map(([index, own]) => [index, statisticsOf(own)])),
    });
    if (!repaired.ok) {
      return err({ kind: 'notRunnable', message: repaired.error });
    }
    const written = await machine.writeFile(output, repaired.value.pieces);
    return written.ok ? ok(repaired.value.layerCount) : written;
  } finally {
    files.value.close();
  }
}
