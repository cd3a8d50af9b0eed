import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSource } from '../../src/files/readSource';
import { disk } from '../../src/platform/disk';
import { temporaryFolders } from '../platform/temporaryFolder';

describe('readSource', () => {
  const folder = temporaryFolders();

  async function messageFor(name: string, content: string | Uint8Array): Promise<unknown> {
    const read = await readSource(disk, join(await folder({ [name]: content }), name), name);
    return read.ok ? 'read' : `${read.error.kind}: ${read.error.message}`;
  }

  it.each([
    ['an empty file', '', 'read'],
    ['long but ordinary code', 'x = 1\n'.repeat(200_000), 'read'],
    [
      'a binary file',
      Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 0, 0),
      'unreadable: a.py is a binary file, not Python text',
    ],
    [
      'more than 5 MB',
      'x = 1\n'.repeat(1_000_000),
      'tooLarge: a.py is 5.7 MB; files over 5 MB are not analysed',
    ],
    [
      'one enormous line',
      `x = [${'0, '.repeat(100_000)}]\n`,
      'tooLarge: a.py has a line of 300,006 characters, which looks generated and is not analysed',
    ],
  ])('answers %s', async (_what, content, expected) => {
    expect(await messageFor('a.py', content)).toBe(expected);
  });

  it('reads a notebook on one long line, as tools without indentation write it', async () => {
    expect(await messageFor('a.ipynb', `{"cells":["${'x'.repeat(300_000)}"]}`)).toBe('read');
  });

  it('names the reason when the file is not there or is a folder', async () => {
    const parent = await folder({ 'pkg.py/inner.py': '' });
    const messages = await Promise.all(
      ['none.py', 'pkg.py'].map((name) => readSource(disk, join(parent, name), name)),
    );
    expect(messages).toMatchObject([
      { error: { message: 'none.py could not be read: there is no such file or folder' } },
      { error: { message: 'pkg.py could not be read: it is a folder' } },
    ]);
  });
});
