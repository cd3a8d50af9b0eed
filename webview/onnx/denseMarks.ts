/**
 * Marks of a chart with more channels than there is room for shapes.
 *
 * Thousands of small rectangles cost the browser tens of milliseconds; written into one picture
 * they cost less than one.
 */

import { at } from './measures';
import { toRgb } from './theme';

export interface DenseSeries {
  readonly color: string;
  /** Vertical position of each channel in pixels of the picture; NaN where there is none. */
  readonly heights: Float64Array;
}

export interface DensePicture {
  readonly width: number;
  readonly height: number;
  /** Side of a mark, in pixels. */
  readonly side: number;
}

/**
 * Draws every series over the others, and a line from the first to the last.
 *
 * @returns a canvas that the next call may draw over
 */
export function denseMarks(series: readonly DenseSeries[], picture: DensePicture): OffscreenCanvas {
  const { width } = picture;
  const { image, canvas } = emptySheet(picture);
  const pixels = new Uint32Array(image.data.buffer);
  const fill = (block: Block): void => {
    fillBlock(pixels, picture, block);
  };
  const [first, ...others] = series;
  const last = others.at(-1);
  if (first && last) {
    const color = packed(last.color, 100);
    first.heights.forEach((from, channel) => {
      const to = at(last.heights, channel);
      const x = columnOf(channel, first.heights.length, width);
      fill({ x, y: Math.min(from, to), width: 1, height: Math.abs(to - from), color });
    });
  }
  for (const { color, heights } of series) {
    drawSquares(heights, { color: packed(color, 255), picture, fill });
  }
  canvas.getContext('2d')?.putImageData(image, 0, 0);
  return canvas;
}

interface Sheet {
  readonly image: ImageData;
  readonly canvas: OffscreenCanvas;
}

/** Kept, because charts have the same size, and new ones for each would soon be garbage to collect. */
let lastSheet: Sheet | undefined;

function emptySheet({ width, height }: DensePicture): Sheet {
  const known = lastSheet;
  if (known?.image.width === Math.max(1, width) && known.image.height === Math.max(1, height)) {
    known.image.data.fill(0);
    return known;
  }
  const image = new ImageData(Math.max(1, width), Math.max(1, height));
  lastSheet = { image, canvas: new OffscreenCanvas(image.width, image.height) };
  return lastSheet;
}

function drawSquares(
  heights: Float64Array,
  {
    color,
    picture: { width, side },
    fill,
  }: {
    readonly color: number;
    readonly picture: DensePicture;
    readonly fill: (block: Block) => void;
  },
): void {
  heights.forEach((y, channel) => {
    const x = columnOf(channel, heights.length, width);
    fill({ x: x - side / 2, y: y - side / 2, width: side, height: side, color });
  });
}

interface Block {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly color: number;
}

/** A position that is not a number makes an empty block. */
function fillBlock(pixels: Uint32Array, { width, height }: DensePicture, block: Block): void {
  const left = Math.max(0, Math.round(block.x));
  const right = Math.min(width, Math.round(block.x + block.width));
  const top = Math.max(0, Math.round(block.y));
  const bottom = Math.min(height, Math.round(block.y + block.height));
  // Blocks are a few pixels wide, for which a call of `fill` takes longer than the pixels do.
  for (let row = top; row < bottom; row += 1) {
    for (let pixel = row * width + left; pixel < row * width + right; pixel += 1) {
      pixels[pixel] = block.color;
    }
  }
}

function columnOf(channel: number, channels: number, width: number): number {
  return Math.floor(((channel + 0.5) / channels) * width);
}

/** A canvas stores red first, which on every machine browsers run on is the lowest byte. */
function packed(color: string, alpha: number): number {
  const [red, green, blue] = toRgb(color);
  return ((alpha << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}
