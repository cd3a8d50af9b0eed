/** From what the probes of one run give to moments per layer. */

import type { IndexedBatchNorm, PlacedProbe } from '../core/onnx/surgery/instrument';
import { isDoubleLayer } from '../core/onnx/surgery/probe';
import { type Moments, momentsOfBatch, momentsOfSamples } from '../core/stats/moments';
import type { Outputs } from './session';

/** Layers that lean probes serve, by index. */
export type LeanLayers = ReadonlyMap<number, LeanLayer>;

export interface LeanLayer {
  /** Values per sample and channel. */
  readonly positionCount: number;
  /** What the model takes from each value before it is probed; shape `[channels]`. */
  readonly shift: Float32Array | undefined;
}

/**
 * Largest `mean² ÷ variance` up to which `E[x²] − E[x]²` in float32 keeps the variance to within
 * about 1e-4. Sums over positions lose digits as the square root of their number. A variance below
 * the layer's epsilon has no effect and need not be exact.
 */
function largestSquaredMean(positionCount: number): number {
  return 1500 / Math.sqrt(positionCount);
}

export interface ProbeReading {
  readonly moments: ReadonlyMap<number, Moments>;
  readonly positions: ReadonlyMap<number, number>;
  readonly imprecise: ReadonlySet<number>;
}

export interface ProbeReadingRequest {
  readonly probes: readonly PlacedProbe[];
  readonly batchNorms: readonly IndexedBatchNorm[];
  /** Samples that count; a padded batch holds more. */
  readonly sampleCount: number;
  readonly leanLayers: LeanLayers;
}

/** @returns `undefined` when the first axis of a layer's input is not the batch */
export function readProbes(
  outputs: Outputs,
  request: ProbeReadingRequest,
): ProbeReading | undefined {
  const moments = new Map<number, Moments>();
  const positions = new Map<number, number>();
  const imprecise = new Set<number>();
  const nodes = new Map(request.batchNorms.map(({ index, node }) => [index, node]));
  for (const probe of request.probes) {
    const { index } = probe;
    const node = nodes.get(index);
    const lean = request.leanLayers.get(index);
    const sums = sumsOf(outputs, probe, lean?.positionCount);
    if (sums === undefined || node === undefined || sums.samples < request.sampleCount) {
      return undefined;
    }
    if (lean !== undefined && !isPrecise(sums, request.sampleCount, node.epsilon)) {
      imprecise.add(index);
    }
    moments.set(index, momentsOf(sums, request.sampleCount, lean));
    if (lean === undefined && sums.isImage && node.isSpatial && !isDoubleLayer(node)) {
      positions.set(index, sums.positionCount);
    }
  }
  return { moments, positions, imprecise };
}

function momentsOf(sums: Sums, sampleCount: number, lean: LeanLayer | undefined): Moments {
  const { means, squares, variance, positionCount, channels } = sums;
  if (variance !== undefined) {
    return momentsOfBatch({ sampleCount, positionCount, means, variance }, channels);
  }
  return momentsOfSamples(
    {
      sampleCount,
      positionCount,
      means: lean?.shift === undefined ? means : shiftBack(means, lean.shift),
      centredSquares: lean === undefined ? squares : centred(means, squares, positionCount),
    },
    channels,
  );
}

interface Sums {
  readonly samples: number;
  readonly channels: number;
  readonly positionCount: number;
  /** Whether the layer's input has positions besides samples and channels. */
  readonly isImage: boolean;
  readonly means: ArrayLike<number>;
  readonly squares: ArrayLike<number>;
  /** What the layer itself found over the whole batch, where the probe took means only. */
  readonly variance: ArrayLike<number> | undefined;
}

function sumsOf(
  outputs: Outputs,
  { outputs: names, running }: PlacedProbe,
  leanPositions: number | undefined,
): Sums | undefined {
  const mean = outputs[names.mean];
  const squares = numbersOf(outputs, names.squares);
  const variance = names.squares === undefined ? numbersOf(outputs, running?.[1]) : undefined;
  if (mean === undefined || (squares ?? variance) === undefined) {
    return undefined;
  }
  const [samples = 0, channels = 0] = mean.dims;
  const dims = Array.from(numbersOf(outputs, names.shape) ?? [], Number);
  const values = dims.slice(1).reduce((product, dim) => product * dim, 1);
  return {
    samples,
    channels,
    positionCount: leanPositions ?? (channels === 0 ? 0 : values / channels),
    isImage: dims.length > 2,
    means: mean.data as ArrayLike<number>,
    squares: squares ?? [],
    variance,
  };
}

/** Probes are float32 or float64; a shape has small 64-bit integers. */
function numbersOf(outputs: Outputs, name: string | undefined): ArrayLike<number> | undefined {
  return outputs[name ?? '']?.data as ArrayLike<number> | undefined;
}

function shiftBack(means: ArrayLike<number>, shift: Float32Array): Float64Array {
  const moved = new Float64Array(means.length);
  for (let at = 0; at < means.length; at++) {
    moved[at] = (means[at] ?? NaN) + (shift[at % shift.length] ?? NaN);
  }
  return moved;
}

function centred(
  means: ArrayLike<number>,
  meanSquares: ArrayLike<number>,
  positionCount: number,
): Float64Array {
  const squares = new Float64Array(means.length);
  for (let at = 0; at < means.length; at++) {
    const mean = means[at] ?? NaN;
    squares[at] = Math.max(0, positionCount * ((meanSquares[at] ?? NaN) - mean * mean));
  }
  return squares;
}

function isPrecise(
  { means, squares, channels, positionCount }: Sums,
  sampleCount: number,
  epsilon: number,
): boolean {
  const largest = largestSquaredMean(positionCount);
  for (let at = 0; at < sampleCount * channels; at++) {
    const squaredMean = (means[at] ?? NaN) ** 2;
    const variance = (squares[at] ?? NaN) - squaredMean;
    // Written so that a number that is none counts as imprecise.
    if (!(squaredMean <= largest * (variance + epsilon))) {
      return false;
    }
  }
  return true;
}

/**
 * The layers of a careful run that lean probes can serve from then on: those behind a convolution,
 * whose bias takes the mean away, and those whose every mean is small against its spread.
 */
export function leanLayersOf(
  batchNorms: readonly IndexedBatchNorm[],
  { moments, positions }: Pick<ProbeReading, 'moments' | 'positions'>,
  recentrable: ReadonlyMap<number, unknown>,
): LeanLayers {
  const lean = new Map<number, LeanLayer>();
  for (const { index, node } of batchNorms) {
    const seen = moments.get(index);
    const positionCount = positions.get(index);
    if (seen === undefined || positionCount === undefined) {
      continue;
    }
    if (recentrable.has(index)) {
      lean.set(index, { positionCount, shift: Float32Array.from(seen.mean) });
    } else if (hasSmallMeans(seen, node.epsilon)) {
      lean.set(index, { positionCount, shift: undefined });
    }
  }
  return lean;
}

/** Half the limit, because single samples stray further than all of them together. */
function hasSmallMeans({ mean, squares, valueCount, count }: Moments, epsilon: number): boolean {
  const largest = largestSquaredMean(valueCount / count) / 2;
  return mean.every(
    (value, channel) =>
      value * value <= largest * ((squares[channel] ?? NaN) / valueCount + epsilon),
  );
}

/**
 * The layers that give an exact variance when they normalise with the batch: kept as float32 or
 * more, and made from stored numbers by a factor of 0, which only finite ones do not survive.
 */
export function layersThatTellVariance(
  batchNorms: readonly IndexedBatchNorm[],
): ReadonlySet<number> {
  const tells = ({ node: { parameters } }: IndexedBatchNorm): boolean =>
    [parameters.mean, parameters.variance].every(
      ({ dtype, values }) =>
        (dtype === 'float32' || dtype === 'float64') && values?.every(Number.isFinite) === true,
    );
  return new Set(batchNorms.filter(tells).map(({ index }) => index));
}

export function shiftsOf(lean: LeanLayers): ReadonlyMap<number, Float32Array> {
  return new Map(
    [...lean].flatMap(([index, { shift }]) => (shift === undefined ? [] : [[index, shift]])),
  );
}
