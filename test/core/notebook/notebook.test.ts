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
    ['% matplotlib inline', '# matplotlib inline'],
    ['x = ("%d"\n     % y)', 'x = ("%d"\n     % y)'],
    ['x = """\n%d\n!"""', 'x = """\n%d\n!"""'],
    ['x = y \\\n  % z', 'x = y \\\n  % z'],
    ["# it (isn't\n!ls", "# it (isn't\n#ls"],
    ['x = "("\n!ls', 'x = "("\n#ls'],
    ["x = '\\''\n!ls", "x = '\\''\n#ls"],
    ['x = ""\n!ls', 'x = ""\n#ls'],
    ['!pip install \\\n  torch\ny = 1', '#pip install \\\n  0#rch\ny = 1'],
    ['cd /content', '#d /content'],
    ['pip install torch', '#ip install torch'],
    ['cd = 3', 'cd = 3'],
    ['x.y = !ls', '#.y = !ls'],
    ['x = %timeit -o f()', '# = %timeit -o f()'],
    ['?tf.train', '#tf.train'],
    ['%%capture out\nx = 1', '#%capture out\nx = 1'],
    ['%%writefile a.py\nx = 1', '#%writefile a.py\n# = 1'],
    ['%%html\n<b>', '#%html\n#b>'],
    ['\n%%bash\nls', '\n#%bash\n#s'],
    ['# Install\r\n\n%%bash\r\nls', '# Install\r\n\n#%bash\r\n#s'],
    ['#@title x\n%%time\nx = 1', '#@title x\n#%time\nx = 1'],
    ['# a\nx = 1\n%%bash\ny = 1', '# a\nx = 1\n#%bash\ny = 1'],
    ['if a:\n\t%time f()\nelse:\n  pass', 'if a:\n\t0#ime f()\nelse:\n  pass'],
    ['get_ipython().system("ls")', 'get_ipython().system("ls")'],
    ['for i in x:\r\n  !ls\r\n', 'for i in x:\r\n  0#s\r\n'],
    ['', ''],
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

  it('leaves raw cells out and keeps empty ones', () => {
    const { text, cells } = moduleOf(notebookOf(['raw', 'x'], ['code', ''], ['code', []]));
    expect(text).toBe('\n\n');
    expect(cells.map(({ index }) => index)).toEqual([1, 2]);
  });

  it('remembers magics as they are written', () => {
    const { commands, text } = moduleOf(notebookOf(['code', 'x = 1\n!ls'], ['code', '%%bash\nls']));
    expect(commands.map((own) => own.text)).toEqual(['!ls', '%%bash', 'ls']);
    expect(commands.map(({ range }) => text.slice(range.start, range.end))).toEqual([
      '#ls',
      '#%bash',
      '#s',
    ]);
  });

  it.each([
    [{ kernelspec: { language: 'R', name: 'ir' } }, ''],
    [{ kernelspec: { name: 'julia-1.6' } }, ''],
    [{ language_info: { name: 'javascript' } }, ''],
    [{ kernelspec: { language: 'python', name: 'conda-env-r-py' } }, 'x <- 1\n'],
    [{ kernelspec: { name: 'python3' }, language_info: { name: 'python' } }, 'x <- 1\n'],
    [{ kernelspec: { name: 'rapids' } }, 'x <- 1\n'],
    [{}, 'x <- 1\n'],
  ])('reads the language of %j', (metadata, text) => {
    const cells = [{ cell_type: 'code', source: 'x <- 1' }];
    expect(moduleOf(JSON.stringify({ metadata, cells })).text).toBe(text);
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
