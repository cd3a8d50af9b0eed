import { symlink } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findSources } from '../../src/files/findSources';
import { disk } from '../../src/platform/disk';
import { temporaryFolders } from '../platform/temporaryFolder';

describe('findSources', () => {
  const folder = temporaryFolders();

  async function found(
    root: string,
    { from = root, exclude = [] as readonly string[] } = {},
  ): Promise<readonly string[]> {
    const paths: string[] = [];
    for await (const path of findSources(disk, from, { root, exclude })) {
      paths.push(relative(root, path));
    }
    return paths;
  }

  it('lists Python files and notebooks in a stable order, and nothing else', async () => {
    const root = await folder({
      'b.py': '',
      'a.ipynb': '',
      'stub.pyi': '',
      'notes.txt': '',
      'pkg/c.py': '',
    });
    expect(await found(root)).toEqual(['a.ipynb', 'b.py', 'pkg/c.py']);
  });

  it('leaves out environments, packages and caches by name or by mark', async () => {
    const root = await folder({
      'train.py': '',
      '.venv/lib/x.py': '',
      'env311/pyvenv.cfg': '',
      'env311/lib/x.py': '',
      'conda/conda-meta/history': '',
      'conda/x.py': '',
      'site-packages/x.py': '',
      'node_modules/x.py': '',
      '__pycache__/x.py': '',
      '.git/x.py': '',
    });
    expect(await found(root)).toEqual(['train.py']);
  });

  it('obeys .gitignore at every level, negations and the exclude file too', async () => {
    const root = await folder({
      '.git/info/exclude': 'mine.py\n',
      '.gitignore': 'build/\n*.gen.py\n',
      'train.py': '',
      'mine.py': '',
      'x.gen.py': '',
      'build/y.py': '',
      'sub/.gitignore': '!keep.gen.py\nlocal.py\n',
      'sub/keep.gen.py': '',
      'sub/local.py': '',
    });
    expect(await found(root)).toEqual(['sub/keep.gen.py', 'train.py']);
    expect(await found(root, { from: join(root, 'sub') })).toEqual(['sub/keep.gen.py']);
  });

  it('walks an ignored folder that the user names', async () => {
    const root = await folder({ '.git/HEAD': '', '.gitignore': 'build/\n', 'build/y.py': '' });
    expect(await found(root, { from: join(root, 'build') })).toEqual(['build/y.py']);
  });

  it('leaves out what the user excludes', async () => {
    const root = await folder({ 'a.py': '', 'old/b.py': '', 'pkg/old/c.py': '', 'pkg/d.py': '' });
    expect(await found(root, { exclude: ['/old/', 'pkg/d.py'] })).toEqual(['a.py', 'pkg/old/c.py']);
  });

  it('ends in a folder that links to itself', async () => {
    const root = await folder({ 'a.py': '' });
    await symlink(root, join(root, 'loop'));
    expect(await found(root)).toEqual(['a.py']);
  });
});
