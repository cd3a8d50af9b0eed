import type { Flag, FlagCode, StoredLayer } from './storedLayer';
import { channelsWhere, medianOf, nameChannels } from './summary';

/**
 * Variance below this many epsilons: the channel was constant when the statistics were taken, and
 * its values are multiplied by almost 100 and more. Of a larger epsilon, as Keras's 0.001, the
 * variances of healthy channels come within ten times, and it bounds the factor itself.
 */
const collapsedEpsilons = 10;
const usualEpsilon = 1e-5;
/** A gamma this small against the layer's median, or in itself, switches a channel off. */
const deadGammaShare = 1e-3;
const deadGamma = 1e-6;
/** Gain above this many medians of the layer. */
const fragileGainFactor = 100;

/** Judges one layer by its stored numbers alone. */
export function flagsOf(layer: StoredLayer): readonly Flag[] {
  return [...modeFlags(layer), ...statisticsFlags(layer), ...gainFlags(layer)];
}

/** Running mean exactly 0 and running variance exactly 1 in every channel. */
export function isUntouched({ mean, variance }: StoredLayer): boolean {
  return (
    mean !== undefined &&
    variance !== undefined &&
    mean.length > 0 &&
    mean.every((value) => value === 0) &&
    variance.every((value) => value === 1)
  );
}

function modeFlags({ mode, isComputed }: StoredLayer): readonly Flag[] {
  const flags: Flag[] = [];
  if (mode === 'training') {
    flags.push(
      flag(
        'S8',
        'error',
        'The node is stored in training mode: it normalises with the statistics of each batch ' +
          'and ignores the stored ones. Call model.eval() before exporting.',
      ),
    );
  }
  if (isComputed) {
    flags.push(
      flag(
        'S9',
        'error',
        'Mean and variance are computed from the batch inside the graph; the model stores none. ' +
          'It was exported from a layer without running statistics or in training mode.',
      ),
    );
  }
  return flags;
}

function statisticsFlags(layer: StoredLayer): readonly Flag[] {
  const { mean, variance, channels, epsilon } = layer;
  if (mean === undefined || variance === undefined) {
    return [];
  }
  if (isUntouched(layer)) {
    return [...untouchedFlags(layer)];
  }
  const flags: Flag[] = [];
  const broken = channelsWhere(channels, (channel) => isBroken(mean[channel], variance[channel]));
  if (broken !== undefined) {
    const places = capital(nameChannels(broken));
    const message = `${places}: a mean or variance that is not a finite number, or a negative variance.`;
    flags.push(flag('S2', 'error', message, broken));
  }
  if (channels > 1 && isConstant(mean) && isConstant(variance)) {
    const numbers = `mean ${number(mean[0])} and variance ${number(variance[0])}`;
    flags.push(flag('S4', 'warning', `All channels store the same ${numbers}.`));
  }
  const limit = collapsedEpsilons * Math.min(epsilon, usualEpsilon);
  const collapsed = channelsWhere(channels, (channel) => {
    const value = variance[channel] ?? NaN;
    return value >= 0 && value < limit;
  });
  if (collapsed !== undefined) {
    const what = `running variance below ${number(limit)}, so the channel was almost constant and small changes are blown up`;
    flags.push(flag('S5', 'warning', `${capital(nameChannels(collapsed))}: ${what}.`, collapsed));
  }
  return [...flags, ...sharingFlags(layer)];
}

function* untouchedFlags(layer: StoredLayer): Generator<Flag> {
  yield flag(
    'S1',
    'error',
    `Running mean is 0 and running variance is 1 in all ${String(layer.channels)} channels: the ` +
      'statistics are at their initial value, never updated or never loaded.',
  );
  yield* sharingFlags(layer);
}

function sharingFlags({ sharingCount }: StoredLayer): readonly Flag[] {
  const others = sharingCount === 1 ? '1 other layer' : `${String(sharingCount)} other layers`;
  const message = `Running mean and variance are the same tensors as in ${others}; exporters merge equal values.`;
  return sharingCount === 0 ? [] : [flag('S3', 'information', message)];
}

function gainFlags({ gamma, variance, epsilon, channels }: StoredLayer): readonly Flag[] {
  if (gamma === undefined || channels < 2) {
    return [];
  }
  const flags: Flag[] = [];
  const sizes = gamma.map(Math.abs);
  const limit = Math.max(deadGamma, deadGammaShare * (medianOf(sizes) ?? 0));
  const dead = channelsWhere(channels, (channel) => (sizes[channel] ?? NaN) < limit);
  if (dead !== undefined) {
    const what = 'gamma is almost zero, so the channel is switched off';
    flags.push(flag('S6', 'information', `${capital(nameChannels(dead))}: ${what}.`, dead));
  }
  const gains = sizes.map((size, index) => size / Math.sqrt((variance?.[index] ?? NaN) + epsilon));
  const usual = medianOf(gains) ?? NaN;
  const fragile = channelsWhere(
    channels,
    (channel) => (gains[channel] ?? NaN) > fragileGainFactor * usual,
  );
  if (fragile !== undefined) {
    const what = 'the gain is over 100 times the median of the layer';
    flags.push(flag('S7', 'warning', `${capital(nameChannels(fragile))}: ${what}.`, fragile));
  }
  return flags;
}

function isBroken(mean: number | undefined, variance: number | undefined): boolean {
  return !Number.isFinite(mean) || !Number.isFinite(variance) || Number(variance) < 0;
}

function isConstant(values: Float64Array): boolean {
  return values.every((value) => value === values[0]);
}

function flag(
  code: FlagCode,
  severity: Flag['severity'],
  message: string,
  channels?: Int32Array,
): Flag {
  return { code, severity, message, channels };
}

function number(value: number | undefined): string {
  return String(Number((value ?? NaN).toPrecision(4)));
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
