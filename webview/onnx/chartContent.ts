/** Which numbers of a layer the two charts show. */

import type { LayerDataDto } from '../../src/protocol/onnxPanel';
import type { ChartContent, ChartSeries } from './chart';
import type { ChartSubject } from './store';
import { l10n } from './l10n';

export interface ChartPart extends Pick<
  ChartContent,
  'series' | 'axisLabel' | 'scale' | 'initial'
> {
  readonly title: string;
}

export type ChartPair = readonly ChartPart[];

export function chartPair(data: LayerDataDto, subject: ChartSubject): ChartPair {
  return subject === 'statistics'
    ? [
        {
          title: l10n.t('Running mean'),
          axisLabel: l10n.t('input units'),
          scale: 'linear',
          initial: 0,
          series: statisticSeries(data, 'mean'),
        },
        {
          title: l10n.t('Running variance'),
          axisLabel: l10n.t('input units²'),
          scale: 'log',
          initial: 1,
          series: statisticSeries(data, 'variance'),
        },
      ]
    : [
        affine(l10n.t('Gamma, the learned scale'), data.gamma),
        affine(l10n.t('Beta, the learned offset'), data.beta),
      ];
}

function statisticSeries(data: LayerDataDto, which: 'mean' | 'variance'): readonly ChartSeries[] {
  const stored = data[which];
  const observed = (['eval', 'batch'] as const).flatMap((pass): readonly ChartSeries[] => {
    const seen = data.observed[pass];
    return seen
      ? [
          {
            name: pass,
            values: seen[which],
            error: which === 'mean' ? seen.standardError : undefined,
          },
        ]
      : [];
  });
  return [...(stored ? [{ name: 'stored' as const, values: stored }] : []), ...observed];
}

function affine(title: string, values: ArrayLike<number> | undefined): ChartPart {
  return {
    title,
    axisLabel: l10n.t('without unit'),
    scale: 'linear',
    initial: undefined,
    series: values ? [{ name: 'stored', values }] : [],
  };
}
