/** Which numbers of a layer the two charts show. */

import type { LayerDataDto } from '../../src/protocol/onnxPanel';
import type { ChartContent, ChartSeries } from './chart';
import type { ChartSubject } from './store';
import { l10n } from './l10n';
import { chartExplanations } from './terms';

export interface ChartPart extends Pick<
  ChartContent,
  'series' | 'axisLabel' | 'scale' | 'initial'
> {
  readonly title: string;
  /** Two sentences for a hover. */
  readonly explanation: string;
}

export type ChartPair = readonly ChartPart[];

/** Two charts, or all four as histograms. */
export function chartPair(data: LayerDataDto, subject: ChartSubject): ChartPair {
  return subject === 'histogram'
    ? [...chartPair(data, 'statistics'), ...chartPair(data, 'affine')]
    : subject === 'statistics'
      ? [
          {
            title: l10n.t('Running mean'),
            explanation: chartExplanations.mean,
            axisLabel: l10n.t('input units'),
            scale: 'linear',
            initial: 0,
            series: statisticSeries(data, 'mean'),
          },
          {
            title: l10n.t('Running variance'),
            explanation: chartExplanations.variance,
            axisLabel: l10n.t('input units²'),
            scale: 'log',
            initial: 1,
            series: statisticSeries(data, 'variance'),
          },
        ]
      : [
          affine('gamma', l10n.t('Gamma, the learned scale'), data.gamma),
          affine('beta', l10n.t('Beta, the learned offset'), data.beta),
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

function affine(
  which: 'gamma' | 'beta',
  title: string,
  values: ArrayLike<number> | undefined,
): ChartPart {
  return {
    title,
    explanation: chartExplanations[which],
    axisLabel: l10n.t('without unit'),
    scale: 'linear',
    initial: undefined,
    series: values ? [{ name: 'stored', values }] : [],
  };
}
