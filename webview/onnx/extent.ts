/** What the vertical axis of a chart spans, and where a value is on it. */

import { at } from './measures';

export type AxisScale = 'linear' | 'log';

export interface Extent {
  readonly low: number;
  readonly high: number;
  readonly scale: AxisScale;
}

interface Spanned {
  /** `log` is used only when every value is above 0. */
  readonly scale: AxisScale;
  readonly initial: number | undefined;
  readonly series: readonly { readonly values: ArrayLike<number> }[];
}

export function effectiveScale({ scale, series }: Spanned): AxisScale {
  return scale === 'log' && series.every(({ values }) => isPositive(values)) ? 'log' : 'linear';
}

function isPositive(values: ArrayLike<number>): boolean {
  for (let channel = 0; channel < values.length; channel += 1) {
    if (!(at(values, channel) > 0)) {
      return false;
    }
  }
  return true;
}

export function extentOf(
  { initial, series }: Spanned,
  scale: AxisScale,
): { readonly low: number; readonly high: number } {
  let low = initial ?? Infinity;
  let high = initial ?? -Infinity;
  for (const { values } of series) {
    for (let channel = 0; channel < values.length; channel += 1) {
      const value = at(values, channel);
      if (Number.isFinite(value)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
  }
  if (low > high) {
    return { low: 0, high: 1 };
  }
  if (scale === 'log') {
    return low === high ? { low: low / 10, high: high * 10 } : { low: low / 1.6, high: high * 1.6 };
  }
  const margin = (high - low || Math.abs(high) || 1) * 0.12;
  return { low: low - margin, high: high + margin };
}

/** Where values are inside a box, from the top of its page; NaN for those that have no place. */
export function heightScale(
  { low, high, scale }: Extent,
  { top, height }: { readonly top: number; readonly height: number },
): (value: number) => number {
  const read = scale === 'log' ? Math.log : (value: number) => value;
  const bottom = read(low);
  const span = read(high) - bottom;
  return (value) => top + height * (1 - (read(value) - bottom) / span);
}
