import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cacheFolder } from '../../src/platform/cacheFolder';
import { ResultCache, keyOf } from '../../src/platform/resultCache';
import { temporaryFolders } from './temporaryFolder';

const makeFolder = temporaryFolders();

describe('ResultCache', () => {
  it('keeps plain data under its key', async () => {
    const cache = new ResultCache(join(await makeFolder({}), 'new', 'folder'));
    await cache.write('a', { findings: [1, 2] });
    expect(await cache.read('a')).toEqual({ findings: [1, 2] });
    expect(await cache.read('b')).toBeUndefined();
  });

  it('drops what was not used for the longest time when it grows too large', async () => {
    const folder = await makeFolder({});
    const cache = new ResultCache(folder);
    for (const key of ['a', 'b', 'c']) {
      await cache.write(key, key);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await cache.read('a');
    const sizes = (await readdir(folder)).length;
    expect(sizes).toBe(3);
    // Each file is some forty bytes.
    await cache.tidy(100);
    expect(await cache.read('a')).toBe('a');
    expect(await cache.read('b')).toBeUndefined();
  });
});

describe('keyOf', () => {
  it('tells where one text ends and the next begins', () => {
    expect(keyOf(['ab', 'c'])).not.toBe(keyOf(['a', 'bc']));
    expect(keyOf(['ab', 'c'])).toBe(keyOf(['ab', 'c']));
  });
});

describe('cacheFolder', () => {
  it.each([
    ['linux', { XDG_CACHE_HOME: '/x' }, /^\/x\/bn-guard$/],
    ['linux', {}, /\/\.cache\/bn-guard$/],
    ['darwin', {}, /\/Library\/Caches\/bn-guard$/],
    ['win32', { LOCALAPPDATA: '/local' }, /^\/local\/bn-guard$/],
  ] as const)('is that of %s with %j', (platform, environment, expected) => {
    expect(cacheFolder(platform, environment)).toMatch(expected);
  });
});
