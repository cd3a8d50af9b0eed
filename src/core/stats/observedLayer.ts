import { type ChannelStatistics, type Divergence, divergenceOf } from './divergence';
import { type Moments, standardErrorOf, statisticsOf } from './moments';
import type { StoredLayer } from './storedLayer';
import { medianOf } from './summary';

/** Observed statistics of a layer's input, and how far the stored ones are from them. */
export interface ObservedStatistics extends ChannelStatistics, Divergence {
  /** Standard error of the mean between samples, activation units; NaN for one sample. */
  readonly standardError: Float64Array;
  /** Median of `kl`; absent when no channel has a finite one. */
  readonly medianKl: number | undefined;
  /** Samples behind the numbers. */
  readonly count: number;
  /** Values per channel behind the numbers: samples × positions. */
  readonly valueCount: number;
}

/** A layer with what is stored and what each pass showed. */
export interface ObservedLayer {
  readonly index: number;
  readonly eval: ObservedStatistics | undefined;
  readonly batch: ObservedStatistics | undefined;
}

export function compareWithStored(layer: StoredLayer, moments: Moments): ObservedStatistics {
  const observed = statisticsOf(moments);
  const nothing = new Float64Array(observed.mean.length).fill(NaN);
  const stored = { mean: layer.mean ?? nothing, variance: layer.variance ?? nothing };
  const divergence = divergenceOf(stored, observed, layer.epsilon);
  return {
    ...observed,
    ...divergence,
    standardError: standardErrorOf(moments),
    medianKl: medianOf(divergence.kl),
    count: moments.count,
    valueCount: moments.valueCount,
  };
}
