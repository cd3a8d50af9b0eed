import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isManifest, readManifests } from '../../src/files/manifests';
import { disk } from '../../src/platform/disk';
import { temporaryFolders } from '../platform/temporaryFolder';

const makeFolder = temporaryFolders();

describe('readManifests', () => {
  it('reads the folders asked for and those above, up to the repository', async () => {
    const outside = await makeFolder({
      'requirements.txt': 'not ours',
      'repo/.git/HEAD': '',
      'repo/requirements-gpu.txt': 'torch',
      'repo/requirements/base.txt': 'numpy',
      'repo/notes.txt': 'torch',
      'repo/a/setup.py': '',
      'repo/a/b/uv.lock': '',
      'repo/other/requirements.txt': 'nobody asked',
    });
    const found = await readManifests(disk, [join(outside, 'repo/a/b')], join(outside, 'repo/a'));
    expect(found.map(({ file }) => relative(outside, file))).toEqual([
      'repo/a/b/uv.lock',
      'repo/a/setup.py',
      'repo/requirements-gpu.txt',
      'repo/requirements/base.txt',
    ]);
  });

  it('goes no higher than the folder asked for when nothing marks a project', async () => {
    const root = await makeFolder({ 'requirements.txt': 'torch', 'a/environment.yml': '' });
    const found = await readManifests(disk, [join(root, 'a')], join(root, 'a'));
    expect(found.map(({ file }) => relative(root, file))).toEqual(['a/environment.yml']);
  });

  it('reads UTF-16, and passes over what it cannot read', async () => {
    const root = await makeFolder({});
    await writeFile(join(root, 'requirements.txt'), Buffer.from('\uFEFFtorch==1.5', 'utf16le'));
    await mkdir(join(root, 'setup.py'));
    expect(await readManifests(disk, [root, join(root, 'absent')], root)).toEqual([
      { file: join(root, 'requirements.txt'), text: 'torch==1.5' },
    ]);
  });

  it.each([
    ['pyproject.toml', true],
    ['pip-requirements.txt', true],
    ['requirements.in', true],
    ['environment-gpu.yaml', true],
    ['Pipfile.lock', true],
    ['a/requirements/train.txt', true],
    ['a/train.txt', false],
    ['docker-compose.yml', false],
    ['yarn.lock', false],
  ])('knows whether %s names packages', (path, answer) => {
    expect(isManifest(path)).toBe(answer);
  });
});
