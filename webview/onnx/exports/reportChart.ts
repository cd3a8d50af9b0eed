/** A chart as a drawing that any page can hold: no script, no style of its own, sharp on paper. */

import { svgElement } from '../dom';
import { formatNumber } from '../format';
import type { SeriesName } from '../icons';
import { at } from '../measures';
import type { ChartPart } from '../chartContent';
import { type Extent, effectiveScale, extentOf, heightScale } from '../extent';
import { l10n } from '../l10n';

const width = 560;
const height = 170;
const margin = { left: 64, right: 8, top: 8, bottom: 22 };
const plot = {
  left: margin.left,
  top: margin.top,
  width: width - margin.left - margin.right,
  height: height - margin.top - margin.bottom,
};

/** @param label what somebody is told who cannot see it */
export function chartDrawing(part: ChartPart, channels: number, label: string): SVGElement {
  const scale = effectiveScale(part);
  const extent = { ...extentOf(part, scale), scale };
  return svgElement(
    'svg',
    { viewBox: `0 0 ${String(width)} ${String(height)}`, role: 'img', 'aria-label': label },
    frame(),
    ...axisTexts(extent, part.axisLabel, channels),
    ...initialLine(part.initial, extent),
    ...part.series.map(({ name, values }) => {
      const mark = marks[name](markSize(channels));
      return svgElement('path', { class: name, d: pathOf({ values, mark, extent, channels }) });
    }),
  );
}

function frame(): SVGElement {
  return svgElement('rect', {
    class: 'frame',
    x: String(plot.left),
    y: String(plot.top),
    width: String(plot.width),
    height: String(plot.height),
  });
}

function initialLine(initial: number | undefined, extent: Extent): readonly SVGElement[] {
  if (initial === undefined) {
    return [];
  }
  const y = heightScale(extent, plot)(initial).toFixed(1);
  return [
    svgElement('path', { class: 'initial', d: `M${String(plot.left)} ${y}h${String(plot.width)}` }),
  ];
}

function axisTexts(extent: Extent, axisLabel: string, channels: number): readonly SVGElement[] {
  const bottom = plot.top + plot.height;
  const right = plot.left + plot.width;
  return [
    text(formatNumber(extent.high), plot.left - 4, plot.top + 9, 'end'),
    text(formatNumber(extent.low), plot.left - 4, bottom, 'end'),
    text(axisLabel, plot.left - 4, plot.top + plot.height / 2, 'end'),
    text(l10n.t('channel 0'), plot.left, bottom + 14, 'start'),
    text(String(channels - 1), right, bottom + 14, 'end'),
  ];
}

function text(content: string, x: number, y: number, anchor: string): SVGElement {
  const made = svgElement('text', { x: String(x), y: String(y), 'text-anchor': anchor });
  made.textContent = content;
  return made;
}

function markSize(channels: number): number {
  return Math.min(4, Math.max(0.8, (plot.width / Math.max(1, channels)) * 0.32));
}

/** The shapes of the page: a ring, a diamond, a triangle, a square. */
const marks: Record<SeriesName, (radius: number) => string> = {
  stored: (r) =>
    `m${rounded(-r)} 0a${rounded(r)} ${rounded(r)} 0 1 0 ${rounded(2 * r)} 0a${rounded(r)} ${rounded(r)} 0 1 0 ${rounded(-2 * r)} 0`,
  eval: (r) =>
    `m0 ${rounded(-r)}l${rounded(r)} ${rounded(r)} ${rounded(-r)} ${rounded(r)} ${rounded(-r)} ${rounded(-r)}z`,
  batch: (r) => `m0 ${rounded(-r)}l${rounded(r)} ${rounded(1.8 * r)}h${rounded(-2 * r)}z`,
  other: (r) =>
    `m${rounded(-r)} ${rounded(-r)}h${rounded(2 * r)}v${rounded(2 * r)}h${rounded(-2 * r)}z`,
};

interface Marked {
  readonly values: ArrayLike<number>;
  readonly mark: string;
  readonly extent: Extent;
  readonly channels: number;
}

function pathOf({ values, mark, extent, channels }: Marked): string {
  const heightOf = heightScale(extent, plot);
  let path = '';
  for (let channel = 0; channel < values.length; channel += 1) {
    const y = heightOf(at(values, channel));
    if (Number.isFinite(y)) {
      const x = plot.left + ((channel + 0.5) / channels) * plot.width;
      path += `M${rounded(x)} ${rounded(y)}${mark}`;
    }
  }
  return path;
}

function rounded(value: number): string {
  return String(Math.round(value * 10) / 10);
}
