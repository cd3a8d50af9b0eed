/** Which line of an `.ipynb` file a line of a cell is written in. */

import { type Node, parseTree } from 'jsonc-parser';
import { buildLineIndex } from '../base/lineIndex';
import type { PlaceInCell } from './notebook';
import { cellNodes, sourceNode } from './notebookTree';

/**
 * Answers with lines of the file, from 0. Jupyter writes each line of code on a line of its own; a
 * cell that is one string is on the line where it begins.
 */
export function notebookFileLines(json: string): (place: PlaceInCell) => number {
  const cells = cellNodes(parseTree(json));
  const index = buildLineIndex(json);
  return ({ cell, line0 }) => {
    const source = sourceNode(cells[cell]);
    const node = source && (elementWithLine(source, line0) ?? source);
    return node === undefined ? 0 : index.positionAt(node.offset).line0;
  };
}

/** Elements are lines by habit, not by rule: one may hold several, or part of one. */
function elementWithLine({ children = [] }: Node, line0: number): Node | undefined {
  let first0 = 0;
  for (const element of children) {
    const text = String(element.value);
    const last0 = first0 + text.split('\n').length - 1;
    if (line0 < last0 || (line0 === last0 && !text.endsWith('\n'))) {
      return element;
    }
    first0 = last0;
  }
  return children.at(-1);
}
