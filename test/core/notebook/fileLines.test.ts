import { describe, expect, it } from 'vitest';
import { notebookFileLines } from '../../../src/core/notebook/fileLines';

/** The text of the file's line that holds this line of a cell. */
function fileLine(json: string, cell: number, line0: number): string {
  const found = notebookFileLines(json)({ cell, line0, column0: 0 });
  return json.split('\n')[found]?.trim() ?? 'none';
}

function notebook(...sources: readonly (string | readonly string[])[]): string {
  const cells = sources.map((source) => ({ cell_type: 'code', outputs: [], source }));
  return JSON.stringify({ cells, nbformat: 4 }, undefined, 1);
}

describe('the line of a notebook’s file', () => {
  it.each([
    ['a line per element', notebook(['a\n', 'b\n', 'c']), 0, 1, '"b\\n",'],
    ['the last line', notebook(['a\n', 'b']), 0, 1, '"b"'],
    ['a second cell', notebook(['a'], ['b\n', 'c']), 1, 1, '"c"'],
    ['an element of two lines', notebook(['a\nb\n', 'c']), 0, 1, '"a\\nb\\n",'],
    ['a line in two elements', notebook(['a', 'b\n', 'c']), 0, 1, '"c"'],
    ['the end of a cell that ends with a line feed', notebook(['a\n']), 0, 1, '"a\\n"'],
    ['a cell that is one string', notebook('a\nb'), 0, 1, '"source": "a\\nb"'],
  ])('is found for %s', (_what, json, cell, line0, expected) => {
    expect(fileLine(json, cell, line0)).toBe(expected);
  });

  it('is found in worksheets, where nbformat 3 keeps its cells', () => {
    const sheet = { cells: [{ cell_type: 'code', input: ['a\n', 'b'] }] };
    const json = JSON.stringify({ worksheets: [sheet], nbformat: 3 }, undefined, 1);
    expect(fileLine(json, 0, 1)).toBe('"b"');
  });

  it('is the first for a cell that is not there', () => {
    expect(notebookFileLines(notebook())({ cell: 3, line0: 1, column0: 0 })).toBe(0);
  });
});
