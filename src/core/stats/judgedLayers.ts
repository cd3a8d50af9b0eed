/** The layers of a run that can be judged, and which of them do not fit. */

import { type ComparedLayer, klOfOwnChannels } from './faultTests';
import type { ObservedLayer, ObservedStatistics } from './observedLayer';
import { isUntouched } from './staticFlags';
import type { FlaggedLayer } from './staticVerdict';
import { medianOf } from './summary';

/** Median KL of a layer from which on stored and observed do not belong together. */
export const inconsistentKl = 0.1;
/** Median KL that a few dozen samples explain in any layer. */
export const noiseFloor = 0.03;

export interface Judged extends ComparedLayer {
  readonly flagged: FlaggedLayer;
  /** Median in the batch pass, over the channels it does not have in common with the first. */
  readonly kl: number;
  /** Median KL that sampling alone explains. */
  readonly noise: number;
  readonly isUntouched: boolean;
  readonly isBad: boolean;
  /** Channels that are far off in a way that samples cannot explain, ascending. */
  readonly farOff: readonly number[];
}

/** Layers with a batch pass, in the order of the graph. */
export function judgedLayers(
  layers: readonly FlaggedLayer[],
  observed: readonly ObservedLayer[],
): readonly Judged[] {
  const seen = layers.flatMap((flagged) => {
    const batch = observed.find(({ index }) => index === flagged.layer.index)?.batch;
    return batch?.medianKl === undefined
      ? []
      : [{ flagged, layer: flagged.layer, observed: batch, medianKl: batch.medianKl }];
  });
  const [first] = seen;
  return seen.map((each) =>
    first === undefined || each === first
      ? judge(each, each.medianKl, errorsOfFirst)
      : judge(each, klOfOwnChannels(each, first), errorsOfLater),
  );
}

interface Seen extends ComparedLayer {
  readonly flagged: FlaggedLayer;
}

function judge({ flagged, layer, observed }: Seen, kl: number, errors: number): Judged {
  const noise = noiseOf(observed, layer.epsilon, errors);
  const untouched = isUntouched(layer);
  // Exactly 0 and 1 is suspicious in itself: the numbers have to speak against it less loudly.
  const limit = untouched
    ? noiseOf(observed, layer.epsilon, errorsOfLater)
    : Math.max(noise, inconsistentKl);
  return {
    ...{ flagged, layer, observed, kl, noise },
    isUntouched: untouched,
    isBad: kl >= limit,
    farOff: farOffChannels(observed),
  };
}

/**
 * Squared errors of the mean, in units of the variance, that are still healthy.
 *
 * Half of one is what sampling adds to a channel's KL, and the variance adds about as much. The
 * first layer reads the samples themselves, one to three colours that photographs share in
 * brightness and contrast: its channels err together, and a median does not average that away.
 */
const errorsOfFirst = 8;
const errorsOfLater = 2;

function noiseOf(
  { standardError, variance, count }: ObservedStatistics,
  epsilon: number,
  factor: number,
): number {
  const errors = standardError.map((error, channel) => {
    const size = (variance[channel] ?? NaN) + epsilon;
    return (error * error) / size;
  });
  return Math.max(noiseFloor, 0.25 / count, factor * (medianOf(errors) ?? 0));
}

/** KL of a mean 1.4 deviations off, or of a variance a quarter of the observed one. */
const farOffKl = 1;
const largerVariance = 4;
const clearShift = 1.4;
const errorsOfShift = 3.3;

/** A channel that was silent in these samples proves nothing, so only what is too large counts. */
function farOffChannels({ kl, z, ratio, mean, standardError }: ObservedStatistics): number[] {
  return Array.from(kl.keys()).filter((channel) => {
    const shift = Math.abs(z[channel] ?? NaN);
    const scale = Math.abs(mean[channel] ?? NaN) / (standardError[channel] ?? NaN);
    const isShifted = shift > clearShift && scale > errorsOfShift;
    return (
      (kl[channel] ?? NaN) >= farOffKl && (isShifted || (ratio[channel] ?? NaN) > largerVariance)
    );
  });
}
