/** Runs one pass over all samples and merges what the probes show. */

import { type Result, err, ok } from '../core/base/result';
import type { InstrumentRequest } from '../core/onnx/surgery/instrument';
import { findRecentrable } from '../core/onnx/surgery/recentre';
import { type Moments, mergeMoments } from '../core/stats/moments';
import type { LoadedInputs } from './loadedInputs';
import {
  type LeanLayers,
  layersThatTellVariance,
  leanLayersOf,
  readProbes,
  shiftsOf,
} from './probeOutputs';
import { type Predictions, PredictionLog } from './predictions';
import { type InstrumentedSession, openInstrumented } from './openInstrumented';
import type { ModelFiles, Runtime } from './machine';
import { runSession } from './session';

/** What a pass chooses by itself. */
type Chosen = 'batch' | 'weights' | 'probeKind' | 'keepsOutputs' | 'shifts';

export interface PassRequest {
  readonly runtime: Runtime;
  readonly files: ModelFiles;
  readonly instrument: Omit<InstrumentRequest, Chosen>;
  readonly inputs: LoadedInputs;
  readonly sampleCount: number;
  /** Samples per run; absent: as many as fit in memory well. */
  readonly batchSize: number | undefined;
  /** Called before ONNX Runtime is given a model. */
  readonly onPreparing: () => void;
  readonly onSamples: (done: number) => void;
}

/** By index of the layer. */
export type PassMoments = ReadonlyMap<number, Moments>;

export interface PassResult {
  readonly moments: PassMoments;
  /** What the model answers for each sample, output by output. */
  readonly predictions: Predictions;
}

/** Numbers of input per run: eight 224-pixel colour images. */
const evaluationElements = 1_250_000;
const batchElements = 5_000_000;
const smallestBatch = 16;
const largestChunk = 256;

interface Way {
  readonly batch: InstrumentRequest['batch'];
  readonly chunkSize: number;
  /** Samples that are looked at, from the first on. */
  readonly sampleCount: number;
  readonly keepsOutputs: boolean;
}

/**
 * Runs the model with its batch axis freed; a model that cannot is run in the batches it was
 * exported for, which the evaluation pass does not mind, and the batch pass can use when they are
 * large enough, and full. What stops the model may also lie behind its last BatchNorm, so each way is
 * tried without that part too.
 */
export async function runPass(request: PassRequest): Promise<Result<PassResult, string>> {
  let result: Result<PassResult, string> = err('');
  for (const way of waysOf(request)) {
    for (const keepsOutputs of [true, false]) {
      result = await attempt(request, { ...way, keepsOutputs });
      if (result.ok) {
        return result;
      }
    }
  }
  return result;
}

function waysOf(request: PassRequest): readonly Omit<Way, 'keepsOutputs'>[] {
  const { inputs, instrument, sampleCount } = request;
  const fixed = inputs.fixedBatch ?? 0;
  const free = { batch: 'free', chunkSize: chunkSizeOf(request), sampleCount } as const;
  const full = sampleCount - (sampleCount % Math.max(1, fixed));
  const usable = instrument.pass === 'eval' ? sampleCount : fixed < smallestBatch ? 0 : full;
  return fixed > 0 && usable > 0
    ? [free, { batch: 'asStored', chunkSize: fixed, sampleCount: usable }]
    : [free];
}

function chunkSizeOf({ inputs, instrument, sampleCount, batchSize }: PassRequest): number {
  if (batchSize !== undefined) {
    return batchSize;
  }
  const sizes = inputs.tensors.map(({ shape }) => shape.slice(1).reduce((a, b) => a * b, 1));
  const perSample = Math.max(
    1,
    sizes.reduce((a, b) => a + b, 0),
  );
  if (instrument.pass === 'eval') {
    return clamp(Math.floor(evaluationElements / perSample), 1, largestChunk);
  }
  const largest = clamp(Math.floor(batchElements / perSample), smallestBatch, largestChunk);
  return Math.ceil(sampleCount / Math.ceil(sampleCount / largest));
}

interface Range {
  readonly from: number;
  readonly to: number;
}

interface Setup extends Way {
  readonly leanLayers: LeanLayers;
  readonly range: Range;
  readonly predictions: PredictionLog;
}

/**
 * In an evaluation pass a first sample by careful probes tells which layers may be probed leanly from
 * then on.
 */
async function attempt(request: PassRequest, way: Way): Promise<Result<PassResult, string>> {
  const { instrument } = request;
  const { batch, chunkSize, sampleCount } = way;
  const predictions = new PredictionLog(sampleCount);
  const setup = { ...way, predictions };
  const isScouting = instrument.pass === 'eval' && sampleCount > chunkSize;
  const scouted = isScouting ? Math.min(sampleCount, batch === 'free' ? 1 : chunkSize) : 0;
  let leanLayers: LeanLayers = new Map();
  let moments: PassMoments = new Map();
  if (scouted > 0) {
    const range = { from: 0, to: scouted };
    const scout = await runRange(request, { ...setup, range, leanLayers });
    if (!scout.ok) {
      return scout;
    }
    moments = scout.value.moments;
    const recentrable = findRecentrable(instrument, instrument.batchNorms);
    leanLayers = leanLayersOf(instrument.batchNorms, scout.value, recentrable);
  }
  const range = { from: scouted, to: sampleCount };
  let rest = await runRange(request, { ...setup, range, leanLayers });
  while (rest.ok && rest.value.imprecise.size > 0) {
    const { imprecise } = rest.value;
    leanLayers = new Map([...leanLayers].filter(([index]) => !imprecise.has(index)));
    rest = await runRange(request, { ...setup, range, leanLayers });
  }
  if (!rest.ok) {
    return rest;
  }
  const merged = new Map(moments);
  mergeInto(merged, rest.value.moments);
  return ok({ moments: merged, predictions: predictions.finish() });
}

interface RangeResult {
  readonly moments: PassMoments;
  /** Values per sample and channel, by index of the layers that were probed carefully. */
  readonly positions: ReadonlyMap<number, number>;
  /** Layers whose lean probes lost too many digits; the moments are of no use then. */
  readonly imprecise: ReadonlySet<number>;
}

async function runRange(request: PassRequest, setup: Setup): Promise<Result<RangeResult, string>> {
  const { batch, keepsOutputs, leanLayers } = setup;
  const { pass, batchNorms } = request.instrument;
  const means = pass === 'batch' ? layersThatTellVariance(batchNorms) : new Set();
  request.onPreparing();
  const opened = await openInstrumented(request, {
    ...request.instrument,
    ...{ batch, keepsOutputs },
    probeKind: (index) => (means.has(index) ? 'mean' : leanLayers.has(index) ? 'lean' : 'careful'),
    shifts: shiftsOf(leanLayers),
  });
  if (!opened.ok) {
    return opened;
  }
  const result = await runChunks(request, setup, opened.value);
  await opened.value.session.release();
  return result;
}

async function runChunks(
  { runtime, inputs, onSamples, instrument }: PassRequest,
  { batch, range, chunkSize, leanLayers, predictions }: Setup,
  { model, session }: InstrumentedSession,
): Promise<Result<RangeResult, string>> {
  const merged = new Map<number, Moments>();
  const positions = new Map<number, number>();
  for (let start = range.from; start < range.to; start += chunkSize) {
    const count = Math.min(chunkSize, range.to - start);
    const padTo = batch === 'asStored' ? chunkSize : count;
    const chunk = await inputs.samples({ start, count, padTo });
    const outputs = await runSession(runtime, session, chunk);
    if (!outputs.ok) {
      return outputs;
    }
    const read = readProbes(outputs.value, {
      probes: model.probes,
      batchNorms: instrument.batchNorms,
      sampleCount: count,
      leanLayers,
    });
    if (read === undefined) {
      return err('the first axis inside the model is not the batch');
    }
    if (read.imprecise.size > 0) {
      return ok({ moments: new Map(), positions, imprecise: read.imprecise });
    }
    mergeInto(merged, read.moments);
    for (const [index, positionCount] of read.positions) {
      positions.set(index, positionCount);
    }
    predictions.add(outputs.value, { names: model.keptOutputs, start, count });
    onSamples(start + count);
  }
  return ok({ moments: merged, positions, imprecise: new Set() });
}

function mergeInto(merged: Map<number, Moments>, added: PassMoments): void {
  for (const [index, moments] of added) {
    const before = merged.get(index);
    merged.set(index, before === undefined ? moments : mergeMoments(before, moments));
  }
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
