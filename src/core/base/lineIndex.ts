/** A place in a text; both numbers count from 0, the column in UTF-16 units. */
export interface Position {
  readonly line0: number;
  readonly column0: number;
}

/** Turns offsets of one text into lines and columns and back. Lines end in LF, CR LF or CR. */
export interface LineIndex {
  readonly lineCount: number;
  /** Offsets past the end answer the end of the text. */
  positionAt(offset: number): Position;
  /** A line past the end answers the end of the text; a column past its line, the line's end. */
  offsetAt(position: Position): number;
  /** Offset of the first character of a line, which must exist. */
  lineStart(line0: number): number;
}

/** Reads the text once; each question afterwards is a binary search. */
export function buildLineIndex(text: string): LineIndex {
  const starts = findLineStarts(text);
  const startOf = (line0: number): number => starts[line0] ?? text.length;
  return {
    lineCount: starts.length,
    lineStart: startOf,
    positionAt(offset) {
      const bounded = Math.max(0, Math.min(offset, text.length));
      const line0 = lineHolding(starts, bounded);
      return { line0, column0: bounded - startOf(line0) };
    },
    offsetAt({ line0, column0 }) {
      return Math.min(startOf(line0) + column0, startOf(line0 + 1));
    },
  };
}

function findLineStarts(text: string): readonly number[] {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\r|\n/g)) {
    starts.push(match.index + match[0].length);
  }
  return starts;
}

function lineHolding(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}
