/** What the long and the short report for people are made of. */

import stringWidth from 'string-width';
import type { AnalyzedSource, ReportedFinding } from '../engine/result';
import type { Fix } from '../fixes/fix';
import type { RelatedPlace } from '../rules/finding';
import type { Paint } from './scanReport';
import { excerptOf } from './sourceExcerpt';

export interface TextStyle {
  readonly paint: Paint;
  /** Terminal columns; long source lines are cut to it, prose is wrapped. */
  readonly width: number;
}

export interface FindingContext {
  readonly sources: ReadonlyMap<string, AnalyzedSource>;
  readonly style: TextStyle;
}

/** The source line with its number, and marks below. */
export function excerptLines(
  { path, range }: Pick<RelatedPlace, 'path' | 'range'>,
  mark: (text: string) => string,
  { sources, style }: FindingContext,
): readonly string[] {
  const source = sources.get(path);
  if (source === undefined) {
    return [];
  }
  const number = String(source.placeAt(range.start).line0 + 1);
  const gutter = Math.max(6, number.length + 2);
  const { line, indent, length } = excerptOf(source.text, range, style.width - gutter - 3);
  const bar = style.paint.faint('│');
  return [
    `${style.paint.faint(number.padStart(gutter))} ${bar} ${line}`,
    `${' '.repeat(gutter)} ${bar} ${' '.repeat(indent)}${mark('~'.repeat(length))}`,
  ];
}

/** A fix as people choose it: its title, and whether it wants a look first. */
export function fixTitle({ title, safety }: Fix, { faint }: Paint): string {
  return `${title}${safety === 'safe' ? '' : faint(' (suggestion)')}`;
}

/** How sure a finding is, where it is not certain; begins with a space. */
export function sureness(
  { confidence }: Pick<ReportedFinding, 'confidence'>,
  paint: Paint,
): string {
  return confidence === 'certain' ? '' : paint.faint(` (${confidence})`);
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}

/** Breaks at spaces; a word longer than the width stands alone. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (stringWidth(longer) > width && line !== '') {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}
