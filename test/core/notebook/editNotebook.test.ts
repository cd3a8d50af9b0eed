import { describe, expect, it } from 'vitest';
import { editNotebook } from '../../../src/core/notebook/editNotebook';

/** Replaces `old` in a cell by `newText`. */
function replace(
  json: string,
  cell: number,
  line0: number,
  old: [number, number],
  newText: string,
): string {
  const place = (column0: number): { cell: number; line0: number; column0: number } => ({
    cell,
    line0,
    column0,
  });
  return editNotebook(json, [{ start: place(old[0]), end: place(old[1]), newText }]);
}

function notebook(cells: readonly object[], indent?: number | string): string {
  return JSON.stringify(
    { cells, metadata: { b: 1, a: [1.0, 'é'] }, nbformat: 4 },
    undefined,
    indent,
  );
}

describe('editNotebook', () => {
  const cells = [
    { cell_type: 'markdown', source: ['# bad\n', 'bad'] },
    { cell_type: 'code', source: ['x = 1\n', 'y = bad(x)\n', 'z'], outputs: [{ text: ['bad'] }] },
  ];
  const fixed = [cells[0] ?? {}, { ...cells[1], source: ['x = 1\n', 'y = good(x)\n', 'z'] }];

  it.each([
    ['one space', 1],
    ['two spaces', 2],
    ['tabs', '\t'],
    ['no white space at all', undefined],
  ])('keeps the whole file, indented by %s, but for the line', (_what, indent) => {
    const before = notebook(cells, indent);
    expect(replace(before, 1, 1, [4, 7], 'good')).toBe(notebook(fixed, indent));
  });

  it('keeps a final line feed, CR LF between lines, and a source that is one string', () => {
    const before = `${notebook([{ cell_type: 'code', source: 'a\nbad' }], 1).replaceAll('\n', '\r\n')}\r\n`;
    expect(replace(before, 0, 1, [0, 3], 'good')).toBe(before.replace('bad', 'good'));
  });

  it('keeps the way non-ASCII characters are written', () => {
    const plain = notebook([{ cell_type: 'code', source: ['é = bad'] }], 1);
    expect(replace(plain, 0, 0, [4, 7], 'good')).toBe(plain.replace('bad', 'good'));
    const escaped = plain.replace('é = bad', '\\u00e9 = bad');
    expect(replace(escaped, 0, 0, [4, 7], 'good')).toBe(escaped.replace('bad', 'good'));
  });

  it('turns an inserted line feed into a new line of the list', () => {
    const before = notebook([{ cell_type: 'code', source: ['x\n', 'y'] }], 1);
    const after = notebook([{ cell_type: 'code', source: ['import a\n', 'x\n', 'y'] }], 1);
    expect(replace(before, 0, 0, [0, 0], 'import a\n')).toBe(after);
  });

  it('edits several cells at once', () => {
    const before = notebook(
      [
        { cell_type: 'code', source: ['a'] },
        { cell_type: 'code', source: ['b'] },
      ],
      1,
    );
    const at = (cell: number, newText: string): Parameters<typeof editNotebook>[1][number] => ({
      start: { cell, line0: 0, column0: 0 },
      end: { cell, line0: 0, column0: 1 },
      newText,
    });
    const after = notebook(
      [
        { cell_type: 'code', source: ['AA'] },
        { cell_type: 'code', source: ['BB'] },
      ],
      1,
    );
    expect(editNotebook(before, [at(1, 'BB'), at(0, 'AA')])).toBe(after);
  });
});
