import { type Result, err, ok } from '../base/result';
import { bfloatToNumber, halfToNumber } from './decode';
import { numberToBfloat, numberToHalf } from './encode';
import { type ElementType, isFloatType } from './elementType';
import type { Tensor, TensorData } from './tensor';

/**
 * Gives a tensor the element type a model asks for, where nothing is guessed.
 *
 * Between floats and between integers the numbers stay the same up to rounding. An integer is not
 * made a float: whether 0 to 255 should become 0 to 1 only the user knows.
 */
export function convertTensor(tensor: Tensor, dtype: ElementType): Result<Tensor, string> {
  if (tensor.dtype === dtype) {
    return ok(tensor);
  }
  if (isFloatType(tensor.dtype) !== isFloatType(dtype)) {
    return err(
      isFloatType(dtype)
        ? `holds ${tensor.dtype} where the model takes ${dtype}. Scale it as training did and save it with array.astype("${dtype}")`
        : `holds ${tensor.dtype} where the model takes ${dtype}. Save it with array.astype("${dtype}")`,
    );
  }
  const numbers = numbersOf(tensor);
  const data = makers[dtype](numbers);
  return data === undefined
    ? err(`holds ${tensor.dtype}, which cannot become ${dtype}. Save it as ${dtype}`)
    : ok({ dtype, shape: tensor.shape, data });
}

/** Elements as doubles. */
export function numbersOf({ dtype, data }: Tensor): Float64Array {
  const numbers = Float64Array.from<number | bigint>(data, Number);
  const read =
    dtype === 'float16' ? halfToNumber : dtype === 'bfloat16' ? bfloatToNumber : undefined;
  return read === undefined ? numbers : numbers.map((bits) => read(bits));
}

const makers: Readonly<Record<ElementType, (values: Float64Array) => TensorData | undefined>> = {
  float16: (values) => Uint16Array.from(values, numberToHalf),
  bfloat16: (values) => Uint16Array.from(values, numberToBfloat),
  float32: (values) => Float32Array.from(values),
  float64: (values) => values,
  int8: (values) => Int8Array.from(values),
  int16: (values) => Int16Array.from(values),
  int32: (values) => Int32Array.from(values),
  int64: (values) => BigInt64Array.from(Array.from(values, BigInt)),
  uint8: (values) => Uint8Array.from(values),
  uint16: (values) => Uint16Array.from(values),
  uint32: (values) => Uint32Array.from(values),
  uint64: (values) => BigUint64Array.from(Array.from(values, BigInt)),
  bool: (values) => Uint8Array.from(values, (value) => (value === 0 ? 0 : 1)),
};
