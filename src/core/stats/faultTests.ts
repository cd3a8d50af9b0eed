/** Tests that tell one cause of wrong statistics from another. */

import type { ObservedStatistics } from './observedLayer';
import type { StoredLayer } from './storedLayer';
import { medianOf } from './summary';

/** A layer whose stored and observed statistics are both known. */
export interface ComparedLayer {
  readonly layer: StoredLayer;
  readonly observed: ObservedStatistics;
}

/** Fewer channels agree in sorted order by chance. */
const permutedChannels = 8;
/** Typical |ln ratio| of variances that are the same up to sampling. */
const sameLogRatio = 0.25;
const otherLogRatio = 0.5;

/** Whether the stored variances are the observed ones in another order of channels. */
export function isPermuted({ layer, observed }: ComparedLayer): boolean {
  const { variance } = layer;
  if (variance === undefined || variance.length < permutedChannels) {
    return false;
  }
  const inPlace = medianLogRatio(variance, observed.variance);
  const sorted = medianLogRatio(variance.slice().sort(), observed.variance.slice().sort());
  return inPlace > otherLogRatio && sorted < sameLogRatio;
}

function medianLogRatio(stored: Float64Array, observed: Float64Array): number {
  const ratios = observed.map((value, index) => Math.abs(Math.log(value / (stored[index] ?? NaN))));
  return medianOf(ratios) ?? NaN;
}

export interface StaleFit {
  /** Share of the way from the initial to the observed statistics, in `(0, 1)`. */
  readonly share: number;
  /** Updates that lead that far, with the decay stored in the model. */
  readonly stepCount: number;
}

/** Share of the spread of stored variances that the fit has to explain. */
const staleExplained = 0.9;
/** Further along, the statistics cannot be told from finished ones. */
const staleShareLimit = 0.97;

/**
 * Fits `stored = (1 − share) · initial + share · observed` over all channels of all layers.
 *
 * Initial is mean 0 and variance 1. In units of the observed standard deviation, so that layers of
 * large activations do not rule the fit.
 */
export function fitStale(layers: readonly ComparedLayer[], decay: number): StaleFit | undefined {
  const pairs = layers.flatMap(movedPairs);
  const share = slopeOf(pairs);
  const isPartWay = share > 0.01 && share < staleShareLimit;
  return isPartWay && explainedShare(pairs, share) > staleExplained
    ? { share, stepCount: Math.round(Math.log(1 - share) / Math.log(decay)) }
    : undefined;
}

/** How far a number has moved from its initial value, and how far it should have. */
interface Moved {
  readonly stored: number;
  readonly observed: number;
}

function movedPairs({ layer, observed }: ComparedLayer): readonly Moved[] {
  const pairs: Moved[] = [];
  for (const [channel, variance] of observed.variance.entries()) {
    const scale = Math.max(variance, 1);
    const mean = observed.mean[channel] ?? NaN;
    pairs.push(
      {
        stored: (layer.mean?.[channel] ?? NaN) / Math.sqrt(scale),
        observed: mean / Math.sqrt(scale),
      },
      {
        stored: ((layer.variance?.[channel] ?? NaN) - 1) / scale,
        observed: (variance - 1) / scale,
      },
    );
  }
  return pairs.filter((pair) => Number.isFinite(pair.stored) && Number.isFinite(pair.observed));
}

function slopeOf(pairs: readonly Moved[]): number {
  return (
    sumOf(pairs, (pair) => pair.stored * pair.observed) / sumOf(pairs, (pair) => pair.observed ** 2)
  );
}

function explainedShare(pairs: readonly Moved[], share: number): number {
  const rest = sumOf(pairs, (pair) => (pair.stored - share * pair.observed) ** 2);
  return 1 - rest / sumOf(pairs, (pair) => pair.stored ** 2);
}

function sumOf(pairs: readonly Moved[], value: (pair: Moved) => number): number {
  return pairs.reduce((sum, pair) => sum + value(pair), 0);
}

/** The scale of the input against training, when all channels of the first layer agree on one. */
export function fitInputScale({ observed }: ComparedLayer): number | undefined {
  const logs = observed.ratio.map(Math.log);
  const middle = medianOf(logs);
  const spread = middle === undefined ? NaN : medianOf(logs.map((log) => Math.abs(log - middle)));
  return middle !== undefined && (spread ?? NaN) < sameLogRatio ? Math.exp(middle / 2) : undefined;
}
