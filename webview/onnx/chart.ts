/** One value per channel, several series over each other. The only module that knows uPlot. */

import uPlot from 'uplot';
import type { SeriesName } from './icons';
import { at } from './measures';
import type { ChannelRange } from './store';
import type { Theme } from './theme';

export interface ChartSeries {
  readonly name: SeriesName;
  readonly values: ArrayLike<number>;
  /** Half height of a band around each value. */
  readonly error?: ArrayLike<number> | undefined;
}

export interface ChartContent {
  readonly channels: number;
  readonly series: readonly ChartSeries[];
  readonly axisLabel: string;
  /** `log` is used only when every value is above 0. */
  readonly scale: 'linear' | 'log';
  /** Value of an untouched channel, drawn as a dashed line. */
  readonly initial: number | undefined;
  readonly range: ChannelRange | null;
  readonly theme: Theme;
}

export interface ChartEvents {
  readonly onHover: (channel: number | null) => void;
  readonly onSelect: (range: ChannelRange | null) => void;
}

export interface Chart {
  draw(host: HTMLElement, content: ChartContent): void;
  /** Moves the cursor line, as the pointer would. */
  point(channel: number): void;
}

export type CreateChart = (events: ChartEvents) => Chart;

const chartHeight = 180;

export const createUplotChart: CreateChart = (events) => {
  let plot: uPlot | undefined;
  return {
    draw(host, content) {
      plot?.destroy();
      plot = new uPlot(optionsOf(host, content, events), dataOf(content), host);
      showRange(plot, content.range);
    },
    point(channel) {
      plot?.setCursor({ left: plot.valToPos(channel, 'x'), top: chartHeight / 2 });
    },
  };
};

function dataOf({ channels, series }: ChartContent): uPlot.AlignedData {
  return [
    Array.from({ length: channels }, (_, channel) => channel),
    ...series.map(({ values }) => Array.from(values)),
  ];
}

function optionsOf(host: HTMLElement, content: ChartContent, events: ChartEvents): uPlot.Options {
  const scale = effectiveScale(content);
  return {
    width: Math.max(host.clientWidth, 160),
    height: chartHeight,
    legend: { show: false },
    padding: [8, 10, 0, 0],
    scales: {
      x: { time: false, range: [-0.5, content.channels - 0.5] },
      y: { distr: scale === 'log' ? logarithmic : linear, range: () => extentOf(content, scale) },
    },
    axes: axesOf(content),
    series: [
      {},
      ...content.series.map(() => ({ paths: () => null, points: { show: false } as const })),
    ],
    cursor: {
      y: false,
      points: { show: false },
      sync: { key: 'channels' },
      drag: { x: true, y: false, setScale: false },
    },
    hooks: {
      draw: [
        (plot) => {
          drawContent(plot, content);
        },
      ],
      setCursor: [
        (plot) => {
          events.onHover(plot.cursor.idx ?? null);
        },
      ],
      setSelect: [
        (plot) => {
          events.onSelect(selectedRange(plot, content.channels));
        },
      ],
    },
  };
}

/* eslint-disable @typescript-eslint/no-unsafe-enum-assignment --
   uPlot's names for its scales are const enums of its types; at run time only the numbers exist. */
const linear = 1 as uPlot.Scale.Distr;
const logarithmic = 3 as uPlot.Scale.Distr;
/* eslint-enable @typescript-eslint/no-unsafe-enum-assignment */

function axesOf(content: ChartContent): uPlot.Axis[] {
  const { theme, axisLabel } = content;
  const look = {
    stroke: theme.muted,
    font: theme.font,
    labelFont: theme.font,
    grid: { stroke: theme.grid, width: 1 },
    ticks: { show: false },
    labelSize: 16,
    labelGap: 2,
  };
  const whole = (_: uPlot, splits: number[]): string[] =>
    splits.map((split) => (Number.isInteger(split) ? String(split) : ''));
  return [
    { ...look, label: 'channel', size: 22, gap: 4, values: whole, grid: { show: false } },
    {
      ...look,
      label: axisLabel,
      size: 56,
      gap: 4,
      grid: { ...look.grid, filter: onlyDecades(content) },
    },
  ];
}

/** On a logarithmic axis the lines between the powers of ten say nothing. */
function onlyDecades(content: ChartContent): uPlot.Axis.Filter {
  const isLogarithmic = effectiveScale(content) === 'log';
  return (_, splits) =>
    splits.map((split) => (!isLogarithmic || Number.isInteger(Math.log10(split)) ? split : null));
}

function effectiveScale({ scale, series }: ChartContent): 'linear' | 'log' {
  const isPositive = series.every(({ values }) => Array.from(values).every((value) => value > 0));
  return scale === 'log' && isPositive ? 'log' : 'linear';
}

function extentOf(content: ChartContent, scale: 'linear' | 'log'): [number, number] {
  let low = content.initial ?? Infinity;
  let high = content.initial ?? -Infinity;
  for (const { values } of content.series) {
    for (let channel = 0; channel < values.length; channel += 1) {
      const value = at(values, channel);
      if (Number.isFinite(value)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
  }
  if (low > high) {
    return [0, 1];
  }
  if (scale === 'log') {
    return low === high ? [low / 10, high * 10] : [low / 1.6, high * 1.6];
  }
  const margin = (high - low || Math.abs(high) || 1) * 0.12;
  return [low - margin, high + margin];
}

function selectedRange(plot: uPlot, channels: number): ChannelRange | null {
  const { left, width } = plot.select;
  if (width < 3) {
    return null;
  }
  const inside = (channel: number): number => Math.min(channels - 1, Math.max(0, channel));
  return {
    first: inside(Math.ceil(plot.posToVal(left, 'x'))),
    last: inside(Math.floor(plot.posToVal(left + width, 'x'))),
  };
}

function showRange(plot: uPlot, range: ChannelRange | null): void {
  if (range) {
    const left = plot.valToPos(range.first - 0.5, 'x');
    const right = plot.valToPos(range.last + 0.5, 'x');
    plot.setSelect({ left, width: right - left, top: 0, height: plot.over.clientHeight }, false);
  }
}

function drawContent(plot: uPlot, content: ChartContent): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  drawInitial(plot, content);
  drawConnections(plot, content);
  for (const series of content.series) {
    drawErrors(plot, series, content.theme);
    drawMarks(plot, series, content);
  }
  ctx.restore();
}

function drawInitial(plot: uPlot, { initial, theme }: ChartContent): void {
  if (initial === undefined) {
    return;
  }
  const { ctx, bbox } = plot;
  const y = Math.round(plot.valToPos(initial, 'y', true));
  ctx.strokeStyle = theme.muted;
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.setLineDash([]);
}

/** A line from what is stored to what was seen: its length is the error of the channel. */
function drawConnections(plot: uPlot, { series, channels, theme }: ChartContent): void {
  const [stored, ...others] = series;
  const seen = others.at(-1);
  if (!stored || !seen) {
    return;
  }
  const { ctx } = plot;
  ctx.strokeStyle = theme[seen.name];
  ctx.globalAlpha = theme.isHighContrast ? 0.9 : 0.45;
  ctx.lineWidth = Math.min(2, Math.max(0.6, markRadius(plot, channels) / 2)) * devicePixelRatio;
  ctx.beginPath();
  for (let channel = 0; channel < channels; channel += 1) {
    const x = plot.valToPos(channel, 'x', true);
    ctx.moveTo(x, plot.valToPos(at(stored.values, channel), 'y', true));
    ctx.lineTo(x, plot.valToPos(at(seen.values, channel), 'y', true));
  }
  ctx.stroke();
  ctx.globalAlpha = 1;
}

function drawErrors(plot: uPlot, { name, values, error }: ChartSeries, theme: Theme): void {
  if (!error) {
    return;
  }
  const { ctx } = plot;
  ctx.strokeStyle = theme[name];
  ctx.globalAlpha = 0.35;
  ctx.lineWidth = Math.max(2, markRadius(plot, values.length)) * devicePixelRatio;
  ctx.beginPath();
  for (let channel = 0; channel < values.length; channel += 1) {
    const x = plot.valToPos(channel, 'x', true);
    const value = at(values, channel);
    ctx.moveTo(x, plot.valToPos(value - at(error, channel), 'y', true));
    ctx.lineTo(x, plot.valToPos(value + at(error, channel), 'y', true));
  }
  ctx.stroke();
  ctx.globalAlpha = 1;
}

function drawMarks(plot: uPlot, { name, values }: ChartSeries, content: ChartContent): void {
  const { ctx, bbox } = plot;
  const radius = markRadius(plot, content.channels) * devicePixelRatio;
  const regular = new Path2D();
  const broken = new Path2D();
  for (let channel = 0; channel < values.length; channel += 1) {
    const x = plot.valToPos(channel, 'x', true);
    const value = at(values, channel);
    if (Number.isFinite(value)) {
      markPaths[name](regular, { x, y: plot.valToPos(value, 'y', true), radius });
    } else {
      addCross(broken, { x, y: bbox.top + 8 * devicePixelRatio, radius: radius + 1 });
    }
  }
  paintMarks(ctx, regular, { name, theme: content.theme });
  ctx.strokeStyle = content.theme.bad;
  ctx.stroke(broken);
}

function paintMarks(
  ctx: CanvasRenderingContext2D,
  path: Path2D,
  { name, theme }: { readonly name: SeriesName; readonly theme: Theme },
): void {
  ctx.lineWidth = 1.4 * devicePixelRatio;
  ctx.strokeStyle = theme[name];
  ctx.fillStyle = name === 'stored' ? theme.background : theme[name];
  ctx.fill(path);
  ctx.stroke(path);
}

interface Mark {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

const markPaths: Record<SeriesName, (path: Path2D, mark: Mark) => void> = {
  stored: (path, { x, y, radius }) => {
    path.moveTo(x + radius, y);
    path.arc(x, y, radius, 0, 2 * Math.PI);
  },
  eval: (path, { x, y, radius }) => {
    polygon(path, [
      [x, y - radius],
      [x + radius, y],
      [x, y + radius],
      [x - radius, y],
    ]);
  },
  batch: (path, { x, y, radius }) => {
    polygon(path, [
      [x, y - radius],
      [x + radius, y + radius * 0.8],
      [x - radius, y + radius * 0.8],
    ]);
  },
};

function polygon(path: Path2D, points: readonly (readonly [number, number])[]): void {
  points.forEach(([x, y], index) => {
    if (index === 0) {
      path.moveTo(x, y);
    } else {
      path.lineTo(x, y);
    }
  });
  path.closePath();
}

function addCross(path: Path2D, { x, y, radius }: Mark): void {
  path.moveTo(x - radius, y - radius);
  path.lineTo(x + radius, y + radius);
  path.moveTo(x - radius, y + radius);
  path.lineTo(x + radius, y - radius);
}

function markRadius(plot: uPlot, channels: number): number {
  const perChannel = plot.over.clientWidth / Math.max(1, channels);
  return Math.min(4.5, Math.max(1.3, perChannel * 0.32));
}
