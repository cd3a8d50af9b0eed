/**
 * Moments of a layer's input, merged sample by sample.
 *
 * A sample is one image of the batch; its positions are its pixels. Within a sample neighbouring
 * positions are alike, so the number of independent observations is the number of samples.
 */

import { invariant } from '../base/invariant';
import type { ChannelStatistics } from './divergence';

/** Sufficient statistics of some samples; arrays have shape `[channels]`. */
export interface Moments {
  /** Samples seen. */
  readonly count: number;
  /** Values per channel: samples × positions. */
  readonly valueCount: number;
  /** Mean over all values, activation units. */
  readonly mean: Float64Array;
  /** Sum of squared deviations from `mean` over all values, squared activation units. */
  readonly squares: Float64Array;
  /** Mean of the samples' means, each sample weighing the same. */
  readonly sampleMean: Float64Array;
  /** Sum over samples of squared deviations of a sample's mean from `sampleMean`. */
  readonly betweenSquares: Float64Array;
}

export function emptyMoments(channels: number): Moments {
  const zeros = (): Float64Array => new Float64Array(channels);
  return {
    count: 0,
    valueCount: 0,
    mean: zeros(),
    squares: zeros(),
    sampleMean: zeros(),
    betweenSquares: zeros(),
  };
}

/** What one run of a model gives about one layer; arrays of shape `[samples, channels]`. */
export interface SampleMoments {
  readonly sampleCount: number;
  /** Values per sample and channel. */
  readonly positionCount: number;
  /** Mean per sample and channel, activation units. */
  readonly means: ArrayLike<number>;
  /** Sum of squared deviations from that mean. */
  readonly centredSquares: ArrayLike<number>;
}

/** The moments of the samples of one run. */
export function momentsOfSamples(samples: SampleMoments, channels: number): Moments {
  const { sampleCount, positionCount, means, centredSquares } = samples;
  const { mean, betweenSquares } = meansOf(means, sampleCount, channels);
  const within = new Float64Array(channels);
  for (let at = 0; at < sampleCount * channels; at++) {
    within[at % channels] = (within[at % channels] ?? NaN) + (centredSquares[at] ?? NaN);
  }
  return {
    count: sampleCount,
    valueCount: sampleCount * positionCount,
    mean,
    squares: within.map((sum, at) => sum + positionCount * (betweenSquares[at] ?? NaN)),
    sampleMean: mean.slice(),
    betweenSquares,
  };
}

export interface BatchMoments extends Omit<SampleMoments, 'centredSquares'> {
  /** Population variance over all values of the batch, shape `[channels]`. */
  readonly variance: ArrayLike<number>;
}

/** The moments of a batch whose variance is known as a whole. */
export function momentsOfBatch(batch: BatchMoments, channels: number): Moments {
  const { sampleCount, positionCount, means, variance } = batch;
  const { mean, betweenSquares } = meansOf(means, sampleCount, channels);
  const valueCount = sampleCount * positionCount;
  return {
    count: sampleCount,
    valueCount,
    mean,
    squares: mean.map((_, channel) => valueCount * (variance[channel] ?? NaN)),
    sampleMean: mean.slice(),
    betweenSquares,
  };
}

function meansOf(
  means: ArrayLike<number>,
  sampleCount: number,
  channels: number,
): Pick<Moments, 'mean' | 'betweenSquares'> {
  const mean = new Float64Array(channels);
  const betweenSquares = new Float64Array(channels);
  for (let at = 0; at < sampleCount * channels; at++) {
    mean[at % channels] = (mean[at % channels] ?? NaN) + (means[at] ?? NaN) / sampleCount;
  }
  for (let at = 0; at < sampleCount * channels; at++) {
    const deviation = (means[at] ?? NaN) - (mean[at % channels] ?? NaN);
    betweenSquares[at % channels] = (betweenSquares[at % channels] ?? NaN) + deviation * deviation;
  }
  return { mean, betweenSquares };
}

/**
 * The moments of both sets of samples together, exact up to rounding in float64.
 *
 * @source Chan, Golub, LeVeque 1979, Updating formulae and a pairwise algorithm, eq. 2.1
 */
export function mergeMoments(a: Moments, b: Moments): Moments {
  invariant(a.mean.length === b.mean.length, 'moments of two layers were merged');
  const values = { weightA: a.valueCount, weightB: b.valueCount };
  const samples = { weightA: a.count, weightB: b.count };
  const all = mergePair([a.mean, a.squares], [b.mean, b.squares], values);
  const between = mergePair(
    [a.sampleMean, a.betweenSquares],
    [b.sampleMean, b.betweenSquares],
    samples,
  );
  return {
    count: a.count + b.count,
    valueCount: a.valueCount + b.valueCount,
    mean: all.mean,
    squares: all.squares,
    sampleMean: between.mean,
    betweenSquares: between.squares,
  };
}

type MeanAndSquares = readonly [mean: Float64Array, squares: Float64Array];

interface Weights {
  readonly weightA: number;
  readonly weightB: number;
}

function mergePair(
  [meanA, squaresA]: MeanAndSquares,
  [meanB, squaresB]: MeanAndSquares,
  { weightA, weightB }: Weights,
): { mean: Float64Array; squares: Float64Array } {
  const weight = weightA + weightB;
  if (weightA === 0 || weightB === 0) {
    const [mean, squares] = weightA === 0 ? [meanB, squaresB] : [meanA, squaresA];
    return { mean: mean.slice(), squares: squares.slice() };
  }
  const mean = new Float64Array(meanA.length);
  const squares = new Float64Array(meanA.length);
  for (let channel = 0; channel < meanA.length; channel++) {
    const from = meanA[channel] ?? NaN;
    const delta = (meanB[channel] ?? NaN) - from;
    mean[channel] = from + (delta * weightB) / weight;
    squares[channel] =
      (squaresA[channel] ?? NaN) +
      (squaresB[channel] ?? NaN) +
      (delta * delta * weightA * weightB) / weight;
  }
  return { mean, squares };
}

/** Mean and population variance over all values. */
export function statisticsOf({ mean, squares, valueCount }: Moments): ChannelStatistics {
  return { mean, variance: squares.map((sum) => sum / valueCount) };
}

/**
 * Standard error of the mean, from how much samples differ from each other.
 *
 * @returns shape `[channels]`, activation units; NaN when fewer than two samples were seen
 */
export function standardErrorOf({ count, betweenSquares }: Moments): Float64Array {
  return betweenSquares.map((sum) => (count < 2 ? NaN : Math.sqrt(sum / (count - 1) / count)));
}
