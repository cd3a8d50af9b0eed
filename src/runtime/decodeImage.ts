/** From the bytes of a PNG or JPEG file to pixels, or to a sentence about what is wrong with it. */

import decodeJpegBytes, { init } from '@jsquash/jpeg/decode.js';
import { type DecodedPng, convertIndexedToRgb, decode as decodePngBytes } from 'fast-png';
import { type Result, err, ok } from '../core/base/result';
import { readJpegHeader } from '../core/tensors/jpegHeader';
import type { Picture } from '../core/tensors/picture';
import type { Machine } from './machine';

export interface DecodedImage {
  readonly picture: Picture;
  /** Whether an EXIF tag says that the picture is stored turned or mirrored. */
  readonly isStoredTurned: boolean;
}

export interface DecodeOptions {
  /** Whether to turn the picture as its EXIF tag says. */
  readonly isTurned: boolean;
  /** Gives libjpeg when it is needed first. */
  readonly machine: Pick<Machine, 'readJpegDecoder'>;
}

/** A picture with more pixels is a mistake or an attack. */
const largestPixels = 100_000_000;

type Decoded = Result<DecodedImage, string>;

/** The error continues a sentence that begins with the name of the file. */
export async function decodeImage(bytes: Uint8Array, options: DecodeOptions): Promise<Decoded> {
  if (bytes[0] === 0x89 && bytes[1] === 0x50) {
    return decodePng(bytes);
  }
  return bytes[0] === 0xff && bytes[1] === 0xd8
    ? decodeJpeg(bytes, options)
    : err('is neither PNG nor JPEG inside. Save it again as one of them');
}

async function decodeJpeg(
  bytes: Uint8Array,
  { isTurned, machine }: DecodeOptions,
): Promise<Decoded> {
  const header = readJpegHeader(bytes);
  if (header === undefined) {
    return err(endsEarly);
  }
  const { width, height, components, orientation } = header;
  if (components > 3) {
    return err('is a CMYK picture for printing. Save it as RGB');
  }
  if (width * height > largestPixels) {
    return err(tooLarge(width, height));
  }
  const words = await jpegDecoder(machine);
  words.length = 0;
  try {
    const buffer = new Uint8Array(bytes).buffer;
    // The package names a browser's class, whose place PlainImage takes here.
    const image = (await decodeJpegBytes(buffer, {
      preserveOrientation: isTurned,
    })) as unknown as PlainImage;
    if (words.some((line) => line.includes('Premature end'))) {
      return err(endsEarly);
    }
    const pixels = withoutAlpha(image.data, image.width * image.height);
    const picture = { width: image.width, height: image.height, channels: 3, pixels } as const;
    return ok({ picture, isStoredTurned: orientation !== 1 });
  } catch {
    // What is thrown is an address inside the decoder; its words say what happened.
    return err(cannotDecode(words.join(', ')));
  }
}

const endsEarly =
  'ends too early, as after a copy that was cut short. Copy it again or leave it out';

function tooLarge(width: number, height: number): string {
  return `says that it has ${String(width)} × ${String(height)} pixels; more than 100 million are not read. Save it smaller`;
}

function cannotDecode(reason: string): string {
  const shown = reason === '' ? '' : ` (${reason.replace(/\.$/, '')})`;
  return `cannot be decoded${shown}. Save it again or leave it out`;
}

function withoutAlpha(rgba: Uint8ClampedArray, count: number): Uint8Array {
  const rgb = new Uint8Array(3 * count);
  for (let pixel = 0; pixel < count; pixel++) {
    rgb[3 * pixel] = rgba[4 * pixel] ?? 0;
    rgb[3 * pixel + 1] = rgba[4 * pixel + 1] ?? 0;
    rgb[3 * pixel + 2] = rgba[4 * pixel + 2] ?? 0;
  }
  return rgb;
}

/** What the decoder has said about the file it is on; started with the first JPEG. */
let decoderWords: Promise<string[]> | undefined;

function jpegDecoder(machine: DecodeOptions['machine']): Promise<string[]> {
  return (decoderWords ??= startJpegDecoder(machine));
}

/** The decoder is libjpeg as WebAssembly; it expects two things of a browser. */
async function startJpegDecoder(machine: DecodeOptions['machine']): Promise<string[]> {
  const words: string[] = [];
  Object.assign(globalThis, { ImageData: PlainImage });
  await init({
    wasmBinary: await machine.readJpegDecoder(),
    printErr: (line: string) => {
      words.push(line);
    },
  });
  return words;
}

class PlainImage {
  constructor(
    readonly data: Uint8ClampedArray,
    readonly width: number,
    readonly height: number,
  ) {}
}

function decodePng(bytes: Uint8Array): Decoded {
  const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (header.byteLength < 33) {
    return err(endsEarly);
  }
  const [width, height] = [header.getUint32(16), header.getUint32(20)];
  if (width * height > largestPixels) {
    return err(tooLarge(width, height));
  }
  const [depth, interlacing] = [header.getUint8(24), header.getUint8(28)];
  if (depth < 8 && interlacing !== 0) {
    return err(
      'is an interlaced PNG with less than 8 bits per pixel, which is not read. Save it without interlacing',
    );
  }
  try {
    const png = decodePngBytes(bytes);
    const picture = { width, height, ...eightBits(samplesOf(png), width * height) };
    return ok({ picture, isStoredTurned: false });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return err(cannotDecode(reason));
  }
}

interface Samples {
  readonly data: ArrayLike<number>;
  readonly channels: number;
  /** Bits of each number. */
  readonly depth: number;
}

function samplesOf(png: DecodedPng): Samples {
  const { data, channels, depth, width, height } = png;
  if (png.palette !== undefined) {
    const colours = convertIndexedToRgb(png);
    return { data: colours, channels: colours.length / (width * height), depth: 8 };
  }
  return { data: depth < 8 ? unpacked(png) : data, channels, depth };
}

/** Less than 8 bits are gray, several pixels in a byte, each row beginning with a byte of its own. */
function unpacked({ data, depth, width, height }: DecodedPng): Uint8Array {
  const rowBytes = Math.ceil((width * depth) / 8);
  const mask = 2 ** depth - 1;
  return Uint8Array.from({ length: width * height }, (_, pixel) => {
    const bit = (pixel % width) * depth;
    const byte = data[Math.floor(pixel / width) * rowBytes + (bit >> 3)] ?? 0;
    return (byte >> (8 - depth - (bit & 7))) & mask;
  });
}

/** Transparency is left out, as Pillow's `convert("RGB")` does; of 16 bits the upper 8 stay. */
function eightBits(
  { data, channels, depth }: Samples,
  count: number,
): Pick<Picture, 'channels' | 'pixels'> {
  const kept = channels < 3 ? 1 : 3;
  const pixels = new Uint8Array(kept * count);
  const factor = depth === 16 ? 1 / 256 : 255 / (2 ** depth - 1);
  for (let pixel = 0; pixel < count; pixel++) {
    for (let channel = 0; channel < kept; channel++) {
      pixels[kept * pixel + channel] = Math.trunc((data[channels * pixel + channel] ?? 0) * factor);
    }
  }
  return { channels: kept, pixels };
}
