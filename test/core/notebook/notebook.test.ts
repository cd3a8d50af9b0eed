import { describe, expect, it } from 'vitest';
import {
  type NotebookModule,
  notebookPlaces,
  readNotebook,
} from '../../../src/core/notebook/notebook';

function notebookOf(...cells: readonly (readonly [string, string | readonly string[]])[]): string {
  return JSON.stringify({
    nbformat: 4,
    cells: cells.map(([cell_type, source]) => ({ cell_type, source })),
  });
}

function moduleOf(json: string): NotebookModule {
  const result = readNotebook(json);
  if (!result.ok) {
    throw new Error(result.error.message);
  }
  return result.value;
}

describe('readNotebook', () => {
  it('joins code cells and leaves Markdown out', () => {
    const { text, cells } = moduleOf(
      notebookOf(['markdown', '# Title'], ['code', ['x = 1\n', 'y = 2']], ['code', 'z = 3']),
    );
    expect(text).toBe('x = 1\ny = 2\nz = 3\n');
    expect(cells).toEqual([
      { index: 1, start: 0, end: 11 },
      { index: 2, start: 12, end: 17 },
    ]);
  });

  it.each([
    ['%matplotlib inline', '#matplotlib inline'],
    ['!pip install x', '#pip install x'],
    ['files = !ls', '#iles = !ls'],
    ['tf.train.Saver?', '#f.train.Saver?'],
    ['if a:\n    !ls -l', 'if a:\n    0#s -l'],
    ['%%bash\nls', '#%bash\n#s'],
    ['%%time\nx = 1', '#%time\nx = 1'],
    ['x = a % b', 'x = a % b'],
    ['x != y', 'x != y'],
  ])('keeps the length of %j', (source, text) => {
    expect(moduleOf(notebookOf(['code', source])).text).toBe(`${text}\n`);
    expect(text.length).toBe(source.length);
  });

  it('finds the cell and the line inside it', () => {
    const module = moduleOf(notebookOf(['code', 'a\nb'], ['markdown', ''], ['code', 'c\n  d']));
    const placeAt = notebookPlaces(module);
    expect(placeAt(module.text.indexOf('b'))).toEqual({ cell: 0, line0: 1, column0: 0 });
    expect(placeAt(module.text.indexOf('d'))).toEqual({ cell: 2, line0: 1, column0: 2 });
  });

  it('reads the worksheets of nbformat 3', () => {
    const json = JSON.stringify({
      worksheets: [{ cells: [{ cell_type: 'code', input: ['x = 1'] }] }],
    });
    expect(moduleOf(json).text).toBe('x = 1\n');
  });

  it.each(['', 'no json', '[]', '{}', '{"cells": 3}', 'null'])('refuses %j in words', (json) => {
    const result = readNotebook(json);
    expect(result.ok ? '' : result.error.message).toContain('not a Jupyter notebook');
  });
});
