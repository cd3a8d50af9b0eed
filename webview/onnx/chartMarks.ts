/** Draws the marks of a chart: a shape per series, and a line from what is stored to what was seen. */

import type { ChannelState, ChartContent, ChartSeries, MarkedChannels } from './chart';
import { denseMarks } from './denseMarks';
import { type Extent, heightScale } from './extent';
import type { SeriesName } from './icons';
import { at, perChannel } from './measures';
import type { Theme } from './theme';

/** Where the plot is on its canvas, in canvas pixels, and what its vertical axis spans. */
export interface ChartGeometry extends Extent {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Everything one drawing needs, worked out once. */
interface Drawing {
  readonly ctx: CanvasRenderingContext2D;
  readonly geometry: ChartGeometry;
  readonly theme: Theme;
  readonly channels: number;
  readonly pixel: number;
  /** Of a mark, in canvas pixels. */
  readonly radius: number;
}

export function drawMarks(
  ctx: CanvasRenderingContext2D,
  { channels, series, initial, marked, theme }: ChartContent,
  geometry: ChartGeometry,
): void {
  const pixel = devicePixelRatio;
  const share = (geometry.width / Math.max(1, channels)) * 0.32;
  const radius = Math.min(4.5 * pixel, Math.max(1.2 * pixel, share));
  const drawing: Drawing = { ctx, geometry, theme, channels, pixel, radius };
  ctx.save();
  ctx.beginPath();
  ctx.rect(geometry.left, geometry.top, geometry.width, geometry.height);
  ctx.clip();
  if (initial !== undefined) {
    drawInitial(drawing, initial);
  }
  const placed = series.map((one) => ({ ...one, heights: heightsOf(one.values, geometry) }));
  if (isDense(drawing)) {
    drawDense(drawing, placed);
  } else {
    drawConnections(drawing, placed);
    for (const one of placed) {
      drawErrors(drawing, one);
      drawSeries(drawing, one);
    }
  }
  placed.forEach((one) => {
    drawBroken(drawing, one);
  });
  marked?.forEach((one) => {
    drawMarked(drawing, one);
  });
  ctx.restore();
}

/** Goes through a canvas of its own, because a picture put down directly wipes out what is below. */
function drawDense(
  { ctx, geometry, theme, radius }: Drawing,
  placed: readonly PlacedSeries[],
): void {
  const { left, top } = geometry;
  const picture = {
    width: Math.round(geometry.width),
    height: Math.round(geometry.height),
    side: Math.max(1, Math.round(2 * radius)),
  };
  const marks = placed.map(({ name, heights }) => ({
    color: theme[name],
    heights: heights.map((y) => y - top),
  }));
  ctx.drawImage(denseMarks(marks, picture), left, top);
}

interface PlacedSeries extends ChartSeries {
  /** Vertical canvas position of each value; NaN where there is none. */
  readonly heights: Float64Array;
}

function heightsOf(values: ArrayLike<number>, geometry: ChartGeometry): Float64Array {
  const heightOf = heightScale(geometry, geometry);
  return perChannel(values.length, (channel) => heightOf(at(values, channel)));
}

function xOf({ geometry, channels }: Drawing, channel: number): number {
  return geometry.left + ((channel + 0.5) / channels) * geometry.width;
}

/** Below this size shapes and bars cannot be told apart, and a rectangle costs a fraction of one. */
function isDense({ radius, pixel }: Drawing): boolean {
  return radius < 2 * pixel;
}

function drawInitial({ ctx, geometry, theme, pixel }: Drawing, initial: number): void {
  const y = Math.round(at(heightsOf([initial], geometry), 0));
  ctx.strokeStyle = theme.muted;
  ctx.lineWidth = pixel;
  ctx.setLineDash([4 * pixel, 4 * pixel]);
  ctx.beginPath();
  ctx.moveTo(geometry.left, y);
  ctx.lineTo(geometry.left + geometry.width, y);
  ctx.stroke();
  ctx.setLineDash([]);
}

/** Its length is the error of the channel. */
function drawConnections(drawing: Drawing, [stored, ...others]: readonly PlacedSeries[]): void {
  const seen = others.at(-1);
  if (!stored || !seen) {
    return;
  }
  const { ctx, theme, radius, pixel } = drawing;
  const width = Math.min(2 * pixel, Math.max(0.7 * pixel, radius / 2));
  ctx.fillStyle = theme[seen.name];
  ctx.globalAlpha = theme.isHighContrast ? 0.9 : 0.45;
  stored.heights.forEach((from, channel) => {
    const to = at(seen.heights, channel);
    ctx.fillRect(xOf(drawing, channel) - width / 2, from, width, to - from);
  });
  ctx.globalAlpha = 1;
}

/** One standard error up and down, as a pale bar behind the mark. */
function drawErrors(drawing: Drawing, { name, values, error }: PlacedSeries): void {
  if (!error) {
    return;
  }
  const { ctx, geometry, theme, radius } = drawing;
  const add = (side: number) =>
    heightsOf(
      perChannel(values.length, (channel) => at(values, channel) + side * at(error, channel)),
      geometry,
    );
  const high = add(1);
  const low = add(-1);
  ctx.fillStyle = theme[name];
  ctx.globalAlpha = 0.3;
  high.forEach((top, channel) => {
    ctx.fillRect(xOf(drawing, channel) - radius, top, 2 * radius, at(low, channel) - top);
  });
  ctx.globalAlpha = 1;
}

function drawSeries(drawing: Drawing, { name, values, heights }: PlacedSeries): void {
  const { ctx, radius } = drawing;
  ctx.beginPath();
  heights.forEach((y, channel) => {
    if (Number.isFinite(at(values, channel))) {
      shapes[name](ctx, { x: xOf(drawing, channel), y, radius });
    }
  });
  paint(drawing, name);
}

/** A value that is not a number is a cross at the top edge. */
function drawBroken(drawing: Drawing, { values }: PlacedSeries): void {
  const { ctx, geometry, theme, pixel } = drawing;
  const radius = drawing.radius + pixel;
  const y = geometry.top + radius + 2 * pixel;
  ctx.beginPath();
  for (let channel = 0; channel < values.length; channel += 1) {
    if (!Number.isFinite(at(values, channel))) {
      addCross(ctx, { x: xOf(drawing, channel), y, radius });
    }
  }
  ctx.lineWidth = 1.4 * pixel;
  ctx.strokeStyle = theme.bad;
  ctx.stroke();
}

/** At the lower edge: a filled wedge for a collapsed channel, an empty square for a dead one. */
function drawMarked(drawing: Drawing, { state, channels }: MarkedChannels): void {
  const { ctx, geometry, theme, pixel } = drawing;
  const radius = Math.max(2.5 * pixel, drawing.radius);
  const y = geometry.top + geometry.height - radius - pixel;
  ctx.beginPath();
  for (const channel of channels) {
    stateShapes[state](ctx, { x: xOf(drawing, channel), y, radius });
  }
  ctx.lineWidth = 1.4 * pixel;
  ctx.strokeStyle = state === 'collapsed' ? theme.bad : theme.foreground;
  ctx.fillStyle = state === 'collapsed' ? theme.bad : theme.background;
  ctx.fill();
  ctx.stroke();
}

/** One mark of a series, as in a legend. */
export function drawMark(
  ctx: CanvasRenderingContext2D,
  name: SeriesName,
  { mark, theme }: { readonly mark: Mark; readonly theme: Theme },
): void {
  ctx.beginPath();
  shapes[name](ctx, mark);
  paint({ ctx, theme, pixel: devicePixelRatio }, name);
}

function paint(
  { ctx, theme, pixel }: Pick<Drawing, 'ctx' | 'theme' | 'pixel'>,
  name: SeriesName,
): void {
  ctx.lineWidth = 1.4 * pixel;
  ctx.strokeStyle = theme[name];
  ctx.fillStyle = name === 'stored' ? theme.background : theme[name];
  ctx.fill();
  ctx.stroke();
}

interface Mark {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

const shapes: Record<SeriesName, (ctx: CanvasRenderingContext2D, mark: Mark) => void> = {
  stored: (ctx, { x, y, radius }) => {
    ctx.moveTo(x + radius, y);
    ctx.arc(x, y, radius, 0, 2 * Math.PI);
  },
  eval: (ctx, { x, y, radius }) => {
    ctx.moveTo(x, y - radius);
    ctx.lineTo(x + radius, y);
    ctx.lineTo(x, y + radius);
    ctx.lineTo(x - radius, y);
    ctx.closePath();
  },
  batch: (ctx, { x, y, radius }) => {
    ctx.moveTo(x, y - radius);
    ctx.lineTo(x + radius, y + radius * 0.8);
    ctx.lineTo(x - radius, y + radius * 0.8);
    ctx.closePath();
  },
  other: (ctx, { x, y, radius }) => {
    const half = radius * 0.85;
    ctx.rect(x - half, y - half, 2 * half, 2 * half);
  },
};

function addCross(ctx: CanvasRenderingContext2D, { x, y, radius }: Mark): void {
  ctx.moveTo(x - radius, y - radius);
  ctx.lineTo(x + radius, y + radius);
  ctx.moveTo(x - radius, y + radius);
  ctx.lineTo(x + radius, y - radius);
}

const stateShapes: Record<ChannelState, (ctx: CanvasRenderingContext2D, mark: Mark) => void> = {
  collapsed: (ctx, { x, y, radius }) => {
    ctx.moveTo(x - radius, y - radius);
    ctx.lineTo(x + radius, y - radius);
    ctx.lineTo(x, y + radius);
    ctx.closePath();
  },
  dead: (ctx, { x, y, radius }) => {
    ctx.rect(x - radius, y - radius, 2 * radius, 2 * radius);
  },
};
