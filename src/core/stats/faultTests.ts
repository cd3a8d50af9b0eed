/** Tests that tell one cause of wrong statistics from another. */

import type { ChannelStatistics } from './divergence';
import type { ObservedStatistics } from './observedLayer';
import type { StoredLayer } from './storedLayer';
import { medianOf } from './summary';

/** A layer whose stored and observed statistics are both known. */
export interface ComparedLayer {
  readonly layer: StoredLayer;
  readonly observed: ObservedStatistics;
}

/** Fewer channels find a partner by chance. */
const permutedChannels = 8;
/** Share of a layer's KL that may be left when each channel is compared with its best match. */
const matchedShare = 0.2;
/** In a permutation each channel has a partner of its own; some partners look alike by chance. */
const distinctShare = 0.58;
/** More channels than these say no more and take a quadratic time. */
const matchedChannels = 256;

/**
 * Whether the stored numbers are the observed ones in another order of channels: every stored
 * channel has an observed one it fits, and the other way round, and they are different ones.
 */
export function isPermuted({ layer, observed }: ComparedLayer): boolean {
  const { mean, variance, epsilon } = layer;
  if (mean === undefined || variance === undefined || mean.length < permutedChannels) {
    return false;
  }
  const limit = matchedShare * (observed.medianKl ?? NaN);
  const stored = { mean, variance };
  const forward = bestMatches(stored, observed, epsilon);
  return (
    forward.medianKl < limit &&
    forward.distinct >= distinctShare &&
    bestMatches(observed, stored, epsilon).medianKl < limit
  );
}

interface Matches {
  readonly medianKl: number;
  /** Partners that were chosen ÷ channels that chose, in `[0, 1]`. */
  readonly distinct: number;
}

/** For each channel of `from`, the channel of `to` that fits it best; takes a quadratic time. */
function bestMatches(from: ChannelStatistics, to: ChannelStatistics, epsilon: number): Matches {
  const count = Math.min(from.mean.length, matchedChannels);
  const sizes = to.variance.map((variance) => variance + epsilon);
  const logSizes = sizes.map(Math.log);
  const partners = new Set<number>();
  const best = new Float64Array(count);
  for (let channel = 0; channel < count; channel++) {
    const size = (from.variance[channel] ?? NaN) + epsilon;
    const mean = from.mean[channel] ?? NaN;
    let [partner, smallest] = [-1, Infinity];
    for (let other = 0; other < to.mean.length; other++) {
      const shift = (to.mean[other] ?? NaN) - mean;
      // Twice the KL divergence of normal distributions, but for what is the same for all others.
      const fit = ((sizes[other] ?? NaN) + shift * shift) / size - (logSizes[other] ?? NaN);
      if (fit < smallest) {
        [partner, smallest] = [other, fit];
      }
    }
    partners.add(partner);
    best[channel] = Math.max(0, 0.5 * (smallest - 1 + Math.log(size)));
  }
  return { medianKl: medianOf(best) ?? NaN, distinct: partners.size / count };
}

export interface StaleFit {
  /** Share of the way from the initial to the observed statistics, in `(0, 1)`. */
  readonly share: number;
  /** Updates that lead that far, with the decay stored in the model. */
  readonly stepCount: number;
}

/** Share of the spread of stored numbers that the fit has to explain. */
const staleExplained = 0.9;
/** Further along, the statistics cannot be told from finished ones seen through few samples. */
const staleShareLimit = 0.8;
const staleShareLeast = 0.02;
/** Typical difference between the shares of two layers, relative to the share. */
const staleSpread = 0.1;

/**
 * Fits `stored = (1 − share) · initial + share · observed` to every layer, and asks for one share.
 *
 * Initial is mean 0 and variance 1. In units of the observed standard deviation, so that channels of
 * large activations do not rule the fit.
 */
export function fitStale(layers: readonly ComparedLayer[], decay: number): StaleFit | undefined {
  const pairs = layers.map(movedPairs);
  const shares = pairs.map(slopeOf);
  const share = medianOf(shares) ?? NaN;
  const spread = medianOf(shares.map((own) => Math.abs(own - share))) ?? NaN;
  const isPartWay = share > staleShareLeast && share < staleShareLimit;
  const isOne = layers.length > 1 && spread < staleSpread * share;
  return isPartWay && isOne && explainedShare(pairs.flat(), share) > staleExplained
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

/** Typical |ln ratio| of variances that are the same up to sampling. */
const sameLogRatio = 0.25;

/** Share of the stored variance below which an input is as good as constant. */
const flatRatio = 0.05;

/** An input so small that epsilon outweighs it: no layer after it can make up for that. */
export function isFlat({ layer, observed }: ComparedLayer): boolean {
  const size = medianOf(observed.variance) ?? NaN;
  return (medianOf(observed.ratio) ?? NaN) < flatRatio && size < flatEpsilons * layer.epsilon;
}

const flatEpsilons = 100;

/**
 * Median KL over the channels a layer does not have in common with an earlier one; networks that
 * concatenate hand the same channels on. All channels where it has none of its own.
 */
export function klOfOwnChannels(layer: ComparedLayer, earlier: ComparedLayer): number {
  const known = new Set(Array.from(earlier.observed.mean.keys(), (at) => imprint(earlier, at)));
  const own = layer.observed.kl.filter((_, channel) => !known.has(imprint(layer, channel)));
  return medianOf(own.length === 0 ? layer.observed.kl : own) ?? NaN;
}

/** Two channels with the same mean and variance to five digits are one. */
function imprint({ observed }: ComparedLayer, channel: number): string {
  const [mean = NaN, variance = NaN] = [observed.mean[channel], observed.variance[channel]];
  return `${mean.toPrecision(5)} ${variance.toPrecision(5)}`;
}

/** The scale of the input against training, when all channels of the first layer agree on one. */
export function fitInputScale({ observed }: ComparedLayer): number | undefined {
  const logs = observed.ratio.map(Math.log);
  const middle = medianOf(logs);
  const spread = middle === undefined ? NaN : medianOf(logs.map((log) => Math.abs(log - middle)));
  return middle !== undefined && (spread ?? NaN) < sameLogRatio ? Math.exp(middle / 2) : undefined;
}
