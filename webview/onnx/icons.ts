/** Small pictures whose shape alone tells severities and series apart. */

import type { Severity } from '../../src/protocol/onnxPanel';
import { svgElement } from './dom';
import { l10n } from './l10n';

const severityPaths: Record<Severity, string> = {
  error:
    'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1Zm0 1.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2ZM5.7 5 8 7.3 10.3 5l.7.7L8.7 8l2.3 2.3-.7.7L8 8.7 5.7 11l-.7-.7L7.3 8 5 5.7l.7-.7Z',
  warning:
    'M8 1.2c.3 0 .6.2.8.5l6 11.4c.3.6-.1 1.4-.8 1.4H2c-.7 0-1.1-.8-.8-1.4l6-11.4c.2-.3.5-.5.8-.5Zm0 1.7L2.6 13.3h10.8L8 2.9ZM7.4 6h1.2v4H7.4V6Zm0 5h1.2v1.2H7.4V11Z',
  information:
    'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1Zm0 1.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2ZM7.4 7h1.2v4.5H7.4V7Zm0-2.5h1.2v1.3H7.4V4.5Z',
  ok: 'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1Zm0 1.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2Zm2.9 3.2.8.8-4.6 4.9-2.8-2.8.8-.8 2 2 3.8-4.1Z',
};

const severityNames: Record<Severity, string> = {
  error: l10n.t('Error'),
  warning: l10n.t('Warning'),
  information: l10n.t('Information'),
  ok: l10n.t('Good'),
};

export function severityIcon(severity: Severity): SVGElement {
  return svgElement(
    'svg',
    {
      class: `icon ${severity}`,
      viewBox: '0 0 16 16',
      role: 'img',
      'aria-label': severityNames[severity],
    },
    svgElement('path', { d: severityPaths[severity], fill: 'currentColor' }),
  );
}

/** `other` is what another model stores. */
export type SeriesName = 'stored' | 'eval' | 'batch' | 'other';

const seriesShapes: Record<SeriesName, string> = {
  stored: 'M8 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8Z',
  eval: 'M8 3 13 8 8 13 3 8Z',
  batch: 'M8 3.5 13 12.5H3Z',
  other: 'M4.5 4.5h7v7h-7Z',
};

/** The mark a series is drawn with, for the legend. */
export function seriesIcon(series: SeriesName): SVGElement {
  return svgElement(
    'svg',
    { class: `icon series-${series}`, viewBox: '0 0 16 16', 'aria-hidden': 'true' },
    svgElement('path', { d: seriesShapes[series] }),
  );
}
