/** What can be shown of a channel, and how strongly it shows. */

import type { LayerDataDto, LayerSummaryDto } from '../../src/protocol/onnxPanel';
import type { PassDto } from '../../src/protocol/runtime';
import { l10n } from './l10n';

export type Measure = 'kl' | 'z' | 'ratio' | 'mean' | 'variance' | 'gamma' | 'gain';

export interface MeasureInfo {
  readonly measure: Measure;
  readonly label: string;
  /** Two sentences for a hover. */
  readonly explanation: string;
  /** Needs a run. */
  readonly isObserved: boolean;
}

export const measures: readonly MeasureInfo[] = [
  {
    measure: 'kl',
    label: l10n.t('Mismatch (KL)'),
    explanation: l10n.t(
      'How far the observed distribution is from the stored one, as a Kullback–Leibler divergence in nats. 0 means the layer normalises as it should; from 0.1 on it visibly does not.',
    ),
    isObserved: true,
  },
  {
    measure: 'z',
    label: l10n.t('Mean shift (σ)'),
    explanation: l10n.t(
      'Observed mean minus stored mean, in stored standard deviations. 0 means the stored mean is right.',
    ),
    isObserved: true,
  },
  {
    measure: 'ratio',
    label: l10n.t('Variance ratio'),
    explanation: l10n.t(
      'Observed variance divided by stored variance. 1 means the stored variance is right.',
    ),
    isObserved: true,
  },
  {
    measure: 'mean',
    label: l10n.t('Stored mean'),
    explanation: l10n.t(
      'The running mean in the file, in units of the layer’s input. An untouched layer holds 0 in every channel.',
    ),
    isObserved: false,
  },
  {
    measure: 'variance',
    label: l10n.t('Stored variance'),
    explanation: l10n.t(
      'The running variance in the file, in squared units of the layer’s input. An untouched layer holds 1 in every channel.',
    ),
    isObserved: false,
  },
  {
    measure: 'gamma',
    label: l10n.t('Gamma'),
    explanation: l10n.t(
      'The learned scale after normalisation, without unit. A channel near 0 passes nothing on.',
    ),
    isObserved: false,
  },
  {
    measure: 'gain',
    label: l10n.t('Gain (|γ|/σ)'),
    explanation: l10n.t(
      'How much a change of the input is amplified: |gamma| divided by the stored standard deviation. One channel far above the others makes the layer fragile.',
    ),
    isObserved: false,
  },
];

export function findMeasure(name: string): MeasureInfo | undefined {
  return measures.find(({ measure }) => measure === name);
}

/** One value per channel, or `undefined` when what it needs is not there. */
export function measureLayer(
  layer: Pick<LayerSummaryDto, 'epsilon'>,
  data: LayerDataDto,
  options: { readonly measure: Measure; readonly pass: PassDto },
): Float64Array | undefined {
  switch (options.measure) {
    case 'mean':
    case 'variance':
    case 'gamma':
      return data[options.measure];
    case 'gain':
      return gainOf(layer, data);
    case 'z':
    case 'ratio':
    case 'kl':
      return data.observed[options.pass]?.[options.measure];
  }
}

function gainOf(
  { epsilon }: Pick<LayerSummaryDto, 'epsilon'>,
  { gamma, variance }: LayerDataDto,
): Float64Array | undefined {
  return (
    gamma &&
    variance &&
    perChannel(
      gamma.length,
      (channel) => Math.abs(at(gamma, channel)) / Math.sqrt(at(variance, channel) + epsilon),
    )
  );
}

/**
 * How strongly a value shows on the strip, `[-1, 1]`: 0 is unremarkable, the sign is the side.
 * NaN stays NaN. `largest` is the layer's largest magnitude, for measures without a natural scale.
 */
export function strengthOf(measure: Measure, value: number, largest: number): number {
  switch (measure) {
    case 'kl':
      return clamp(Math.log10(Math.max(value, 1e-12) / 0.01) / 3, 0, 1);
    case 'z':
      return clamp(value / 3, -1, 1);
    case 'ratio':
      return clamp(Math.log10(value), -1, 1);
    case 'variance':
      return clamp(Math.log10(value) / 3, -1, 1);
    case 'mean':
    case 'gamma':
    case 'gain':
      return largest > 0 ? clamp(value / largest, -1, 1) : value * 0;
  }
}

/** The median, ignoring what is not finite; NaN of nothing. */
export function median(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values)
    .filter((value) => Number.isFinite(value))
    .sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? at(sorted, middle)
    : (at(sorted, middle - 1) + at(sorted, middle)) / 2;
}

export function largestMagnitude(values: ArrayLike<number>): number {
  let largest = 0;
  for (let index = 0; index < values.length; index += 1) {
    const magnitude = Math.abs(at(values, index));
    if (magnitude > largest && magnitude < Infinity) {
      largest = magnitude;
    }
  }
  return largest;
}

/** The element, or NaN where there is none, which draws as "not a number". */
export function at(values: ArrayLike<number>, index: number): number {
  return values[index] ?? NaN;
}

/** One value for each channel; a loop, because `Float64Array.from` takes several times as long. */
export function perChannel(length: number, valueOf: (channel: number) => number): Float64Array {
  const values = new Float64Array(length);
  for (let channel = 0; channel < length; channel += 1) {
    values[channel] = valueOf(channel);
  }
  return values;
}

function clamp(value: number, low: number, high: number): number {
  return Number.isNaN(value) ? NaN : Math.min(high, Math.max(low, value));
}
