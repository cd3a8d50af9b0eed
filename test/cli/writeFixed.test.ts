import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeFixed } from '../../src/cli/scan/applyToFiles';
import type { ReadFile } from '../../src/cli/scan/collect';
import { temporaryFolders } from '../platform/temporaryFolder';
import { whole } from '../programs';
import { runCli } from './runCli';

const makeFolder = temporaryFolders();

function read(folder: string, path: string, text: string, encoding = 'utf-8'): ReadFile {
  return { path, file: join(folder, path), text, encoding: { name: encoding, hasBom: false } };
}

describe('fixes are written to all files or to none', () => {
  it('when one of them has changed since it was read', async () => {
    const folder = await makeFolder({ 'a.py': 'old\n', 'b.py': 'old\n' });
    const before = [read(folder, 'a.py', 'old\n'), read(folder, 'b.py', 'old\n')];
    const after = before.map((own) => ({ ...own, text: 'new\n' }));
    await writeFile(join(folder, 'b.py'), 'mine\n');
    await expect(writeFixed(before, after)).rejects.toThrow(
      'b.py changed while it was being analysed, so nothing was fixed. Run the command again.',
    );
    expect(await readFile(join(folder, 'a.py'), 'utf8')).toBe('old\n');
    expect(await readFile(join(folder, 'b.py'), 'utf8')).toBe('mine\n');
  });

  it('when the encoding of one of them cannot hold the new text', async () => {
    const folder = await makeFolder({ 'a.py': 'old\n', 'b.py': '# coding: latin-1\nold\n' });
    const before = [
      read(folder, 'a.py', 'old\n'),
      read(folder, 'b.py', '# coding: latin-1\nold\n', 'latin-1'),
    ];
    const after = before.map((own) => ({ ...own, text: own.text.replace('old', '日本') }));
    await expect(writeFixed(before, after)).rejects.toThrow(/^b\.py, and so everything else/);
    expect(await readFile(join(folder, 'a.py'), 'utf8')).toBe('old\n');
  });
});

describe('fixes that the disk refuses', () => {
  // What is written is written beside its place first, under a longer name.
  const unwritable = `${'b'.repeat(248)}.py`;

  it('are taken back where they were written before', async () => {
    const folder = await makeFolder({ 'a.py': 'old\n', [unwritable]: 'old\n' });
    const before = [read(folder, 'a.py', 'old\n'), read(folder, unwritable, 'old\n')];
    const after = before.map((own) => ({ ...own, text: 'new\n' }));
    await expect(writeFixed(before, after)).rejects.toThrow(
      `${unwritable} could not be written: the name is too long. Nothing was fixed.`,
    );
    expect(await readFile(join(folder, 'a.py'), 'utf8')).toBe('old\n');
    expect(await readFile(join(folder, unwritable), 'utf8')).toBe('old\n');
    expect(await readdir(folder)).toHaveLength(2);
  });

  it('are no internal error of ours', async () => {
    const cwd = await makeFolder({ [unwritable]: whole });
    const { code, err } = await runCli(['scan', '--fix', '--unsafe-fixes'], { cwd });
    expect(code).toBe(2);
    expect(err).toContain('could not be written: the name is too long. Nothing was fixed.');
    expect(err).not.toContain('Internal error');
  });
});

describe('--fix changes a notebook in the one line, whoever wrote it', () => {
  const cells = [
    { source: ['# Fine-tuning café\n'], metadata: {}, cell_type: 'markdown' },
    {
      outputs: [{ text: ['TRAINABLE_VARIABLES 日本\n'], output_type: 'stream', name: 'stdout' }],
      source: [...whole.split(/(?<=\n)/), '# café'],
      cell_type: 'code',
      metadata: { tags: [] },
      execution_count: 3,
    },
  ];
  const notebook = { nbformat_minor: 5, nbformat: 4, metadata: { z: 1.0, a: 2 }, cells };
  const inOneString = {
    ...notebook,
    cells: cells.map((cell) => ({ ...cell, source: cell.source.join('') })),
  };
  const ascii = (text: string): string =>
    text.replace(
      /[\u0080-\uffff]/g,
      (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );

  it.each([
    ['with one space, as Jupyter indents', `${JSON.stringify(notebook, undefined, 1)}\n`],
    ['with four spaces and no line feed at the end', JSON.stringify(notebook, undefined, 4)],
    ['with tabs', `${JSON.stringify(notebook, undefined, '\t')}\n`],
    ['on one line', JSON.stringify(notebook)],
    [
      'with lines that end in CR LF',
      JSON.stringify(notebook, undefined, 1).replaceAll('\n', '\r\n'),
    ],
    ['with escapes for what is not ASCII', `${ascii(JSON.stringify(notebook, undefined, 1))}\n`],
    ['with each cell as one string', `${JSON.stringify(inOneString, undefined, 1)}\n`],
    ['with a byte order mark', `\uFEFF${JSON.stringify(notebook, undefined, 1)}\n`],
  ])('%s', async (_what, before) => {
    const cwd = await makeFolder({ 'train.ipynb': before });
    const { code } = await runCli(['scan', '--fix', '--unsafe-fixes'], { cwd });
    expect(code).toBe(0);
    const after = await readFile(join(cwd, 'train.ipynb'), 'utf8');
    expect(after).toBe(
      before.replace('GraphKeys.TRAINABLE_VARIABLES', 'GraphKeys.MODEL_VARIABLES'),
    );
  });
});
