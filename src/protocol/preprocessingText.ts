/** Sizes, factors and lists of numbers as people write them, on the command line and in forms. */

import type { PictureSizeDto, PreprocessingDto } from './preprocessing';

const sizePattern = /^(?<width>\d+)(?:\s*[x×]\s*(?<height>\d+))?$/;

/** Pixels, such as `224` for a square or `320x240`; `undefined` when it cannot be read. */
export function parseSize(text: string): PictureSizeDto | undefined {
  const { width, height } = sizePattern.exec(text.trim())?.groups ?? {};
  const size = { width: Number(width), height: Number(height ?? width) };
  return size.width > 0 && size.height > 0 ? size : undefined;
}

/** A single number is the length of the shorter side. */
export function parseResize(text: string): PreprocessingDto['resize'] {
  const size = parseSize(text);
  return size === undefined || /[x×]/.test(text) ? size : { shorter: size.width };
}

/** Such as `1/255` or `0.0078`; `undefined` for 0 and what cannot be read. */
export function parseFactor(text: string): number | undefined {
  const [top = '', bottom = '1', ...rest] = text.split('/');
  const factor = Number(top) / Number(bottom);
  return rest.length > 0 || top.trim() === '' || !Number.isFinite(factor) || factor === 0
    ? undefined
    : factor;
}

/** Numbers with commas between them; `undefined` when one cannot be read. */
export function parseNumbers(text: string): readonly number[] | undefined {
  const numbers = text.split(',').map((part) => (part.trim() === '' ? NaN : Number(part)));
  return numbers.every(Number.isFinite) ? numbers : undefined;
}

/** What `parseSize` and `parseResize` read; empty for `undefined`. */
export function sizeText(size: PreprocessingDto['resize']): string {
  if (size === undefined) {
    return '';
  }
  return 'shorter' in size ? String(size.shorter) : `${String(size.width)}x${String(size.height)}`;
}

/** A part of 1 as a fraction, because that is how people say it. */
export function factorText(factor: number): string {
  const inverse = Number((1 / factor).toPrecision(12));
  return factor < 1 && Number.isInteger(inverse * 2) ? `1/${String(inverse)}` : String(factor);
}
