import { chmod, readFile, readdir, readlink, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeAtomically } from '../../src/platform/writeAtomically';
import { temporaryFolders } from './temporaryFolder';

describe('writeAtomically', () => {
  const folder = temporaryFolders();

  it('replaces the bytes and keeps the permissions, leaving no second file', async () => {
    const root = await folder({ 'a.py': 'old' });
    await chmod(join(root, 'a.py'), 0o664);
    await writeAtomically(join(root, 'a.py'), Buffer.from('new'));
    expect(await readFile(join(root, 'a.py'), 'utf8')).toBe('new');
    expect((await stat(join(root, 'a.py'))).mode & 0o777).toBe(0o664);
    expect(await readdir(root)).toEqual(['a.py']);
  });

  it('writes through a link', async () => {
    const root = await folder({ 'real.py': 'old' });
    await symlink('real.py', join(root, 'link.py'));
    await writeAtomically(join(root, 'link.py'), Buffer.from('new'));
    expect(await readlink(join(root, 'link.py'))).toBe('real.py');
    expect(await readFile(join(root, 'real.py'), 'utf8')).toBe('new');
  });

  it('leaves nothing behind when it cannot finish', async () => {
    const root = await folder({ 'taken/inside.py': '' });
    await expect(writeAtomically(join(root, 'taken'), Buffer.from('x'))).rejects.toThrow();
    expect(await readdir(root)).toEqual(['taken']);
  });
});
