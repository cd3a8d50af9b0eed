/** Runs samples among different neighbours, with stored statistics and with those of the batch. */

import { type Result, err, ok } from '../core/base/result';
import { type NeighbourAnswers, judgeNeighbours } from '../core/stats/neighbours';
import type { NamedTensor } from '../core/tensors/tensor';
import { variationsOf } from '../core/tensors/variations';
import type { NeighboursDto } from '../protocol/neighbours';
import type { NeighboursParams, RuntimeError } from '../protocol/runtime';
import { samplesFrom, samplesIn } from './chunks';
import { loadInputs } from './inputs';
import type { LoadedInputs } from './loadedInputs';
import type { RunContext } from './machine';
import { type Batches, openRunner } from './neighbourRunner';
import { type ModelRun, type OpenRun, openRun, withModelFiles } from './openRun';
import { notRunnable } from './prepareModel';

type Tried = Promise<Result<NeighboursDto, RuntimeError>>;

const defaultSubjects = 8;
const defaultBatch = 32;
const fewestSamples = 2;

/**
 * Each of some samples is judged four times: among samples of all kinds and among near-identical
 * ones, in evaluation mode and with the statistics of the batch.
 */
export function tryNeighbours(params: NeighboursParams, context: RunContext): Tried {
  return withModelFiles(params.path, context, async (run) => {
    const limit = params.batchSize ?? defaultBatch;
    const opened = await openRun(run, { input: params.input, limit });
    if (!opened.ok) {
      return opened;
    }
    const { inputs } = opened.value;
    if (inputs.sampleCount < fewestSamples) {
      return err({
        kind: 'badInput',
        message: 'One sample has no neighbours. Give at least two of different kinds.',
      });
    }
    const similar =
      params.similar === undefined
        ? undefined
        : await loadInputs(opened.value.report.inputs, {
            ...{ input: params.similar, limit, machine: run.machine },
          });
    return similar === undefined || similar.ok
      ? runExperiment(params, run, { ...opened.value, similar: similar?.value })
      : similar;
  });
}

interface Experiment extends OpenRun {
  /** Near-identical samples of the user's own. */
  readonly similar: LoadedInputs | undefined;
}

async function runExperiment(
  { subjects: wanted = defaultSubjects, batchSize = defaultBatch }: NeighboursParams,
  run: ModelRun,
  experiment: Experiment,
): Tried {
  const { inputs, similar } = experiment;
  const size = Math.min(batchSize, inputs.sampleCount);
  const runner = await openRunner(run.files, experiment);
  if (!runner.ok) {
    return notRunnable(cannotRun(size, runner.error));
  }
  const mixed = await inputs.samples({ start: 0, count: size, padTo: size });
  const count = Math.min(wanted, similar?.sampleCount ?? size);
  const given = await allOf(similar);
  const answers: NeighbourAnswers[] = [];
  for (let subject = 0; subject < count; subject++) {
    run.report({
      stage: 'running',
      fraction: 0.1 + (0.85 * subject) / count,
      message: `Sample ${String(subject + 1)} of ${String(count)} among two kinds of neighbours`,
    });
    const batches = batchesFor(subject, mixed, given);
    if (batches === undefined) {
      return err({ kind: 'badInput', message: cannotVary });
    }
    const answer = await runner.value.answers(batches);
    if (!answer.ok) {
      return notRunnable(cannotRun(size, answer.error));
    }
    answers.push(answer.value);
  }
  await runner.value.close();
  return ok({
    input: {
      ...{ label: inputs.label, isSynthetic: inputs.isSynthetic, batchSize: size },
      similar: similar === undefined ? 'made' : 'given',
    },
    output: runner.value.output(),
    ...judgeNeighbours(answers, runner.value.isScores()),
    notes: [...inputs.notes(), ...(similar?.notes() ?? []), ...experiment.runtime.notes],
  });
}

function cannotRun(size: number, reason: string): string {
  return `ONNX Runtime cannot run the model on these samples in batches of ${String(size)} (${reason}). Check the shape of the samples, and export the model with a free batch size.`;
}

async function allOf(
  similar: LoadedInputs | undefined,
): Promise<readonly NamedTensor[] | undefined> {
  const count = similar?.sampleCount ?? 0;
  return similar?.samples({ start: 0, count, padTo: count });
}

const cannotVary =
  'No near-identical samples can be made of whole numbers that stand for something else. Give some of your own with --similar.';

/** @param given near-identical samples of the user's own */
function batchesFor(
  subject: number,
  mixed: readonly NamedTensor[],
  given: readonly NamedTensor[] | undefined,
): Batches | undefined {
  if (given !== undefined) {
    const tensors = mixed.map((tensor, index) => withSample(tensor, given[index], subject));
    return { mixed: { tensors, place: 0 }, similar: { tensors: given, place: subject } };
  }
  const size = samplesIn(mixed);
  const varied = mixed.flatMap((tensor) => {
    const own = samplesFrom(tensor, { start: subject, count: 1, padTo: 1 });
    if (own.shape.length === 0) {
      return own;
    }
    return variationsOf(own, size, subject) ?? [];
  });
  return varied.length === mixed.length
    ? { mixed: { tensors: mixed, place: subject }, similar: { tensors: varied, place: 0 } }
    : undefined;
}

/** The tensor with a sample of another one in place of its first. */
function withSample(
  tensor: NamedTensor,
  from: NamedTensor | undefined,
  sample: number,
): NamedTensor {
  if (from === undefined || tensor.shape.length === 0) {
    return tensor;
  }
  const length = tensor.data.length / (tensor.shape[0] ?? 1);
  const data = tensor.data.slice();
  const own = from.data.subarray(sample * length, (sample + 1) * length);
  // Both were made for the same input of the model, so they are of one kind.
  data.set(own as never);
  return { ...tensor, data };
}
