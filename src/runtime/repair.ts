/** Writes a copy of a model whose statistics are those of samples, and checks the copy. */

import { realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { type Result, err, ok } from '../core/base/result';
import {
  type RepairPlace,
  advisedSamples,
  repairModel,
  repairRefusal,
  tooFewToRepair,
} from '../core/onnx/repairModel';
import { statisticsOf } from '../core/stats/moments';
import { ExternalFiles, openFileSource } from '../platform/fileByteSource';
import { writeAtomically } from '../platform/writeAtomically';
import type { RepairCheckDto, RepairDto, RepairMomentsDto } from '../protocol/comparison';
import type {
  ModelReportDto,
  ObservationDto,
  RepairParams,
  RuntimeError,
} from '../protocol/runtime';
import { observe } from './observe';
import type { Report } from './openRun';
import { partOf } from './progressPart';
import { readModel } from './readModel';

type Outcome<T> = Promise<Result<T, RuntimeError>>;

export async function repair(params: RepairParams, report: Report): Outcome<RepairDto> {
  const { path, output } = params;
  const described = readModel({ path });
  if (!described.ok) {
    return described;
  }
  const refusal = repairRefusal(described.value, await placeOf(path, output));
  if (refusal !== undefined) {
    return err({ kind: 'badInput', message: refusal });
  }
  const estimate = await estimateFrom(params, report);
  if (!estimate.ok) {
    return estimate;
  }
  const { moments, before } = estimate.value;
  const tooFew = tooFewToRepair(moments.sampleCount);
  if (tooFew !== undefined) {
    return err({ kind: 'badInput', message: tooFew });
  }
  report({ stage: 'preparing', fraction: 0.5, message: 'Writing the repaired copy' });
  const written = await writeCopy({ path, output, report: described.value, moments });
  if (!written.ok) {
    return written;
  }
  const after = await checked(params, report);
  return after.ok
    ? ok({
        ...{ output, layerCount: written.value, advisedSamples },
        sampleCount: moments.sampleCount,
        ...{ before, after: after.value },
      })
    : after;
}

async function placeOf(path: string, output: string): Promise<RepairPlace> {
  const [from, to] = await Promise.all([real(path), real(output)]);
  return { isOriginal: from === to, isSameFolder: dirname(from) === dirname(to) };
}

/** Of a file that does not exist yet, the folder at least may be a link. */
async function real(path: string): Promise<string> {
  const full = resolve(path);
  const folder = (): Promise<string> => realpath(dirname(full)).catch(() => dirname(full));
  return realpath(full).catch(async () => join(await folder(), basename(full)));
}

interface Estimate {
  readonly moments: RepairMomentsDto;
  readonly before: RepairCheckDto | undefined;
}

async function estimateFrom(params: RepairParams, report: Report): Outcome<Estimate> {
  if (params.moments !== undefined) {
    return usable(params.moments, undefined);
  }
  const first = { start: 0, share: 0.5, label: 'Original' };
  const seen = await run(params, params.path, partOf(report, first));
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
  report: Report,
): Outcome<ObservationDto> {
  return input === undefined
    ? err({ kind: 'badRequest', message: 'There are no samples to run the model on.' })
    : observe(
        {
          ...{ path, input, passes: ['eval', 'batch'], keepsMoments: true },
          ...(limit !== undefined && { limit }),
          ...(batchSize !== undefined && { batchSize }),
        },
        report,
      );
}

/** The new file is read and, with samples, run again. */
async function checked(params: RepairParams, report: Report): Outcome<RepairCheckDto> {
  const { output, input } = params;
  if (input === undefined) {
    const again = readModel({ path: output });
    return again.ok ? ok({ verdict: again.value.verdict, agreements: [] }) : again;
  }
  const second = { start: 0.5, share: 0.5, label: 'Repaired copy' };
  const seen = await run(params, output, partOf(report, second));
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
async function writeCopy({ path, output, report, moments }: Copy): Outcome<number> {
  const opened = openFileSource(path);
  if (!opened.ok) {
    return opened;
  }
  const external = new ExternalFiles(path);
  try {
    const repaired = repairModel({
      ...{ source: opened.value, openExternal: external.open },
      names: report.layers.map(({ name }) => name),
      statistics: new Map([...moments.batch].map(([index, own]) => [index, statisticsOf(own)])),
    });
    if (!repaired.ok) {
      return err({ kind: 'notRunnable', message: repaired.error });
    }
    const failure = await writeAtomically(output, repaired.value.pieces).then(
      () => undefined,
      (cause: unknown) => notWritten(output, cause),
    );
    return failure ? err(failure) : ok(repaired.value.layerCount);
  } finally {
    external.close();
    opened.value.close();
  }
}

function notWritten(output: string, cause: unknown): RuntimeError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
  const reason = reasons[code] ?? code;
  return {
    kind: 'notWritten',
    message: `${output} could not be written: ${reason}. The original is unchanged; choose another place.`,
  };
}

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EACCES: 'there is no permission to write there',
  EPERM: 'there is no permission to write there',
  EROFS: 'the place can only be read',
  ENOENT: 'the folder does not exist',
  EISDIR: 'it is a folder',
};
