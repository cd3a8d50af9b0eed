import { type ElementType, byteLengthOf } from './elementType';

/** The number in an IEEE 754 half, given as its 16 bits. */
export function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) {
    return sign * fraction * 2 ** -24;
  }
  if (exponent === 0x1f) {
    return fraction === 0 ? sign * Infinity : NaN;
  }
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** The number in a bfloat16, given as its 16 bits: the upper half of a float32. */
export function bfloatToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 7) & 0xff;
  const fraction = bits & 0x7f;
  if (exponent === 0) {
    return sign * fraction * 2 ** -133;
  }
  if (exponent === 0xff) {
    return fraction === 0 ? sign * Infinity : NaN;
  }
  return sign * (1 + fraction / 128) * 2 ** (exponent - 127);
}

type ElementReader = (view: DataView, offset: number, isLittleEndian: boolean) => number;

const readers: Readonly<Record<ElementType, ElementReader>> = {
  float16: (view, at, little) => halfToNumber(view.getUint16(at, little)),
  bfloat16: (view, at, little) => bfloatToNumber(view.getUint16(at, little)),
  float32: (view, at, little) => view.getFloat32(at, little),
  float64: (view, at, little) => view.getFloat64(at, little),
  int8: (view, at) => view.getInt8(at),
  int16: (view, at, little) => view.getInt16(at, little),
  int32: (view, at, little) => view.getInt32(at, little),
  int64: (view, at, little) => Number(view.getBigInt64(at, little)),
  uint8: (view, at) => view.getUint8(at),
  uint16: (view, at, little) => view.getUint16(at, little),
  uint32: (view, at, little) => view.getUint32(at, little),
  uint64: (view, at, little) => Number(view.getBigUint64(at, little)),
  bool: (view, at) => (view.getUint8(at) === 0 ? 0 : 1),
};

/**
 * Reads little-endian elements as doubles; 64-bit integers beyond 2^53 are rounded.
 *
 * @returns shape `[bytes.length / element size]`, a rest that is no whole element left out
 */
export function decodeElements(bytes: Uint8Array, type: ElementType): Float64Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = byteLengthOf(type);
  const read = readers[type];
  const values = new Float64Array(Math.floor(bytes.length / size));
  for (let index = 0; index < values.length; index++) {
    values[index] = read(view, index * size, true);
  }
  return values;
}
