/** One value per channel, several series over each other. The only module that knows uPlot. */

import uPlot from 'uplot';
import type { SeriesName } from './icons';
import { type ChartGeometry, drawMarks } from './chartMarks';
import { type AxisScale, effectiveScale, extentOf } from './extent';
import { perChannel } from './measures';
import type { ChannelRange } from './store';
import { l10n } from './l10n';
import type { Theme } from './theme';

export interface ChartSeries {
  readonly name: SeriesName;
  readonly values: ArrayLike<number>;
  /** Half height of a band around each value. */
  readonly error?: ArrayLike<number> | undefined;
}

/** What is the matter with a channel whatever its numbers are next to the others. */
export type ChannelState = 'collapsed' | 'dead';

export interface MarkedChannels {
  readonly state: ChannelState;
  readonly channels: Int32Array;
}

export interface ChartContent {
  readonly channels: number;
  readonly series: readonly ChartSeries[];
  readonly axisLabel: string;
  /** `log` is used only when every value is above 0. */
  readonly scale: AxisScale;
  /** Value of an untouched channel, drawn as a dashed line. */
  readonly initial: number | undefined;
  /** Channels that get a mark of their own at the lower edge. */
  readonly marked?: readonly MarkedChannels[] | undefined;
  readonly range: ChannelRange | null;
  readonly theme: Theme;
}

export interface ChartEvents {
  /** Charts of one group share their cursor. */
  readonly group: string;
  readonly onHover: (channel: number | null) => void;
  readonly onSelect: (range: ChannelRange | null) => void;
}

export interface Chart {
  draw(host: HTMLElement, content: ChartContent): void;
  /** Moves the cursor line, as the pointer would. */
  point(channel: number): void;
  /** What is drawn, without title and legend; `undefined` before the first drawing. */
  canvas(): HTMLCanvasElement | undefined;
}

export type CreateChart = (events: ChartEvents) => Chart;

const chartHeight = 180;

export const createUplotChart: CreateChart = (events) => {
  let plot: uPlot | undefined;
  let frame: string | undefined;
  let shown: ChartContent | undefined;
  return {
    draw(host, content) {
      const next = frameOf(content);
      const isSameFrame = frame === next && shown?.theme === content.theme;
      shown = content;
      if (plot && isSameFrame) {
        const width = widthOf(host);
        if (plot.width !== width) {
          plot.setSize({ width, height: chartHeight });
        }
        plot.setData(dataOf(content));
      } else {
        plot?.destroy();
        plot = new uPlot(
          optionsOf(host, () => shown ?? content, events),
          dataOf(content),
          host,
        );
        frame = next;
      }
      showRange(plot, content.range);
    },
    point(channel) {
      plot?.setCursor({ left: plot.valToPos(channel, 'x'), top: chartHeight / 2 });
    },
    canvas: () => plot?.ctx.canvas,
  };
};

/** What a plot is built for; anything else can change under it. */
function frameOf(content: ChartContent): string {
  const { axisLabel, series } = content;
  return [axisLabel, effectiveScale(content), series.length].join();
}

function widthOf(host: HTMLElement): number {
  return Math.max(host.clientWidth, 160);
}

function dataOf({ channels, series }: ChartContent): uPlot.AlignedData {
  return [
    perChannel(channels, (channel) => channel),
    ...series.map(({ values }) => Float64Array.from(values)),
  ];
}

function optionsOf(
  host: HTMLElement,
  current: () => ChartContent,
  events: ChartEvents,
): uPlot.Options {
  const content = current();
  const scale = effectiveScale(content);
  return {
    width: widthOf(host),
    height: chartHeight,
    legend: { show: false },
    padding: [8, 10, 0, 0],
    scales: {
      x: { time: false, range: () => [-0.5, current().channels - 0.5] },
      y: { distr: scale === 'log' ? logarithmic : linear, range: () => rangeOf(current(), scale) },
    },
    axes: axesOf(content),
    series: [
      {},
      ...content.series.map(() => ({ paths: () => null, points: { show: false } as const })),
    ],
    cursor: {
      y: false,
      points: { show: false },
      sync: { key: events.group },
      drag: { x: true, y: false, setScale: false },
    },
    hooks: {
      draw: [
        (plot) => {
          drawMarks(plot.ctx, current(), geometryOf(plot, scale));
        },
      ],
      setCursor: [
        (plot) => {
          events.onHover(plot.cursor.idx ?? null);
        },
      ],
      setSelect: [
        (plot) => {
          events.onSelect(selectedRange(plot, current().channels));
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
    { ...look, label: l10n.t('channel'), size: 22, gap: 4, values: whole, grid: { show: false } },
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

function rangeOf(content: ChartContent, scale: AxisScale): [number, number] {
  const { low, high } = extentOf(content, scale);
  return [low, high];
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

function geometryOf(plot: uPlot, scale: AxisScale): ChartGeometry {
  const { min = 0, max = 1 } = plot.scales['y'] ?? {};
  return { ...plot.bbox, low: min, high: max, scale };
}

function showRange(plot: uPlot, range: ChannelRange | null): void {
  if (!range) {
    plot.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
  } else {
    const left = plot.valToPos(range.first - 0.5, 'x');
    const right = plot.valToPos(range.last + 0.5, 'x');
    plot.setSelect({ left, width: right - left, top: 0, height: plot.over.clientHeight }, false);
  }
}
