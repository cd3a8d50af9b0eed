/** Runs one pass over all samples and merges what the probes show. */

import { type Result, err, ok } from '../core/base/result';
import {
  type InstrumentRequest,
  type InstrumentedModel,
  instrumentModel,
} from '../core/onnx/surgery/instrument';
import { sliceSamples } from '../core/onnx/matchInputs';
import { type Moments, mergeMoments, momentsOfSamples } from '../core/stats/moments';
import type { NamedTensor } from '../core/tensors/tensor';
import type { LoadedInputs } from './inputs';
import { type Outputs, type Runtime, openSession, runSession } from './session';

export interface PassRequest {
  readonly runtime: Runtime;
  readonly folder: string;
  readonly instrument: Omit<InstrumentRequest, 'batch' | 'weights'>;
  readonly fileName: string;
  readonly inputs: LoadedInputs;
  readonly sampleCount: number;
  readonly onSamples: (done: number) => void;
}

/** By index of the layer. */
export type PassMoments = ReadonlyMap<number, Moments>;

/** Numbers of input per run: eight 224-pixel colour images. */
const evaluationElements = 1_250_000;
const batchElements = 5_000_000;
const smallestBatch = 16;
const largestChunk = 256;

/**
 * Runs the model with its batch axis freed; a model that cannot is run in the batches it was
 * exported for, which the evaluation pass does not mind and the batch pass cannot use.
 */
export async function runPass(request: PassRequest): Promise<Result<PassMoments, string>> {
  const { fixedBatch } = request.inputs;
  const free = await attempt(request, 'free', chunkSizeOf(request));
  if (free.ok || fixedBatch === undefined || request.instrument.pass === 'batch') {
    return free;
  }
  return attempt(request, 'asStored', fixedBatch);
}

function chunkSizeOf({ inputs, instrument, sampleCount }: PassRequest): number {
  const elements = inputs.tensors.reduce((sum, { data }) => sum + data.length, 0);
  const perSample = Math.max(1, elements / Math.max(1, inputs.sampleCount));
  if (instrument.pass === 'eval') {
    return clamp(Math.floor(evaluationElements / perSample), 1, largestChunk);
  }
  const largest = clamp(Math.floor(batchElements / perSample), smallestBatch, largestChunk);
  return Math.ceil(sampleCount / Math.ceil(sampleCount / largest));
}

async function attempt(
  request: PassRequest,
  batch: InstrumentRequest['batch'],
  chunkSize: number,
): Promise<Result<PassMoments, string>> {
  const { runtime, folder, fileName } = request;
  const referenced = instrumentModel({
    ...request.instrument,
    batch,
    weights: { kind: 'reference', fileName },
  });
  let model = referenced;
  let session = await openSession(runtime, { bytes: model.bytes, folder });
  if (!session.ok) {
    // Some places, such as a linked file, cannot be referred to; then the weights are copied.
    model = instrumentModel({ ...request.instrument, batch, weights: { kind: 'copy' } });
    session = await openSession(runtime, { bytes: model.bytes, folder });
  }
  if (!session.ok) {
    return session;
  }
  const result = await runChunks(request, { model, session: session.value, chunkSize });
  await session.value.release();
  return result;
}

interface OpenModel {
  readonly model: InstrumentedModel;
  readonly session: Parameters<typeof runSession>[1];
  readonly chunkSize: number;
}

async function runChunks(
  { runtime, inputs, sampleCount, onSamples }: PassRequest,
  { model, session, chunkSize }: OpenModel,
): Promise<Result<PassMoments, string>> {
  const merged = new Map<number, Moments>();
  const isPadded = inputs.fixedBatch === chunkSize;
  for (let start = 0; start < sampleCount; start += chunkSize) {
    const count = Math.min(chunkSize, sampleCount - start);
    const chunk = inputs.tensors.map((tensor) => {
      const part = sliceSamples(tensor, start, count);
      return isPadded ? padSamples(part, chunkSize) : part;
    });
    const outputs = await runSession(runtime, session, chunk);
    if (!outputs.ok) {
      return outputs;
    }
    const failure = mergeOutputs(merged, { model, outputs: outputs.value, sampleCount: count });
    if (failure !== undefined) {
      return err(failure);
    }
    onSamples(start + count);
  }
  return ok(merged);
}

/** A model exported for batches of one size gets the first sample again until it is full. */
function padSamples(part: NamedTensor, chunkSize: number): NamedTensor {
  const count = part.shape[0] ?? 0;
  if (count === chunkSize) {
    return part;
  }
  const data = part.data.slice(0, 0);
  const sampleLength = part.data.length / count;
  // A typed array's own constructor makes the same kind of array.
  const make = data.constructor as new (length: number) => typeof part.data;
  const padded = new make(sampleLength * chunkSize);
  padded.set(part.data as never, 0);
  for (let sample = count; sample < chunkSize; sample++) {
    padded.set(part.data.subarray(0, sampleLength) as never, sample * sampleLength);
  }
  return { ...part, data: padded, shape: [chunkSize, ...part.shape.slice(1)] };
}

interface ChunkOutputs {
  readonly model: InstrumentedModel;
  readonly outputs: Outputs;
  readonly sampleCount: number;
}

function mergeOutputs(
  merged: Map<number, Moments>,
  { model, outputs, sampleCount }: ChunkOutputs,
): string | undefined {
  for (const { index, outputs: names } of model.probes) {
    const means = outputs[names.mean];
    const squares = outputs[names.centredSquares];
    const [samples = 0, channels = 0, positions = 0] = Array.from(
      outputs[names.shape]?.data ?? [],
      Number,
    );
    if (means === undefined || squares === undefined || samples < sampleCount) {
      return 'the first axis inside the model is not the batch';
    }
    const moments = momentsOfSamples(
      {
        sampleCount,
        positionCount: positions,
        // Probes are float32 or float64, never 64-bit integers.
        means: means.data as ArrayLike<number>,
        centredSquares: squares.data as ArrayLike<number>,
      },
      channels,
    );
    const before = merged.get(index);
    merged.set(index, before === undefined ? moments : mergeMoments(before, moments));
  }
  return undefined;
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
