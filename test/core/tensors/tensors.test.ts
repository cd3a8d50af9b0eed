import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { numbersOf } from '../../../src/core/tensors/convert';
import { bfloatToNumber, halfToNumber } from '../../../src/core/tensors/decode';
import { encodeFloats, numberToBfloat, numberToHalf } from '../../../src/core/tensors/encode';
import { readNpy } from '../../../src/core/tensors/npy';
import { readNpz } from '../../../src/core/tensors/npz';

interface NpyOptions {
  readonly descr: string;
  readonly shape: string;
  readonly isFortranOrder?: boolean;
  readonly version?: number;
}

function npy(options: NpyOptions, content: readonly number[]): Uint8Array {
  const { descr, shape, isFortranOrder = false, version = 1 } = options;
  const order = isFortranOrder ? 'True' : 'False';
  const header = `{'descr': ${descr}, 'fortran_order': ${order}, 'shape': ${shape}, }\n`;
  const length = version === 1 ? [header.length, 0] : [header.length, 0, 0, 0];
  const start = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0, ...length];
  return Uint8Array.from([...start, ...new TextEncoder().encode(header), ...content]);
}

function valuesOf(bytes: Uint8Array): { shape: readonly number[]; values: readonly number[] } {
  const read = readNpy(bytes);
  if (!read.ok) {
    throw new Error(read.error.message);
  }
  return { shape: read.value.shape, values: [...numbersOf(read.value)] };
}

const one32 = [0, 0, 0x80, 0x3f];

describe('readNpy', () => {
  it.each([1, 2, 3])('reads version %i', (version) => {
    expect(valuesOf(npy({ descr: "'<f4'", shape: '(1,)', version }, one32))).toEqual({
      shape: [1],
      values: [1],
    });
  });

  it('turns big-endian numbers round', () => {
    const bytes = npy({ descr: "'>f4'", shape: '(1,)' }, [...one32].reverse());
    expect(valuesOf(bytes).values).toEqual([1]);
  });

  it('gives Fortran order as C order', () => {
    const bytes = npy(
      { descr: "'|u1'", shape: '(2, 3)', isFortranOrder: true },
      [1, 4, 2, 5, 3, 6],
    );
    expect(valuesOf(bytes)).toEqual({ shape: [2, 3], values: [1, 2, 3, 4, 5, 6] });
  });

  it('reads half floats', () => {
    expect(valuesOf(npy({ descr: "'<f2'", shape: '(1,)' }, [0x00, 0xc0])).values).toEqual([-2]);
  });

  it.each([
    ['an array of objects', npy({ descr: "'|O'", shape: '(1,)' }, [0]), /pickle.*astype/],
    ['text', npy({ descr: "'<U4'", shape: '(1,)' }, [0]), /type "U4"/],
    ['records', npy({ descr: "[('a', '<f4')]", shape: '(1,)' }, one32), /several fields/],
    ['missing elements', npy({ descr: "'<f4'", shape: '(2,)' }, one32), /take 8 bytes.*has 4/],
    ['an endless shape', npy({ descr: "'<f4'", shape: '(9999999999,)' }, []), /fewer samples/],
    ['another file', Uint8Array.from([1, 2, 3]), /not a NumPy array/],
  ] as const)('refuses %s and says what to do', (_, bytes, message) => {
    const read = readNpy(bytes);
    expect(read.ok ? '' : read.error.message).toMatch(message);
  });

  it('survives being cut off anywhere', () => {
    const bytes = npy({ descr: "'<f4'", shape: '(1,)' }, one32);
    for (let length = 0; length < bytes.length; length++) {
      expect(readNpy(bytes.slice(0, length)).ok).toBe(false);
    }
  });
});

describe('readNpz', () => {
  const array = npy({ descr: "'<f4'", shape: '(1,)' }, one32);

  it('reads every array under its name', () => {
    const read = readNpz(zipSync({ 'x.npy': array, 'y.npy': array, 'note.txt': array }));
    expect(read.ok && read.value.map(({ name }) => name)).toEqual(['x', 'y']);
  });

  it('names the array that cannot be read', () => {
    const read = readNpz(zipSync({ 'bad.npy': npy({ descr: "'|O'", shape: '(1,)' }, []) }));
    expect(read.ok ? '' : read.error.message).toMatch(/^Array "bad": .*pickle/);
  });

  it.each([
    ['no zip file', Uint8Array.from([1, 2, 3]), /not a readable \.npz/],
    ['no array', zipSync({ 'note.txt': array }), /holds no array/],
  ] as const)('says when there is %s', (_, bytes, message) => {
    const read = readNpz(bytes);
    expect(read.ok ? '' : read.error.message).toMatch(message);
  });
});

describe('small floats', () => {
  it('come back from every one of the 65,536 half patterns', () => {
    for (let bits = 0; bits < 0x10000; bits++) {
      const value = halfToNumber(bits);
      if (!Number.isNaN(value)) {
        expect(numberToHalf(value)).toBe(bits);
      }
    }
  });

  it('read bfloat16 as the upper half of a float32', () => {
    const view = new DataView(new ArrayBuffer(4));
    for (let bits = 0; bits < 0x10000; bits++) {
      view.setUint32(0, bits * 0x10000);
      expect(bfloatToNumber(bits)).toEqual(view.getFloat32(0));
    }
  });

  it('come back from every bfloat16 pattern', () => {
    for (let bits = 0; bits < 0x10000; bits++) {
      const value = bfloatToNumber(bits);
      if (!Number.isNaN(value)) {
        expect(numberToBfloat(value)).toBe(bits);
      }
    }
  });

  it('round to the nearest bfloat16, ties to even', () => {
    const [one, next] = [1, 1 + 2 ** -7];
    expect(bfloatToNumber(numberToBfloat(one + 2 ** -8))).toBe(one);
    expect(bfloatToNumber(numberToBfloat(next + 2 ** -8))).toBe(1 + 2 ** -6);
    expect(numberToBfloat(NaN)).toBe(0x7fc0);
  });

  it('are written in each float type, and in no other', () => {
    const values = Float64Array.of(1, -2.5, 1e-3);
    expect(encodeFloats(values, 'float64')).toEqual(new Uint8Array(values.buffer));
    expect(encodeFloats(values, 'float16')?.length).toBe(6);
    expect(encodeFloats(values, 'int32')).toBeUndefined();
  });
});
