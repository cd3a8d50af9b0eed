/** How far observed statistics of a BatchNorm's input are from the stored ones. */

/** Mean and variance per channel; both of shape `[channels]`. */
export interface ChannelStatistics {
  /** Activation units. */
  readonly mean: Float64Array;
  /** Population variance, squared activation units. */
  readonly variance: Float64Array;
}

export interface Divergence {
  /** Shift of the mean in stored standard deviations, unitless. */
  readonly z: Float64Array;
  /** Observed variance ÷ stored variance, `epsilon` added to both, unitless. */
  readonly ratio: Float64Array;
  /** KL divergence of the observed from the stored normal distribution, in nats, ≥ 0. */
  readonly kl: Float64Array;
}

/**
 * Compares what a layer stores with what was seen, per channel.
 *
 * After normalisation the layer's output has mean `gamma · z + beta` and standard deviation
 * `|gamma| · √ratio` where it should have `beta` and `|gamma|`; `kl` is 0 exactly when neither
 * changed, and does not depend on the channel's scale.
 *
 * @param epsilon of the layer, squared activation units, > 0
 * @returns arrays of shape `[channels]`; NaN where a stored number is none or a variance is negative
 * @source Ioffe & Szegedy 2015, algorithm 2; KL of two univariate normal distributions
 */
export function divergenceOf(
  stored: ChannelStatistics,
  observed: ChannelStatistics,
  epsilon: number,
): Divergence {
  const channels = observed.mean.length;
  const z = new Float64Array(channels);
  const ratio = new Float64Array(channels);
  const kl = new Float64Array(channels);
  for (let channel = 0; channel < channels; channel++) {
    const storedVariance = (stored.variance[channel] ?? NaN) + epsilon;
    const shift = (observed.mean[channel] ?? NaN) - (stored.mean[channel] ?? NaN);
    const shiftInSigmas = shift / Math.sqrt(storedVariance);
    const varianceRatio = ((observed.variance[channel] ?? NaN) + epsilon) / storedVariance;
    z[channel] = shiftInSigmas;
    ratio[channel] = varianceRatio;
    kl[channel] = normalKl(shiftInSigmas, varianceRatio);
  }
  return { z, ratio, kl };
}

/**
 * `½ (ratio + z² − 1 − ln ratio)`, in nats; a rounding error below zero is zero.
 *
 * @param z shift of the mean in standard deviations
 * @param ratio of the variances
 */
function normalKl(z: number, ratio: number): number {
  const value = 0.5 * (ratio + z * z - 1 - Math.log(ratio));
  return value < 0 ? 0 : value;
}
