/** How many channels have which value: an outline for each series over the same bins. */

import type { ChartPart } from './chartContent';
import { element, svgElement } from './dom';
import { effectiveScale, extentOf } from './extent';
import { formatNumber } from './format';
import type { SeriesName } from './icons';
import { l10n } from './l10n';
import { chartSentence } from './layerWords';
import { at } from './measures';
import type { ChannelRange } from './store';
import { term } from './terms';

const bins = 24;

export interface Histogram {
  readonly low: number;
  readonly high: number;
  /** Channels in each bin, by series; shape `[bins]`. */
  readonly counts: readonly { readonly name: SeriesName; readonly channels: Uint32Array }[];
  /** Channels in the fullest bin of all series. */
  readonly most: number;
}

/** @param range channels that count; `null` counts all */
export function histogramOf(part: ChartPart, range: ChannelRange | null): Histogram {
  const series = part.series.map(({ name, values }) => ({ name, values: inRange(values, range) }));
  const scale = effectiveScale({ ...part, series });
  const { low, high } = extentOf({ ...part, series }, scale);
  const read = scale === 'log' ? Math.log : (value: number) => value;
  const span = read(high) - read(low);
  const counts = series.map(({ name, values }) => {
    const channels = new Uint32Array(bins);
    for (const value of values) {
      const bin = Math.min(bins - 1, Math.floor(((read(value) - read(low)) / span) * bins));
      if (Number.isFinite(value) && bin >= 0) {
        channels[bin] = at(channels, bin) + 1;
      }
    }
    return { name, channels };
  });
  const most = Math.max(1, ...counts.flatMap(({ channels }) => Array.from(channels)));
  return { low, high, counts, most };
}

function inRange(values: ArrayLike<number>, range: ChannelRange | null): readonly number[] {
  const all = Array.from(values);
  return range === null ? all : all.slice(range.first, range.last + 1);
}

const plot = { left: 30, top: 8, width: 286, height: 96 };
const size = { width: 320, height: 140 };

/** One figure for each part that has numbers. */
export function histogramFigures(
  parts: readonly ChartPart[],
  options: { readonly channels: number; readonly range: ChannelRange | null },
): readonly HTMLElement[] {
  return parts
    .filter(({ series }) => series.length > 0)
    .map((part) =>
      element(
        'figure',
        {},
        element('h3', {}, term(part.title, part.explanation)),
        drawing(part, histogramOf(part, options.range), options.channels),
      ),
    );
}

function drawing(part: ChartPart, histogram: Histogram, channels: number): SVGElement {
  const { low, high, most } = histogram;
  const bottom = plot.top + plot.height;
  const right = plot.left + plot.width;
  return svgElement(
    'svg',
    {
      ...{ class: 'histogram', role: 'img' },
      viewBox: `0 0 ${String(size.width)} ${String(size.height)}`,
      'aria-label': chartSentence(part, channels),
    },
    svgElement('path', {
      class: 'base',
      d: `M${String(plot.left)} ${String(bottom)}H${String(right)}`,
    }),
    ...histogram.counts.map(({ name, channels: counts }) =>
      svgElement('path', { class: `outline-${name}`, d: outline(counts, most) }),
    ),
    label(String(most), plot.left - 4, plot.top + 8, 'end'),
    label('0', plot.left - 4, bottom, 'end'),
    label(formatNumber(low), plot.left, bottom + 14, 'start'),
    label(part.axisLabel, plot.left + plot.width / 2, bottom + 14, 'middle'),
    label(formatNumber(high), right, bottom + 14, 'end'),
    label(l10n.t('channels per bin'), plot.left, bottom + 30, 'start'),
  );
}

/** Steps from bin to bin, closed along the base. */
function outline(counts: Uint32Array, most: number): string {
  const bottom = plot.top + plot.height;
  const width = plot.width / bins;
  const steps = Array.from(counts, (channels, bin) => {
    const y = bottom - (channels / most) * plot.height;
    return `V${y.toFixed(1)}H${(plot.left + (bin + 1) * width).toFixed(1)}`;
  });
  return `M${String(plot.left)} ${String(bottom)}${steps.join('')}V${String(bottom)}`;
}

function label(content: string, x: number, y: number, anchor: string): SVGElement {
  const made = svgElement('text', { x: String(x), y: String(y), 'text-anchor': anchor });
  made.textContent = content;
  return made;
}
