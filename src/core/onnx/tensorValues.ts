import type { ByteSource } from '../base/byteSource';
import { type Result, err, ok } from '../base/result';
import { bfloatToNumber, decodeElements, halfToNumber } from '../tensors/decode';
import { type ElementType, byteLengthOf, elementTypeOfOnnx } from '../tensors/elementType';
import type { TensorPart } from './model';
import { type FieldCursor, type WireFile, varintsOf } from './wire';

/** Opens a file beside the model; `undefined` when it is not there. */
export type OpenExternal = (location: string) => ByteSource | undefined;

export interface TensorProblem {
  readonly kind: 'externalDataMissing' | 'wrongLength' | 'unsupportedType' | 'tooLarge';
  readonly message: string;
}

export interface TensorValues {
  readonly dtype: ElementType;
  readonly values: Float64Array;
}

/** A BatchNorm has one number per channel; no layer has four million. */
const elementLimit = 1 << 22;

/** Reads a tensor's values as doubles, wherever the tensor keeps them. */
export function readTensorValues(
  file: WireFile,
  tensor: TensorPart,
  openExternal: OpenExternal,
): Result<TensorValues, TensorProblem> {
  const dtype = elementTypeOfOnnx(tensor.dataType);
  const count = elementCount(tensor.dims);
  if (dtype === undefined) {
    return problem('unsupportedType', tensor, `has element type ${String(tensor.dataType)}`);
  }
  if (!(count >= 0 && count <= elementLimit)) {
    return problem('tooLarge', tensor, `claims ${String(count)} elements`);
  }
  if (tensor.external !== undefined) {
    return readExternal(tensor, { dtype, count, openExternal });
  }
  const values =
    tensor.raw === undefined
      ? typedValues(file, tensor, dtype)
      : decodeElements(file.bytes(boundedRaw(tensor.raw, count * byteLengthOf(dtype))), dtype);
  return checked(tensor, dtype, values);
}

/** @returns 1 for a scalar */
export function elementCount(dims: readonly number[]): number {
  return dims.reduce((product, dim) => product * dim, 1);
}

function boundedRaw(raw: { start: number; end: number }, byteLength: number): typeof raw {
  return { start: raw.start, end: Math.min(raw.end, raw.start + byteLength) };
}

interface ExternalRequest {
  readonly dtype: ElementType;
  readonly count: number;
  readonly openExternal: OpenExternal;
}

function readExternal(
  tensor: TensorPart,
  { dtype, count, openExternal }: ExternalRequest,
): Result<TensorValues, TensorProblem> {
  const { location, offset } = tensor.external ?? { location: '', offset: 0 };
  const source = openExternal(location);
  if (source === undefined) {
    return err({
      kind: 'externalDataMissing',
      message:
        `The values of "${tensor.name}" are kept in the file "${location}", which is not beside ` +
        'the model. Copy that file into the folder of the model.',
    });
  }
  const byteLength = count * byteLengthOf(dtype);
  if (!Number.isSafeInteger(offset) || offset < 0 || offset + byteLength > source.byteLength) {
    return problem('wrongLength', tensor, `lies outside the file "${location}"`);
  }
  return checked(tensor, dtype, decodeElements(source.read(offset, byteLength), dtype));
}

function checked(
  tensor: TensorPart,
  dtype: ElementType,
  values: Float64Array,
): Result<TensorValues, TensorProblem> {
  const count = elementCount(tensor.dims);
  return values.length === count
    ? ok({ dtype, values })
    : problem(
        'wrongLength',
        tensor,
        `should hold ${String(count)} numbers and holds ${String(values.length)}`,
      );
}

function problem(
  kind: TensorProblem['kind'],
  tensor: TensorPart,
  what: string,
): Result<never, TensorProblem> {
  return err({
    kind,
    message: `Tensor "${tensor.name}" ${what}. Export the model again, or check the download.`,
  });
}

/** `float_data`, `int32_data`, `int64_data`, `double_data` and `uint64_data`, packed or not. */
function typedValues(file: WireFile, tensor: TensorPart, dtype: ElementType): Float64Array {
  const values: number[] = [];
  const limit = elementCount(tensor.dims);
  const cursor = file.fields(tensor.payload);
  while (cursor.next() && values.length <= limit) {
    for (const value of typedFieldValues(file, cursor, dtype)) {
      values.push(value);
    }
  }
  return Float64Array.from(values);
}

function typedFieldValues(
  file: WireFile,
  cursor: FieldCursor,
  dtype: ElementType,
): Iterable<number> {
  switch (cursor.field) {
    case 4:
      return fixedValues(file, cursor, 'float32');
    case 5:
    case 7:
    case 11:
      return Array.from(varintsOf(file, cursor, elementLimit * 10), numberReader(dtype));
    case 10:
      return fixedValues(file, cursor, 'float64');
    default:
      return [];
  }
}

function fixedValues(
  file: WireFile,
  { payload, wireType }: FieldCursor,
  type: 'float32' | 'float64',
): Iterable<number> {
  if (wireType === 0 || payload.end - payload.start > elementLimit * byteLengthOf(type)) {
    return [];
  }
  return decodeElements(file.bytes(payload), type);
}

/** `int32_data` holds the 16 bits of half floats as a number. */
function numberReader(dtype: ElementType): (value: number) => number {
  if (dtype === 'float16') {
    return (bits) => halfToNumber(bits & 0xffff);
  }
  return dtype === 'bfloat16' ? (bits) => bfloatToNumber(bits & 0xffff) : (value) => value;
}
