import { convertTensor } from './convert';
import { type ElementType, isFloatType } from './elementType';
import { normal, uniformNumbers } from './random';
import type { NamedTensor } from './tensor';

export interface SyntheticRequest {
  readonly name: string;
  readonly dtype: ElementType;
  /** First the number of samples; empty for a single number. */
  readonly shape: readonly number[];
}

/** Two gigabytes of float64. */
const largestCount = 1 << 28;

/**
 * Independent standard normal numbers, the same ones each time; zeros and ones for integers. A single
 * number is 1, such as a probability to keep, or 0 and false for integers, such as a training flag.
 *
 * @returns `undefined` for an element type that cannot be made, and for more numbers than fit in memory
 */
export function syntheticTensor({ name, dtype, shape }: SyntheticRequest): NamedTensor | undefined {
  const count = shape.reduce((product, dim) => product * dim, 1);
  if (count > largestCount) {
    return undefined;
  }
  const values = new Float64Array(count);
  const next = uniformNumbers();
  for (let index = 0; index < count; index++) {
    values[index] = isFloatType(dtype) ? normal(next) : Math.floor(2 * next());
  }
  if (shape.length === 0) {
    values[0] = isFloatType(dtype) ? 1 : 0;
  }
  const source = isFloatType(dtype) ? 'float64' : 'int64';
  const data = isFloatType(dtype) ? values : BigInt64Array.from(Array.from(values, BigInt));
  const converted = convertTensor({ dtype: source, shape, data }, dtype);
  return converted.ok ? { name, ...converted.value } : undefined;
}
