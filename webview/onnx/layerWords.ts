/** What the charts show, in words and marks. */

import type { LayerDataDto, LayerSummaryDto } from '../../src/protocol/onnxPanel';
import type { PassDto } from '../../src/protocol/runtime';
import type { ChartPair } from './chartContent';
import { element } from './dom';
import { count, formatNumber } from './format';
import { type SeriesName, seriesIcon } from './icons';
import { explanations, seriesExplanations, term } from './terms';
import { type Measure, at, measureLayer, median } from './measures';
import { l10n } from './l10n';

/** From here on a channel is normalised visibly wrongly, in nats. */
const badKl = 0.1;

export interface ShownLayer {
  readonly layer: LayerSummaryDto;
  readonly data: LayerDataDto;
}

export const seriesTexts: SeriesTexts = {
  stored: l10n.t('stored in the file'),
  eval: l10n.t('observed, evaluation pass'),
  batch: l10n.t('observed, batch pass'),
  other: l10n.t('stored in the other model'),
};

/** Names for the series where the usual ones say too little. */
export type SeriesTexts = Readonly<Record<SeriesName, string>>;

export function seriesOf(pair: ChartPair): readonly SeriesName[] {
  return [...new Set(pair.flatMap(({ series }) => series.map(({ name }) => name)))];
}

/** Whether the charts show where an untouched layer would be. */
export function hasInitial(pair: ChartPair): boolean {
  return pair.some(({ initial }) => initial !== undefined);
}

export function chartLegend(pair: ChartPair, texts = seriesTexts): readonly HTMLElement[] {
  const marks = seriesOf(pair).map((name) =>
    element(
      'span',
      { class: 'legend-item' },
      seriesIcon(name),
      term(texts[name], seriesExplanations[name]),
    ),
  );
  const dash = element('span', { class: 'dash', 'aria-hidden': 'true' });
  const initial = element(
    'span',
    { class: 'legend-item' },
    dash,
    term(l10n.t('value of an untouched layer'), explanations.initial),
  );
  return hasInitial(pair) ? [...marks, initial] : marks;
}

/** What somebody who cannot see the chart is told instead; the table has every number. */
export function chartSentence(
  { title, series }: ChartPair[number],
  channels: number,
  texts = seriesTexts,
): string {
  const medians = series.map(({ name, values }) =>
    l10n.t('{0}: median {1}', texts[name], formatNumber(median(values))),
  );
  return l10n.t('{0} of {1}. {2}.', title, count(channels, 'channel'), medians.join('; '));
}

/** The channels whose stored statistics fit worst, or how to read the chart before a run. */
export function worstSentence({ layer, data }: ShownLayer): string {
  const pass = data.observed.batch ? 'batch' : 'eval';
  const kl = measureLayer(layer, data, { measure: 'kl', pass });
  if (!kl) {
    return l10n.t(
      'Point at a channel to read it, or drag over several to show only those in the table.',
    );
  }
  const worst = badChannels(kl).sort((a, b) =>
    a.value === b.value ? a.channel - b.channel : b.value - a.value,
  );
  if (worst.length === 0) {
    return l10n.t('No channel is off: KL is below {0} in all of them.', formatNumber(badKl));
  }
  const named = worst
    .slice(0, 5)
    .map(({ channel, value }) => `${String(channel)} (KL ${formatNumber(value)})`);
  return l10n.t(
    '{0} of {1} off by a KL of {2} or more; the worst: {3}.',
    worst.length,
    count(layer.channels, 'channel'),
    formatNumber(badKl),
    named.join(', '),
  );
}

function badChannels(kl: ArrayLike<number>): { channel: number; value: number }[] {
  const bad = [];
  for (let channel = 0; channel < kl.length; channel += 1) {
    // What is not a number is as bad as can be.
    const value = Number.isNaN(at(kl, channel)) ? Infinity : at(kl, channel);
    if (value >= badKl) {
      bad.push({ channel, value });
    }
  }
  return bad;
}

export function channelSentence(shown: ShownLayer, channel: number): string {
  const { mean, variance, gamma, beta } = shown.data;
  const value = (values: ArrayLike<number> | undefined): string =>
    formatNumber(values && at(values, channel));
  return [
    l10n.t(
      'Channel {0}: mean {1}, variance {2}, gamma {3}, beta {4}',
      channel,
      value(mean),
      value(variance),
      value(gamma),
      value(beta),
    ),
    passSentence(shown, channel, 'eval'),
    passSentence(shown, channel, 'batch'),
  ]
    .filter((part) => part !== undefined)
    .join('. ');
}

function passSentence(
  { layer, data }: ShownLayer,
  channel: number,
  pass: PassDto,
): string | undefined {
  const seen = data.observed[pass];
  if (!seen) {
    return undefined;
  }
  const measured = (measure: Measure): string => {
    const values = measureLayer(layer, data, { measure, pass });
    return formatNumber(values && at(values, channel));
  };
  const name = pass === 'eval' ? l10n.t('Evaluation pass') : l10n.t('Batch pass');
  return l10n.t(
    '{0}: mean {1} ({2} σ away), variance {3} ({4} times the stored), KL {5}',
    name,
    formatNumber(at(seen.mean, channel)),
    measured('z'),
    formatNumber(at(seen.variance, channel)),
    measured('ratio'),
    measured('kl'),
  );
}
