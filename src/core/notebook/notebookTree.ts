/** The cells in the JSON of a notebook, with their positions. */

import { type Node, findNodeAtLocation } from 'jsonc-parser';

/** In the order of the notebook; nbformat 3 keeps cells in worksheets. */
export function cellNodes(root: Node | undefined): readonly Node[] {
  if (root === undefined) {
    return [];
  }
  const cells = findNodeAtLocation(root, ['cells']);
  const sheets = findNodeAtLocation(root, ['worksheets'])?.children ?? [];
  return cells?.children ?? sheets.flatMap((sheet) => childrenOf(sheet, 'cells'));
}

function childrenOf(node: Node, name: string): readonly Node[] {
  return findNodeAtLocation(node, [name])?.children ?? [];
}

/** Where the code of a cell is written: one string, or a list of lines. */
export function sourceNode(cell: Node | undefined): Node | undefined {
  return cell && (findNodeAtLocation(cell, ['source']) ?? findNodeAtLocation(cell, ['input']));
}
