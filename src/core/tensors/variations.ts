/** Near-identical variations of one sample, as of a scene that is photographed again and again. */

import { convertTensor, numbersOf } from './convert';
import { isFloatType } from './elementType';
import { normal, uniformNumbers } from './random';
import type { NamedTensor } from './tensor';

/** Share of the sample's own range; as in the experiment of `examples/digits`. */
const noise = 0.02;
const brightness = 0.05;
/** Pixels. */
const largestShift = 0.1;

/**
 * The sample itself, then variations of it: a tenth of a pixel to the side, a little brighter or
 * darker, with a little noise, within the range the sample has.
 *
 * @param sample shape `[1, …]`
 * @returns shape `[count, …]`; `undefined` for numbers that stand for something, such as words
 */
export function variationsOf(
  sample: NamedTensor,
  count: number,
  seed: number,
): NamedTensor | undefined {
  const isByte = sample.dtype === 'uint8';
  if (!isFloatType(sample.dtype) && !isByte) {
    return undefined;
  }
  const own = numbersOf(sample);
  const all = new Float64Array(count * own.length);
  const next = uniformNumbers(seed);
  all.set(own);
  for (let index = 1; index < count; index++) {
    all.set(variation(own, sample.shape, next), index * own.length);
  }
  const shape = [count, ...sample.shape.slice(1)];
  if (isByte) {
    return { ...sample, shape, data: Uint8Array.from(all, Math.round) };
  }
  const converted = convertTensor({ dtype: 'float64', shape, data: all }, sample.dtype);
  return converted.ok ? { name: sample.name, ...converted.value } : undefined;
}

function variation(own: Float64Array, shape: readonly number[], next: () => number): Float64Array {
  const [low, high] = own.reduce(
    ([least, most], value) => [Math.min(least, value), Math.max(most, value)],
    [Infinity, -Infinity],
  );
  const between = (size: number): number => size * (2 * next() - 1);
  const moved = pictureAxes(shape).reduce(
    (values, axis) => shifted(values, strideOf(shape, axis), between(largestShift)),
    own,
  );
  const factor = 1 + between(brightness);
  return moved.map((value) => {
    const varied = value * factor + noise * (high - low) * normal(next);
    return Math.max(low, Math.min(high, varied));
  });
}

/** Rows and columns of a picture, channels first or last; none where the shape is no picture's. */
function pictureAxes(shape: readonly number[]): readonly number[] {
  if (shape.length !== 4) {
    return [];
  }
  const [, first = 0, , last = 0] = shape;
  return last < first && last <= 4 ? [1, 2] : [2, 3];
}

interface Stride {
  /** Numbers from one position along the axis to the next. */
  readonly step: number;
  readonly length: number;
}

function strideOf(shape: readonly number[], axis: number): Stride {
  const step = shape.slice(axis + 1).reduce((product, size) => product * size, 1);
  return { step, length: shape[axis] ?? 1 };
}

/** Linear between neighbours; the edge repeats. */
function shifted(values: Float64Array, { step, length }: Stride, by: number): Float64Array {
  const towards = Math.sign(by);
  const share = Math.abs(by);
  return values.map((value, at) => {
    const position = Math.floor(at / step) % length;
    const other = position + towards;
    const neighbour = other >= 0 && other < length ? (values[at + towards * step] ?? value) : value;
    return (1 - share) * value + share * neighbour;
  });
}
