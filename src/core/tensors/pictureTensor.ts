/** From pixels to the numbers a model was trained on. */

import type { Picture } from './picture';
import type { Tensor } from './tensor';

export interface PixelNumbers {
  readonly colours: 'rgb' | 'bgr' | 'gray';
  /** Factor on the 0 to 255 of a pixel. */
  readonly scale: number;
  /** Taken off after scaling, one number or one per channel in the order of `colours`. */
  readonly mean: readonly number[];
  /** Divided by after that, likewise. */
  readonly deviation: readonly number[];
  readonly layout: 'nchw' | 'nhwc';
}

/**
 * One picture as a batch of one.
 *
 * @param isInteger whether the pixels stay whole numbers; see `keepsPixels`
 * @returns shape `[1, channels, height, width]` or `[1, height, width, channels]`
 */
export function tensorOfPicture(
  { width, height, channels: stored, pixels }: Picture,
  numbers: PixelNumbers,
  isInteger: boolean,
): Tensor {
  const { colours, layout } = numbers;
  const channels = colours === 'gray' ? 1 : 3;
  const positions = width * height;
  const length = channels * positions;
  const data = isInteger ? new Uint8Array(length) : new Float32Array(length);
  const [channelStep, positionStep] = layout === 'nchw' ? [positions, 1] : [1, channels];
  for (let channel = 0; channel < channels; channel++) {
    const colour = stored === 1 ? 0 : colours === 'bgr' ? 2 - channel : channel;
    const values = valuesOf(channel, numbers);
    for (let position = 0; position < positions; position++) {
      const pixel = pixels[stored * position + colour] ?? 0;
      data[channel * channelStep + position * positionStep] = values[pixel] ?? 0;
    }
  }
  const shape = layout === 'nchw' ? [1, channels, height, width] : [1, height, width, channels];
  return { dtype: isInteger ? 'uint8' : 'float32', shape, data };
}

/** What each of the 256 values of a pixel becomes. */
function valuesOf(channel: number, { scale, mean, deviation }: PixelNumbers): Float64Array {
  const shift = mean[channel] ?? mean[0] ?? 0;
  const size = deviation[channel] ?? deviation[0] ?? 1;
  return Float64Array.from({ length: 256 }, (_, pixel) => (pixel * scale - shift) / size);
}

/** Whether the numbers are the pixels themselves, which is all an integer input can take. */
export function keepsPixels({ scale, mean, deviation }: PixelNumbers): boolean {
  return scale === 1 && mean.every((value) => value === 0) && deviation.every((by) => by === 1);
}
