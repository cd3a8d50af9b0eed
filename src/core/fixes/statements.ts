/** Edits that put a line before or after a statement. */

import type { TextRange } from '../base/textRange';
import type { Block, PyModule, Statement } from '../python/nodes';
import { holds } from '../python/walk';
import type { TextEdit } from './fix';

export interface Place {
  readonly path: string;
  readonly module: PyModule;
  readonly range: TextRange;
}

/** Puts `line` before the innermost statement around `range`, when that stands on lines of its own. */
export function insertBefore({ path, module, range }: Place, line: string): TextEdit | undefined {
  const statement = statementAround(module, range);
  const start = statement?.range.start;
  const indent = start === undefined ? undefined : indentAt(module.text, start);
  return start === undefined || indent === undefined
    ? undefined
    : { path, range: { start, end: start }, newText: `${line}\n${indent}` };
}

/** Puts `lines` after the innermost statement around `range`, indented as it is. */
export function insertAfter(place: Place, lines: readonly string[]): TextEdit | undefined {
  const statement = statementAround(place.module, place.range);
  return statement && insertAfterStatement(statement, place, lines);
}

/** Puts `lines` after a statement that ends its line, indented as it is. */
export function insertAfterStatement(
  { range: { start, end } }: Statement,
  { path, module }: Omit<Place, 'range'>,
  lines: readonly string[],
): TextEdit | undefined {
  const indent = indentAt(module.text, start);
  if (indent === undefined) {
    return undefined;
  }
  const [rest = ''] = /^[^\r\n]*/.exec(module.text.slice(end)) ?? [];
  const at = end + rest.length;
  const newText = lines.map((line) => `\n${line === '' ? '' : indent}${line}`).join('');
  return /^\s*(?:#.*)?$/.test(rest) ? { path, range: { start: at, end: at }, newText } : undefined;
}

/** The white space before an offset, when there is nothing else on its line. */
export function indentAt(text: string, offset: number): string | undefined {
  const before = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^\s*$/.test(before) ? before : undefined;
}

const statementKinds = new Set<string>([
  'expression',
  'assign',
  'augmentedAssign',
  'return',
  'for',
  'while',
  'if',
  'with',
  'try',
  'assert',
]);

function statementAround(module: PyModule, range: TextRange): Statement | undefined {
  let found: Statement | undefined;
  for (const node of module.nodes) {
    if (holds(node.range, range) && statementKinds.has(node.kind)) {
      found = node as Statement; // Only kinds of statements are in the table.
    }
  }
  return found;
}

/** Puts `line` before the first statement of a body, after its docstring. */
export function insertAtTop(
  body: Block,
  { path, module }: Omit<Place, 'range'>,
  line: string,
): TextEdit | undefined {
  const first = body.find((own) => !(own.kind === 'expression' && own.value.kind === 'string'));
  return (
    first &&
    insertBefore(
      { path, module, range: { start: first.range.start, end: first.range.start } },
      line,
    )
  );
}
