/** The line a range is on, as a terminal can show it, with marks under the range. */

import stringWidth from 'string-width';
import { buildLineIndex } from '../base/lineIndex';
import type { TextRange } from '../base/textRange';

export interface SourceExcerpt {
  /** The source line with tabs as spaces, cut to the width around the range. */
  readonly line: string;
  /** Terminal columns before the marks. */
  readonly indent: number;
  /** Terminal columns to mark, at least 1. */
  readonly length: number;
}

const tab = '    ';
const ellipsis = '…';

/** Of a range over several lines, the part on the first. `width` is in terminal columns. */
export function excerptOf(text: string, range: TextRange, width: number): SourceExcerpt {
  const index = buildLineIndex(text);
  const { line0 } = index.positionAt(range.start);
  const start = index.lineStart(line0);
  const line = text.slice(start, index.lineStart(line0 + 1)).replace(/[\r\n]+$/, '');
  const before = show(line.slice(0, range.start - start));
  const marked = show(line.slice(range.start - start, range.end - start));
  const after = show(line.slice(range.end - start));
  return fit({ before, marked, after }, width);
}

interface Parts {
  readonly before: string;
  readonly marked: string;
  readonly after: string;
}

/** Cuts what lies far from the marks; neither side loses what the other has no use for. */
function fit(parts: Parts, width: number): SourceExcerpt {
  const marked = cutEnd(parts.marked, parts.before === '' ? width : width - ellipsis.length);
  const rest = marked === parts.marked ? parts.after : '';
  const room = width - stringWidth(marked);
  const roomBefore = Math.max(Math.floor(room / 2), room - stringWidth(rest));
  const before = cutStart(parts.before, roomBefore);
  const after = cutEnd(rest, width - stringWidth(marked) - stringWidth(before));
  return {
    line: `${before}${marked}${after}`.trimEnd(),
    indent: stringWidth(before),
    length: Math.max(1, stringWidth(marked)),
  };
}

function show(text: string): string {
  return text.replaceAll('\t', tab);
}

function cutEnd(text: string, width: number): string {
  if (stringWidth(text) <= width) {
    return text;
  }
  return width < 1 ? '' : `${text.slice(0, width - 1)}${ellipsis}`;
}

function cutStart(text: string, width: number): string {
  if (stringWidth(text) <= width) {
    return text;
  }
  return width < 1 ? '' : `${ellipsis}${text.slice(text.length - width + 1)}`;
}
