import { existsSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { cachedFolder, cacheFolder } from '../../scripts/tools/cacheFolder';

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'bn-guard-cache-test-'));
  vi.stubEnv('XDG_CACHE_HOME', home);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(home, { recursive: true });
});

const fill = (text: string) => (folder: string) => writeFile(join(folder, 'made'), text);

test('a folder is built once and found afterwards', async () => {
  const first = await cachedFolder('tool-1', fill('first'));
  const second = await cachedFolder('tool-1', fill('second'));
  expect(second).toBe(first);
  expect(await readFile(join(second, 'made'), 'utf8')).toBe('first');
});

test('a build that fails leaves nothing behind', async () => {
  const failing = cachedFolder('tool-1', async (folder) => {
    await fill('half')(folder);
    throw new Error('out of disk');
  });
  await expect(failing).rejects.toThrow('out of disk');
  expect(await readdir(cacheFolder())).toEqual([]);
});

test('two builds of the same folder at once both end with a whole one', async () => {
  const folders = await Promise.all([
    cachedFolder('tool-1', fill('one')),
    cachedFolder('tool-1', fill('two')),
  ]);
  expect(folders[0]).toBe(folders[1]);
  expect(existsSync(join(folders[0], 'made'))).toBe(true);
  expect(await readdir(cacheFolder())).toEqual(['tool-1']);
});
