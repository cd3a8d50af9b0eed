/** Resizing of 8-bit pixels, along rows and then along columns. */

import type { Picture, Size } from './picture';

/**
 * `bilinear` and `bicubic` average all pixels that a new one covers; `linear` looks at the nearest
 * four only.
 */
export type Interpolation = 'bilinear' | 'bicubic' | 'linear';

export interface Resizing {
  readonly from: Size & Pick<Picture, 'channels'>;
  readonly to: Size;
  readonly interpolation: Interpolation;
}

/** @source Pillow's `Image.resize`, which rounds to 8 bits after each direction */
export function resizePixels(
  pixels: Uint8Array,
  { from, to, interpolation }: Resizing,
): Uint8Array {
  const { channels } = from;
  const across = resample(pixels, {
    ...{ from: from.width, to: to.width, lines: from.height, interpolation, channels },
    ...{ step: channels, stride: channels * from.width },
    ...{ outStep: channels, outStride: channels * to.width },
  });
  return resample(across, {
    ...{ from: from.height, to: to.height, lines: to.width, interpolation, channels },
    ...{ step: channels * to.width, stride: channels },
    ...{ outStep: channels * to.width, outStride: channels },
  });
}

interface Lines {
  /** Pixels of a line before and after. */
  readonly from: number;
  readonly to: number;
  readonly lines: number;
  readonly interpolation: Interpolation;
  readonly channels: number;
  /** Bytes from one pixel of a line to the next, and from one line to the next. */
  readonly step: number;
  readonly stride: number;
  readonly outStep: number;
  readonly outStride: number;
}

function resample(bytes: Uint8Array, lines: Lines): Uint8Array {
  const { from, to, channels, stride, outStep, outStride } = lines;
  if (from === to) {
    return bytes;
  }
  const resized = new Uint8Array(channels * to * lines.lines);
  for (let target = 0; target < to; target++) {
    const covered = coverage(target, lines);
    for (let line = 0; line < lines.lines; line++) {
      const start = line * stride + covered.first * lines.step;
      const out = line * outStride + target * outStep;
      for (let channel = 0; channel < channels; channel++) {
        resized[out + channel] = weighted(bytes, covered.weights, start + channel, lines.step);
      }
    }
  }
  return resized;
}

function weighted(bytes: Uint8Array, weights: Float64Array, start: number, step: number): number {
  let sum = 0;
  for (let index = 0; index < weights.length; index++) {
    sum += (weights[index] ?? 0) * (bytes[start + index * step] ?? 0);
  }
  return Math.max(0, Math.min(255, Math.floor(sum + 0.5)));
}

interface Coverage {
  readonly first: number;
  /** Sum to 1. */
  readonly weights: Float64Array;
}

/** Which old pixels a new one is made of: a bump around its middle. */
function coverage(target: number, { from, to, interpolation }: Lines): Coverage {
  const factor = from / to;
  const width = interpolation === 'linear' ? 1 : Math.max(1, factor);
  const support = (interpolation === 'bicubic' ? 2 : 1) * width;
  const middle = (target + 0.5) * factor;
  const first = Math.max(0, Math.trunc(middle - support + 0.5));
  const last = Math.min(from, Math.trunc(middle + support + 0.5));
  const bump = interpolation === 'bicubic' ? cubic : triangle;
  const weights = Float64Array.from({ length: last - first }, (_, index) =>
    bump((first + index + 0.5 - middle) / width),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return { first, weights: weights.map((weight) => weight / sum) };
}

function triangle(distance: number): number {
  return Math.max(0, 1 - Math.abs(distance));
}

/** Keys' cubic convolution with a = −0.5. */
function cubic(distance: number): number {
  const x = Math.abs(distance);
  if (x < 1) {
    return (1.5 * x - 2.5) * x * x + 1;
  }
  return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
}
