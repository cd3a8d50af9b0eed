import type { ElementType } from './elementType';

/** Elements as they lie in memory; half floats as their 16 bits, bool as 0 and 1. */
export type TensorData =
  | Float32Array
  | Float64Array
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | BigUint64Array;

/** An array of numbers in C order. */
export interface Tensor {
  readonly dtype: ElementType;
  /** Product equals `data.length`. */
  readonly shape: readonly number[];
  readonly data: TensorData;
}

export interface NamedTensor extends Tensor {
  readonly name: string;
}

export interface TensorError {
  readonly kind: 'notAnArray' | 'truncated' | 'unsupported' | 'tooLarge';
  /** What is wrong and what to do. */
  readonly message: string;
}

/** Bytes of one array, and of all arrays of a file together. */
export const tensorByteLimit = 2 ** 31;

const arrayOf: Readonly<Record<ElementType, (buffer: ArrayBuffer) => TensorData>> = {
  float16: (buffer) => new Uint16Array(buffer),
  bfloat16: (buffer) => new Uint16Array(buffer),
  float32: (buffer) => new Float32Array(buffer),
  float64: (buffer) => new Float64Array(buffer),
  int8: (buffer) => new Int8Array(buffer),
  int16: (buffer) => new Int16Array(buffer),
  int32: (buffer) => new Int32Array(buffer),
  int64: (buffer) => new BigInt64Array(buffer),
  uint8: (buffer) => new Uint8Array(buffer),
  uint16: (buffer) => new Uint16Array(buffer),
  uint32: (buffer) => new Uint32Array(buffer),
  uint64: (buffer) => new BigUint64Array(buffer),
  bool: (buffer) => new Uint8Array(buffer),
};

/** Reads little-endian bytes as elements; the bytes are copied, so any alignment will do. */
export function dataFromBytes(dtype: ElementType, bytes: Uint8Array): TensorData {
  const buffer = new ArrayBuffer(bytes.length);
  new Uint8Array(buffer).set(bytes);
  return arrayOf[dtype](buffer);
}

/** Such as `float32 [16, 3, 32, 32]`. */
export function describeShape(shape: readonly (number | string)[]): string {
  return `[${shape.join(', ')}]`;
}
