/** Compares two models: what they store, and which of them fits samples that both are run on. */

import { type Result, ok } from '../core/base/result';
import { compareModels } from '../core/onnx/compareModels';
import type { ComparedModelsDto, PairDto } from '../protocol/comparison';
import type { CompareParams, ObservationDto, RuntimeError } from '../protocol/runtime';
import { observe } from './observe';
import type { RunContext } from './machine';
import { partOf } from './progressPart';
import { readModel } from './readModel';

export async function compare(
  params: CompareParams,
  context: RunContext,
): Promise<Result<ComparedModelsDto, RuntimeError>> {
  const first = await readModel({ path: params.paths.first }, context.machine);
  if (!first.ok) {
    return first;
  }
  const second = await readModel({ path: params.paths.second }, context.machine);
  if (!second.ok) {
    return second;
  }
  const runs = await runBoth(params, context);
  if (!runs.ok) {
    return runs;
  }
  const reports = { first: first.value, second: second.value };
  const seen = runs.value?.first.input;
  return ok({
    comparison: compareModels(reports, runs.value),
    second: second.value,
    input: seen && { label: seen.label, sampleCount: seen.sampleCount },
  });
}

type Runs = PairDto<ObservationDto> | undefined;

async function runBoth(
  { paths, input, limit, batchSize }: CompareParams,
  context: RunContext,
): Promise<Result<Runs, RuntimeError>> {
  if (input === undefined) {
    return ok(undefined);
  }
  const run = (path: string, part: RunContext): ReturnType<typeof observe> =>
    observe(
      {
        ...{ path, input, passes: ['eval', 'batch'] },
        ...(limit !== undefined && { limit }),
        ...(batchSize !== undefined && { batchSize }),
      },
      part,
    );
  const half = { share: 0.5 };
  const first = await run(
    paths.first,
    partOf(context, { ...half, start: 0, label: 'First model' }),
  );
  if (!first.ok) {
    return first;
  }
  const second = await run(
    paths.second,
    partOf(context, { ...half, start: 0.5, label: 'Second model' }),
  );
  return second.ok ? ok({ first: first.value, second: second.value }) : second;
}
