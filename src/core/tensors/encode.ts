import { type ElementType, byteLengthOf } from './elementType';

/**
 * Writes numbers as little-endian floats of one type.
 *
 * @returns `undefined` for types that are no floats
 */
export function encodeFloats(values: Float64Array, type: ElementType): Uint8Array | undefined {
  const write = writers[type];
  if (write === undefined) {
    return undefined;
  }
  const size = byteLengthOf(type);
  const bytes = new Uint8Array(values.length * size);
  const view = new DataView(bytes.buffer);
  for (const [index, value] of values.entries()) {
    write(view, index * size, value);
  }
  return bytes;
}

type Writer = (view: DataView, offset: number, value: number) => void;

const writers: Readonly<Partial<Record<ElementType, Writer>>> = {
  float16: (view, at, value) => {
    view.setUint16(at, numberToHalf(value), true);
  },
  bfloat16: (view, at, value) => {
    view.setUint16(at, numberToBfloat(value), true);
  },
  float32: (view, at, value) => {
    view.setFloat32(at, value, true);
  },
  float64: (view, at, value) => {
    view.setFloat64(at, value, true);
  },
};

/** The 16 bits of the nearest bfloat16, ties to even. */
export function numberToBfloat(value: number): number {
  const single = new DataView(new ArrayBuffer(4));
  single.setFloat32(0, value);
  const bits = single.getUint32(0);
  const rounded = bits + 0x7fff + ((bits >>> 16) & 1);
  return Number.isNaN(value) ? 0x7fc0 : (rounded >>> 16) & 0xffff;
}

/** The 16 bits of the nearest half float, ties to even. */
export function numberToHalf(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (Number.isNaN(value)) {
    return 0x7e00;
  }
  if (size >= 65520) {
    return sign | 0x7c00;
  }
  if (size < 2 ** -14) {
    return sign | roundToEven(size * 2 ** 24);
  }
  const exponent = Math.floor(Math.log2(size));
  const fraction = roundToEven((size / 2 ** exponent) * 1024);
  return sign | (((exponent + 15) << 10) + (fraction - 1024));
}

function roundToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  const isUp = rest > 0.5 || (rest === 0.5 && floor % 2 === 1);
  return isUp ? floor + 1 : floor;
}
