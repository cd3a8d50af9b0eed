/** How far two runs of a model agree about the same samples. */

import { medianOf } from './summary';

export interface Agreement {
  /** Samples compared. */
  readonly sampleCount: number;
  /** Share of samples with the same largest score, in `[0, 1]`; absent when there are no scores. */
  readonly sameTop: number | undefined;
  /** Median over samples of `‖a − b‖ ÷ ‖b‖`, unitless. */
  readonly relativeDifference: number;
}

/** Agreement about one output of the model. */
export interface OutputAgreement extends Agreement {
  readonly output: string;
}

export interface AnswerShape {
  /** Numbers per sample. */
  readonly length: number;
  /** Whether they are a plain list, such as one score per class. */
  readonly isList: boolean;
}

/**
 * @param a answers in evaluation mode, shape `[samples, length]`
 * @param b answers in batch mode, same shape
 */
export function agreementOf(
  a: Float64Array,
  b: Float64Array,
  { length, isList }: AnswerShape,
): Agreement {
  const sampleCount = length === 0 ? 0 : Math.floor(a.length / length);
  const differences: number[] = [];
  let same = 0;
  for (let sample = 0; sample < sampleCount; sample++) {
    const own = a.subarray(sample * length, (sample + 1) * length);
    const other = b.subarray(sample * length, (sample + 1) * length);
    differences.push(distanceOf(own, other));
    same += topOf(own) === topOf(other) ? 1 : 0;
  }
  const hasScores = isList && length > 1 && sampleCount > 0;
  return {
    sampleCount,
    sameTop: hasScores ? same / sampleCount : undefined,
    relativeDifference: medianOf(differences) ?? 0,
  };
}

/** `‖a − b‖ ÷ ‖b‖`, unitless; 0 when equal. */
export function distanceOf(a: Float64Array, b: Float64Array): number {
  let difference = 0;
  let size = 0;
  for (const [index, value] of a.entries()) {
    const other = b[index] ?? NaN;
    difference += (value - other) ** 2;
    size += other * other;
  }
  return difference === 0 ? 0 : Math.sqrt(difference / size);
}

/** Index of the largest number; the first of equals. */
export function topOf(values: Float64Array): number {
  let top = 0;
  for (let index = 1; index < values.length; index++) {
    if ((values[index] ?? NaN) > (values[top] ?? NaN)) {
      top = index;
    }
  }
  return top;
}
