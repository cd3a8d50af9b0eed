/** Questions that every converter asks of the raw tree. */

import type { TextRange } from '../base/textRange';
import type { RawNode } from './rawTree';

/** The file being converted. */
export interface Source {
  readonly text: string;
}

export function rangeOf(node: RawNode): TextRange {
  return { start: node.start, end: node.end };
}

export function childrenIn(node: RawNode, field: string): readonly RawNode[] {
  return node.children.filter((child) => child.field === field);
}

export function childIn(node: RawNode, field: string): RawNode | undefined {
  return node.children.find((child) => child.field === field);
}

const operatorToken = /^[^a-zA-Z_]|^(?:not in|is not|in|is|and|or|not|from)$/;

/** Children that are code: no operators, no comments. */
export function codeChildren(node: RawNode): readonly RawNode[] {
  return node.children.filter(
    ({ type, isMissing }) =>
      type !== 'comment' && type !== 'line_continuation' && !isMissing && !operatorToken.test(type),
  );
}
