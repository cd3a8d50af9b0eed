/** One layer as a strip of coloured cells, channels from left to right. */

import { type Measure, at, largestMagnitude, strengthOf } from './measures';
import { type Rgb, type Theme, toRgb } from './theme';

/** No strip is wider on the page than so many pixels. */
export const cellsPerStrip = 256;

export interface StripPalette {
  readonly neutral: Rgb;
  readonly low: Rgb;
  readonly high: Rgb;
  readonly broken: Rgb;
}

export function stripPalette(theme: Theme): StripPalette {
  const background = toRgb(theme.background);
  return {
    neutral: mix(background, toRgb(theme.foreground), 0.12),
    low: toRgb(theme.low),
    high: toRgb(theme.bad),
    broken: toRgb(theme.foreground),
  };
}

/**
 * Reduces channels to as many cells as fit. A cell shows the strongest of its channels, so that
 * one bad channel of 2,048 is still seen. Not-a-number wins over everything.
 */
export function stripCells(
  measure: Measure,
  values: ArrayLike<number>,
  cells: number,
): Float64Array {
  const largest = largestMagnitude(values);
  const amount = Math.max(1, Math.min(cells, values.length));
  const strongest = new Float64Array(amount);
  for (let channel = 0; channel < values.length; channel += 1) {
    const cell = Math.floor((channel * amount) / values.length);
    const strength = strengthOf(measure, at(values, channel), largest);
    const before = at(strongest, cell);
    if (Number.isNaN(strength) || Math.abs(strength) > Math.abs(before)) {
      strongest[cell] = strength;
    }
  }
  return strongest;
}

/**
 * The cells as the address of a picture one pixel high, stretched by the page's style. A picture,
 * because the browser gives each canvas on the page a layer of its own, and a list has hundreds of
 * strips. Empty where there is no canvas.
 */
export function stripPicture(cells: Float64Array, palette: StripPalette): string {
  const canvas = document.createElement('canvas');
  canvas.width = cells.length;
  canvas.height = 1;
  const context = canvas.getContext('2d');
  if (!context) {
    return '';
  }
  const image = context.createImageData(cells.length, 1);
  cells.forEach((strength, cell) => {
    image.data.set([...cellColor(strength, palette), 255], cell * 4);
  });
  context.putImageData(image, 0, 0);
  return canvas.toDataURL();
}

export function cellColor(strength: number, palette: StripPalette): Rgb {
  if (Number.isNaN(strength)) {
    return palette.broken;
  }
  return mix(palette.neutral, strength < 0 ? palette.low : palette.high, Math.abs(strength));
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const blend = (a: number, b: number): number => Math.round(a + (b - a) * share);
  return [blend(from[0], to[0]), blend(from[1], to[1]), blend(from[2], to[2])];
}
