/** What is drawn of a pair of layers, and the same in words. */

import type { ComparedChannelsDto, StoredDto } from '../../src/protocol/onnxPanel';
import type { ChartSeries } from './chart';
import type { ChartPart } from './chartContent';
import { formatNumber } from './format';
import { l10n } from './l10n';
import { at } from './measures';
import type { DataView } from './store';
import { chartExplanations } from './terms';

export function pairTitle({ compared, comparison }: DataView): string {
  const { first = '', second = '' } = comparison?.pairs[compared?.pair ?? -1]?.names ?? {};
  return first === second ? first : `${first} / ${second}`;
}

export function channelsOf(compared: ComparedChannelsDto | null): number {
  return compared?.first.mean?.length ?? compared?.second.mean?.length ?? 0;
}

export function partsOf({ first, second }: ComparedChannelsDto): readonly ChartPart[] {
  return [
    {
      explanation: chartExplanations.mean,
      ...{ title: l10n.t('Running mean'), axisLabel: l10n.t('input units') },
      ...{ scale: 'linear', initial: 0 },
      series: seriesOf('mean', first, second),
    },
    {
      explanation: chartExplanations.variance,
      ...{ title: l10n.t('Running variance'), axisLabel: l10n.t('input units²') },
      ...{ scale: 'log', initial: 1 },
      series: seriesOf('variance', first, second),
    },
  ];
}

function seriesOf(
  which: keyof StoredDto,
  first: StoredDto,
  second: StoredDto,
): readonly ChartSeries[] {
  const [own, other] = [first[which], second[which]];
  return [
    ...(own ? [{ name: 'stored' as const, values: own }] : []),
    ...(other ? [{ name: 'other' as const, values: other }] : []),
  ];
}

export function channelSentence({ first, second }: ComparedChannelsDto, channel: number): string {
  const value = (values: Float64Array | undefined): string =>
    formatNumber(values && at(values, channel));
  return l10n.t(
    'Channel {0}: mean {1} in this model, {2} in the other; variance {3} in this model, {4} in the other',
    channel,
    value(first.mean),
    value(second.mean),
    value(first.variance),
    value(second.variance),
  );
}
