/** Pictures as samples, against what Pillow and NumPy make of the same files (make_pictures.py). */

import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ImageSamples } from '../../src/runtime/images';
import {
  type PreprocessingDto,
  describePreprocessing,
  fitToInput,
  presets,
} from '../../src/protocol/preprocessing';
import { nodeMachine } from '../../src/runtime/node/machine';
import { previewPictures } from '../../src/runtime/previewPictures';
import { temporaryFolder } from './runtimeHost';

const folder = join(import.meta.dirname, '../pictures');

interface Expected {
  readonly shape: readonly number[];
  readonly numbers: readonly number[];
}

// Our own script wrote this shape.
const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Readonly<
  Record<string, Expected>
>;

async function read(name: string, changes: Partial<PreprocessingDto> = {}, path = folder) {
  const preprocessing = { ...presets.raw, ...changes };
  const opened = await ImageSamples.open({
    machine: nodeMachine,
    path: join(path, name),
    preprocessing,
    limit: Infinity,
    isInteger: false,
  });
  return opened.ok ? opened.value.read(0, opened.value.paths.length) : opened;
}

async function refusal(name: string): Promise<string> {
  const tensor = await read(name);
  return tensor.ok ? 'no refusal' : tensor.error;
}

/** Largest difference in levels of a pixel, or in units of what the model gets. */
async function differenceFrom(
  name: string,
  file: string,
  changes: Partial<PreprocessingDto>,
): Promise<number> {
  const tensor = await read(file, changes);
  if (!tensor.ok) {
    throw new Error(tensor.error);
  }
  const want = expected[name];
  expect(tensor.value.shape).toEqual(want?.shape);
  const numbers = Array.from(tensor.value.data, Number);
  return Math.max(...numbers.map((number, at) => Math.abs(number - (want?.numbers[at] ?? NaN))));
}

describe('decoding', () => {
  it.each(Object.keys(expected).filter((name) => name.endsWith(' raw')))(
    'gives what Pillow gives: %s',
    async (name) => {
      const crop = { width: 9, height: 7 };
      expect(await differenceFrom(name, name.replace(' raw', ''), { crop })).toBe(0);
    },
  );
});

describe('preprocessing', () => {
  const level = 1.001;
  it.each([
    [
      'torchvision',
      'colour.png',
      { ...presets.torchvision, resize: { shorter: 20 }, crop: { width: 17, height: 14 } },
      level / 255 / 0.224,
    ],
    [
      'keras',
      'colour.png',
      { ...presets.keras, resize: { width: 11, height: 9 }, interpolation: 'linear' },
      level / 127.5,
    ],
    [
      'caffe',
      'colour.png',
      { ...presets.caffe, resize: { width: 12, height: 10 }, interpolation: 'bicubic' },
      level,
    ],
    ['padded', 'colour.png', { crop: { width: 53, height: 41 } }, 0],
    [
      'gray',
      'colour.png',
      { colours: 'gray', resize: { shorter: 13 }, scale: 1 / 255 },
      level / 255,
    ],
    ['turned', 'turned.jpg', { isTurned: true, resize: { shorter: 10 } }, level],
  ] as const)('gives what Pillow and NumPy give: %s', async (name, file, changes, tolerance) => {
    expect(await differenceFrom(name, file, changes)).toBeLessThanOrEqual(tolerance);
  });

  it('lays the first axis along the files of a folder, by name', async () => {
    const twins = temporaryFolder();
    copyFileSync(join(folder, 'gray.png'), join(twins, 'b.png'));
    copyFileSync(join(folder, 'colour.png'), join(twins, 'a.PNG'));
    const [both, first] = [await read('.', {}, twins), await read('a.PNG', {}, twins)];
    expect(both.ok && both.value.shape).toEqual([2, 3, 37, 48]);
    const length = 3 * 37 * 48;
    expect(both.ok && both.value.data.slice(0, length)).toEqual(first.ok && first.value.data);
  });
});

describe('bad pictures', () => {
  it.each([
    ['truncated.jpg', /^truncated\.jpg ends too early.* Copy it again/],
    ['truncated.png', /^truncated\.png cannot be decoded/],
    ['huge.png', /60000 × 60000 pixels; more than 100 million/],
    ['huge.jpg', /60000 × 60000 pixels/],
    ['cmyk.jpg', /CMYK.*Save it as RGB/],
    ['interlaced_two_bit.png', /interlaced PNG.*Save it without/],
    ['text.png', /neither PNG nor JPEG/],
    ['nowhere.png', /nowhere\.png cannot be read/],
  ])('are refused by name: %s', async (name, sentence) => {
    expect(await refusal(name)).toMatch(sentence);
  });

  it('of two sizes are both named', async () => {
    const mixed = temporaryFolder();
    copyFileSync(join(folder, 'gray.png'), join(mixed, 'one.png'));
    copyFileSync(join(folder, 'colour.png'), join(mixed, 'two.png'));
    const resized = await read('.', { resize: { shorter: 20 } }, mixed);
    expect(resized.ok).toBe(true);
    copyFileSync(join(import.meta.dirname, '../../media/icon.png'), join(mixed, 'three.png'));
    const tensor = await read('.', { resize: { shorter: 20 } }, mixed);
    expect(tensor.ok ? '' : tensor.error).toMatch(/one\.png is 25 × 20 and three\.png is 20 × 20/);
  });

  it('leave a decoder that reads the next one', async () => {
    await refusal('truncated.jpg');
    expect(
      await differenceFrom('gray.jpg raw', 'gray.jpg', { crop: { width: 9, height: 7 } }),
    ).toBe(0);
  });
});

describe('fitting to an input', () => {
  const { unit, torchvision } = presets;

  it('takes size, colours and layout from the model', () => {
    expect(fitToInput(unit, ['N', 1, 8, 8])).toMatchObject({
      colours: 'gray',
      layout: 'nchw',
      resize: { shorter: 8 },
      crop: { width: 8, height: 8 },
    });
    expect(fitToInput(unit, ['N', 32, 48, 3])).toMatchObject({
      colours: 'rgb',
      layout: 'nhwc',
      resize: { width: 48, height: 32 },
    });
  });

  it("keeps the preset's own size where the model takes it, or leaves it open", () => {
    expect(fitToInput(torchvision, ['N', 3, 224, 224])).toEqual(torchvision);
    expect(fitToInput(torchvision, ['N', 3, 'H', 'W'])).toEqual(torchvision);
    expect(fitToInput(torchvision, undefined)).toEqual(torchvision);
  });

  it('says in words what happens', () => {
    expect(describePreprocessing(torchvision)).toBe(
      'shorter side 256; middle 224 × 224; RGB; 0 to 1; minus 0.485, 0.456, 0.406; divided by 0.229, 0.224, 0.225',
    );
  });
});

describe('previewing', () => {
  it('shows what the model sees, in the order of the files', async () => {
    const place = temporaryFolder();
    copyFileSync(join(folder, 'gray.png'), join(place, 'a.png'));
    copyFileSync(join(folder, 'colour.png'), join(place, 'b.png'));
    const preprocessing = { ...presets.caffe, crop: { width: 5, height: 4 } };
    const input = { kind: 'images', path: place, preprocessing } as const;
    const reply = await previewPictures({ input, count: 2 }, nodeMachine);
    const [gray, colour] = reply.ok ? reply.value.pictures : [];
    expect(gray).toMatchObject({ fileName: 'a.png', width: 5, height: 4 });
    expect(gray?.rgba.slice(0, 3)).toEqual(new Uint8ClampedArray(3).fill(gray?.rgba[0] ?? NaN));
    const stored = await read('colour.png', { layout: 'nhwc', crop: preprocessing.crop });
    const [red, green, blue] = stored.ok ? Array.from(stored.value.data.slice(0, 3), Number) : [];
    expect([...(colour?.rgba.slice(0, 4) ?? [])]).toEqual([blue, green, red, 255]);
  });

  it('shrinks what is larger than asked for, and keeps the proportion', async () => {
    const preprocessing = { ...presets.raw, crop: { width: 40, height: 20 } };
    const input = { kind: 'images', path: join(folder, 'colour.png'), preprocessing } as const;
    const reply = await previewPictures({ input, count: 1, longestSide: 10 }, nodeMachine);
    expect(reply.ok && reply.value.pictures).toMatchObject([{ width: 10, height: 5 }]);
  });
});
