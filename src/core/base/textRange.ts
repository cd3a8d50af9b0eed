/**
 * A half-open range of UTF-16 offsets in one text.
 *
 * In `x = 1` the range of `x` is `{ start: 0, end: 1 }`.
 */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** Whether the two ranges share at least one character. */
export function overlaps(a: TextRange, b: TextRange): boolean {
  return a.start < b.end && b.start < a.end;
}

/** A text and where it stands, or what stands for it. */
export interface RangedText {
  readonly text: string;
  readonly range: TextRange;
}
