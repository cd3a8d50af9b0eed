import { type Result, err, ok } from '../base/result';
import { decodeUtf8 } from '../base/utf8';
import { type ElementType, byteLengthOf } from './elementType';
import { type Tensor, type TensorError, dataFromBytes, tensorByteLimit } from './tensor';

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
const headerLimit = 1 << 16;
/** NumPy's own limit. */
const rankLimit = 64;

const dtypes: ReadonlyMap<string, ElementType> = new Map([
  ['f2', 'float16'],
  ['f4', 'float32'],
  ['f8', 'float64'],
  ['i1', 'int8'],
  ['i2', 'int16'],
  ['i4', 'int32'],
  ['i8', 'int64'],
  ['u1', 'uint8'],
  ['u2', 'uint16'],
  ['u4', 'uint32'],
  ['u8', 'uint64'],
  ['b1', 'bool'],
]);

interface Header {
  readonly dtype: ElementType;
  readonly isBigEndian: boolean;
  readonly isFortranOrder: boolean;
  readonly shape: readonly number[];
  readonly dataStart: number;
}

/**
 * Reads one array of a `.npy` file, versions 1 to 3, as C order.
 *
 * @source https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export function readNpy(bytes: Uint8Array): Result<Tensor, TensorError> {
  const header = readHeader(bytes);
  if (!header.ok) {
    return header;
  }
  const { dtype, isBigEndian, isFortranOrder, shape, dataStart } = header.value;
  const count = shape.reduce((product, dim) => product * dim, 1);
  const byteLength = count * byteLengthOf(dtype);
  if (byteLength > tensorByteLimit) {
    return fail('tooLarge', `The array takes ${String(byteLength)} bytes. Save fewer samples.`);
  }
  if (bytes.length - dataStart < byteLength) {
    return fail(
      'truncated',
      `The array should take ${String(byteLength)} bytes and the file has ${String(bytes.length - dataStart)}. Save it again.`,
    );
  }
  const content = bytes.slice(dataStart, dataStart + byteLength);
  const size = byteLengthOf(dtype);
  if (isBigEndian && size > 1) {
    swapBytes(content, size);
  }
  const ordered = isFortranOrder ? toRowMajor(content, shape, size) : content;
  return ok({ dtype, shape, data: dataFromBytes(dtype, ordered) });
}

function readHeader(bytes: Uint8Array): Result<Header, TensorError> {
  if (magic.some((byte, index) => bytes[index] !== byte)) {
    return fail('notAnArray', 'This is not a NumPy array. Save it with numpy.save.');
  }
  const isLong = (bytes[6] ?? 0) >= 2;
  const start = isLong ? 12 : 10;
  const length = littleEndian(bytes.subarray(8, start));
  if (bytes.length < start + length || length > headerLimit) {
    return fail('truncated', 'The array is cut off in its header. Save it again.');
  }
  return parseHeader(decodeUtf8(bytes.subarray(start, start + length)), start + length);
}

const descrPattern = /'descr':\s*'(?<order>[<>|=]?)(?<type>[A-Za-z]\d*)'/;
const orderPattern = /'fortran_order':\s*(?<value>True|False)/;
const shapePattern = /'shape':\s*\((?<dims>[\dL,\s]*)\)/;

function parseHeader(text: string, dataStart: number): Result<Header, TensorError> {
  const descr = descrPattern.exec(text)?.groups;
  if (descr === undefined && text.includes("'descr':")) {
    return fail(
      'unsupported',
      'The array holds records of several fields. Save one plain array of numbers.',
    );
  }
  const order = orderPattern.exec(text)?.groups?.['value'];
  const shape = parseShape(shapePattern.exec(text)?.groups?.['dims']);
  if (descr === undefined || order === undefined || shape === undefined) {
    return fail('notAnArray', 'The header of the array cannot be read. Save it with numpy.save.');
  }
  const dtype = dtypes.get(String(descr['type']));
  const isBigEndian = descr['order'] === '>';
  return dtype === undefined
    ? unsupported(String(descr['type']))
    : ok({ dtype, isBigEndian, isFortranOrder: order === 'True', shape, dataStart });
}

function parseShape(dims: string | undefined): readonly number[] | undefined {
  const shape = dims
    ?.split(',')
    .map((part) => part.replace('L', '').trim())
    .filter((part) => part !== '')
    .map(Number);
  const isSane = shape?.every(Number.isSafeInteger) === true && shape.length <= rankLimit;
  return isSane ? shape : undefined;
}

function unsupported(type: string): Result<never, TensorError> {
  return type.startsWith('O')
    ? fail(
        'unsupported',
        'The array holds Python objects (a pickle), which are not read because that can run code. Save plain numbers: numpy.save(path, array.astype("float32")).',
      )
    : fail(
        'unsupported',
        `The array holds elements of type "${type}". Save it as numbers, such as float32.`,
      );
}

function fail(kind: TensorError['kind'], message: string): Result<never, TensorError> {
  return err({ kind, message });
}

function littleEndian(bytes: Uint8Array): number {
  return bytes.reduceRight((value, byte) => value * 256 + byte, 0);
}

function swapBytes(bytes: Uint8Array, size: number): void {
  for (let start = 0; start + size <= bytes.length; start += size) {
    bytes.subarray(start, start + size).reverse();
  }
}

/** Turns first-index-fastest order into last-index-fastest order. */
function toRowMajor(bytes: Uint8Array, shape: readonly number[], size: number): Uint8Array {
  const ordered = new Uint8Array(bytes.length);
  const index = shape.map(() => 0);
  const strides = columnStrides(shape);
  const count = bytes.length / size;
  let from = 0;
  for (let to = 0; to < count; to++) {
    ordered.set(bytes.subarray(from * size, (from + 1) * size), to * size);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const stride = strides[axis] ?? 0;
      const next = (index[axis] ?? 0) + 1;
      from += stride;
      if (next < (shape[axis] ?? 0)) {
        index[axis] = next;
        break;
      }
      from -= stride * next;
      index[axis] = 0;
    }
  }
  return ordered;
}

function columnStrides(shape: readonly number[]): readonly number[] {
  let stride = 1;
  return shape.map((dim) => {
    const own = stride;
    stride *= dim;
    return own;
  });
}
