/** Changing the code of a notebook without touching anything else in its file. */

import { type Node, parseTree } from 'jsonc-parser';
import { buildLineIndex } from '../base/lineIndex';
import type { PlaceInCell } from './notebook';
import { cellNodes, sourceNode } from './notebookTree';

/** One replacement inside one cell. */
export interface CellEdit {
  readonly start: PlaceInCell;
  readonly end: PlaceInCell;
  readonly newText: string;
}

/**
 * The notebook's JSON after the edits, which must not overlap. Only the source of edited cells is
 * written anew, in the way it was: as one string or as a list of lines, with its indentation and
 * its manner of writing non-ASCII characters. Outputs, metadata, key order and the end of the file
 * stay as they are.
 *
 * @param edits for cells that exist and hold code
 */
export function editNotebook(json: string, edits: readonly CellEdit[]): string {
  const cells = cellNodes(parseTree(json));
  const byCell = new Map<number, CellEdit[]>();
  for (const edit of edits) {
    byCell.set(edit.start.cell, [...(byCell.get(edit.start.cell) ?? []), edit]);
  }
  const changes = [...byCell].flatMap(([cell, own]) => {
    const node = sourceNode(cells[cell]);
    return node === undefined ? [] : [{ node, text: writeSource(json, node, own) }];
  });
  changes.sort((a, b) => b.node.offset - a.node.offset);
  return changes.reduce(
    (text, { node, text: source }) =>
      text.slice(0, node.offset) + source + text.slice(node.offset + node.length),
    json,
  );
}

function writeSource(json: string, node: Node, edits: readonly CellEdit[]): string {
  const raw = json.slice(node.offset, node.offset + node.length);
  const write = /\\u[0-9a-f]{4}/i.test(raw) ? asciiString : JSON.stringify;
  if (node.type === 'string') {
    return write(applied(String(node.value), edits));
  }
  const lines = (node.children ?? []).map(({ value }) => String(value));
  const text = applied(lines.join(''), edits);
  const [first] = node.children ?? [];
  const last = node.children?.at(-1);
  const before = first ? json.slice(node.offset + 1, first.offset) : '';
  const after = last ? json.slice(last.offset + last.length, node.offset + node.length - 1) : '';
  const parts = text.split(/(?<=\n)/).map((line) => write(line));
  const separator = before === '' ? separatorOf(json, node) : before;
  return `[${before}${parts.join(`,${separator}`)}${after}]`;
}

/** How a list on one line parts its elements. */
function separatorOf(json: string, { children = [] }: Node): string {
  const [first, second] = children;
  const between = first && second && json.slice(first.offset + first.length, second.offset);
  return between?.replace(/^\s*,/, '') ?? ' ';
}

function applied(text: string, edits: readonly CellEdit[]): string {
  const index = buildLineIndex(text);
  const located = edits.map(({ start, end, newText }) => ({
    from: index.offsetAt(start),
    to: index.offsetAt(end),
    newText,
  }));
  located.sort((a, b) => b.from - a.from);
  return located.reduce(
    (current, { from, to, newText }) => current.slice(0, from) + newText + current.slice(to),
    text,
  );
}

function asciiString(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
