/** The numbers of one layer as a table: which columns there are, in which order the rows come. */

import type { LayerDataDto, ObservedDto } from '../../src/protocol/onnxPanel';
import type { PassDto } from '../../src/protocol/runtime';
import { at } from './measures';
import type { ChannelRange, ChannelSort } from './store';
import { l10n } from './l10n';

export interface Column {
  readonly key: string;
  readonly title: string;
  /** Shown under the title: unit and kind. */
  readonly unit: string;
  readonly explanation: string;
  readonly valueAt: (channel: number) => number;
}

const passes: readonly PassDto[] = ['eval', 'batch'];
const passNames: Record<PassDto, string> = { eval: l10n.t('evaluation'), batch: l10n.t('batch') };

export function columnsOf(data: LayerDataDto): readonly Column[] {
  return [
    {
      key: 'channel',
      title: l10n.t('Channel'),
      unit: l10n.t('from 0'),
      explanation: l10n.t('Position of the channel in the layer’s input, counted from 0.'),
      valueAt: (channel) => channel,
    },
    ...column('mean', data.mean, storedTexts.mean),
    ...observedColumns(data, ['mean', 'z']),
    ...column('variance', data.variance, storedTexts.variance),
    ...observedColumns(data, ['variance', 'ratio', 'kl']),
    ...column('gamma', data.gamma, storedTexts.gamma),
    ...column('beta', data.beta, storedTexts.beta),
  ];
}

/** Channels in the order the table shows them; NaN comes first, it is what one looks for. */
export function sortedChannels(
  columns: readonly Column[],
  options: {
    readonly channels: number;
    readonly sort: ChannelSort;
    readonly range: ChannelRange | null;
  },
): readonly number[] {
  const first = options.range?.first ?? 0;
  const last = Math.min(options.range?.last ?? options.channels - 1, options.channels - 1);
  const channels = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
  const column = columns.find(({ key }) => key === options.sort.column);
  if (!column || (column.key === 'channel' && !options.sort.isDescending)) {
    return channels;
  }
  const keys = new Map(channels.map((channel) => [channel, column.valueAt(channel)]));
  const sign = options.sort.isDescending ? -1 : 1;
  return channels.sort((a, b) => compare(keys.get(a) ?? NaN, keys.get(b) ?? NaN, sign) || a - b);
}

function compare(a: number, b: number, sign: number): number {
  const isANaN = Number.isNaN(a);
  if (isANaN || Number.isNaN(b)) {
    return isANaN ? (Number.isNaN(b) ? 0 : -1) : 1;
  }
  return sign * (a - b);
}

type ColumnTexts = Pick<Column, 'title' | 'unit' | 'explanation'>;

const storedTexts = {
  mean: {
    title: l10n.t('Mean'),
    unit: l10n.t('stored, units'),
    explanation: l10n.t('The running mean in the file, in units of the layer’s input.'),
  },
  variance: {
    title: l10n.t('Variance'),
    unit: l10n.t('stored, units²'),
    explanation: l10n.t('The running variance in the file, in squared units of the layer’s input.'),
  },
  gamma: {
    title: l10n.t('Gamma'),
    unit: l10n.t('stored, factor'),
    explanation: l10n.t('The learned scale after normalisation, without unit.'),
  },
  beta: {
    title: l10n.t('Beta'),
    unit: l10n.t('stored, offset'),
    explanation: l10n.t('The learned offset after normalisation, without unit.'),
  },
} satisfies Record<string, ColumnTexts>;

type ObservedKey = 'mean' | 'z' | 'variance' | 'ratio' | 'kl';

const observedTexts: Record<ObservedKey, ColumnTexts> = {
  mean: {
    title: l10n.t('Mean'),
    unit: l10n.t('units'),
    explanation: l10n.t(
      'The mean of the layer’s input over the samples and positions of the pass.',
    ),
  },
  z: {
    title: l10n.t('Shift'),
    unit: 'σ',
    explanation: l10n.t('Observed minus stored mean, in stored standard deviations. 0 is a fit.'),
  },
  variance: {
    title: l10n.t('Variance'),
    unit: l10n.t('units²'),
    explanation: l10n.t(
      'The variance of the layer’s input over the samples and positions of the pass.',
    ),
  },
  ratio: {
    title: l10n.t('Ratio'),
    unit: '×',
    explanation: l10n.t('Observed divided by stored variance. 1 is a fit.'),
  },
  kl: {
    title: 'KL',
    unit: l10n.t('nats'),
    explanation: l10n.t(
      'Kullback–Leibler divergence of the observed from the stored distribution. 0 is a fit, from 0.1 on the channel is normalised wrongly.',
    ),
  },
};

function observedColumns(data: LayerDataDto, keys: readonly ObservedKey[]): readonly Column[] {
  return passes.flatMap((pass) => {
    const seen: ObservedDto | undefined = data.observed[pass];
    return keys.flatMap((key) => {
      const texts = observedTexts[key];
      const unit = `${passNames[pass]}, ${texts.unit}`;
      return column(`${pass}.${key}`, seen?.[key], { ...texts, unit });
    });
  });
}

function column(
  key: string,
  values: Float64Array | undefined,
  texts: ColumnTexts,
): readonly Column[] {
  return values ? [{ key, ...texts, valueAt: (channel) => at(values, channel) }] : [];
}
