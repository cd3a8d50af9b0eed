/** Pictures of 8 bits, resized and cropped as training pipelines do it. */

import { type Interpolation, resizePixels } from './resize';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Row by row from the top, the channels of a pixel side by side. */
export interface Picture extends Size {
  /** 1: gray; 3: red, green and blue. */
  readonly channels: 1 | 3;
  /** Length `channels · width · height`, 0 to 255. */
  readonly pixels: Uint8Array;
}

export interface Fitting {
  /** `shorter`: the shorter side gets this length, the other keeps the proportion. */
  readonly resize: { readonly shorter: number } | Size | undefined;
  readonly interpolation: Interpolation;
  /** Cut from the middle after resizing; black where the picture does not reach. */
  readonly crop: Size | undefined;
}

/** The picture resized and cropped; its size is that of the model's input. */
export function fitPicture(picture: Picture, { resize, crop, interpolation }: Fitting): Picture {
  const size = resize === undefined ? picture : targetSize(picture, resize);
  const isSame = size.width === picture.width && size.height === picture.height;
  const resized = isSame ? picture : resizePicture(picture, size, interpolation);
  return crop === undefined ? resized : cropMiddle(resized, crop);
}

function resizePicture(
  { width, height, channels, pixels }: Picture,
  size: Size,
  interpolation: Interpolation,
): Picture {
  const from = { width, height, channels };
  const resized = resizePixels(pixels, { from, to: size, interpolation });
  return { width: size.width, height: size.height, channels, pixels: resized };
}

function targetSize({ width, height }: Size, resize: { readonly shorter: number } | Size): Size {
  if (!('shorter' in resize)) {
    return resize;
  }
  const { shorter } = resize;
  return width < height
    ? { width: shorter, height: Math.floor((shorter * height) / width) }
    : { width: Math.floor((shorter * width) / height), height: shorter };
}

/** @source torchvision.transforms.functional.center_crop, for where an odd pixel goes */
function cropMiddle(picture: Picture, crop: Size): Picture {
  const { width, height, channels, pixels } = picture;
  const left = cropStart(width, crop.width);
  const top = cropStart(height, crop.height);
  const cut = new Uint8Array(channels * crop.width * crop.height);
  const [first, last] = [Math.max(0, left), Math.min(width, left + crop.width)];
  for (let row = Math.max(0, -top); row < crop.height && top + row < height; row++) {
    const start = channels * (top + row) * width;
    const line = pixels.subarray(start + channels * first, start + channels * last);
    cut.set(line, channels * (row * crop.width + first - left));
  }
  return { width: crop.width, height: crop.height, channels, pixels: cut };
}

function cropStart(side: number, wanted: number): number {
  return side < wanted ? -Math.floor((wanted - side) / 2) : roundHalfEven((side - wanted) / 2);
}

/** Python's `round`. */
function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  return value - floor === 0.5 ? floor + (floor % 2) : Math.round(value);
}

/**
 * One channel for three, weighted as the eye does.
 *
 * @source ITU-R BT.601; Pillow's mode "L", for the rounding
 */
export function toGray({ width, height, channels, pixels }: Picture): Picture {
  if (channels === 1) {
    return { width, height, channels, pixels };
  }
  const gray = new Uint8Array(width * height);
  for (let at = 0; at < gray.length; at++) {
    const [red = 0, green = 0, blue = 0] = pixels.subarray(3 * at, 3 * at + 3);
    gray[at] = (19_595 * red + 38_470 * green + 7_471 * blue + 32_768) >> 16;
  }
  return { width, height, channels: 1, pixels: gray };
}
