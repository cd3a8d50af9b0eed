/** Kinds of numbers a tensor can hold. */
export type ElementType =
  | 'float16'
  | 'bfloat16'
  | 'float32'
  | 'float64'
  | 'int8'
  | 'int16'
  | 'int32'
  | 'int64'
  | 'uint8'
  | 'uint16'
  | 'uint32'
  | 'uint64'
  | 'bool';

const bytesPerElement: Readonly<Record<ElementType, number>> = {
  float16: 2,
  bfloat16: 2,
  float32: 4,
  float64: 8,
  int8: 1,
  int16: 2,
  int32: 4,
  int64: 8,
  uint8: 1,
  uint16: 2,
  uint32: 4,
  uint64: 8,
  bool: 1,
};

export function byteLengthOf(type: ElementType): number {
  return bytesPerElement[type];
}

/** @source TensorProto.DataType in onnx.proto */
const byOnnxNumber: ReadonlyMap<number, ElementType> = new Map([
  [1, 'float32'],
  [2, 'uint8'],
  [3, 'int8'],
  [4, 'uint16'],
  [5, 'int16'],
  [6, 'int32'],
  [7, 'int64'],
  [9, 'bool'],
  [10, 'float16'],
  [11, 'float64'],
  [12, 'uint32'],
  [13, 'uint64'],
  [16, 'bfloat16'],
]);

/** @returns `undefined` for strings, complex numbers and the 8- and 4-bit formats */
export function elementTypeOfOnnx(dataType: number): ElementType | undefined {
  return byOnnxNumber.get(dataType);
}

/** The number of a type in `TensorProto.DataType`. */
export function onnxNumberOf(type: ElementType): number {
  return [...byOnnxNumber].find(([, each]) => each === type)?.[0] ?? 0;
}

export function isFloatType(type: ElementType): boolean {
  return type === 'float16' || type === 'bfloat16' || type === 'float32' || type === 'float64';
}
