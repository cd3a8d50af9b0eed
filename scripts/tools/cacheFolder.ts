// Large things that tests need live in the user's cache folder, one folder per name and version.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

export function cacheFolder(): string {
  const base =
    process.env['XDG_CACHE_HOME'] ??
    (process.platform === 'win32' ? process.env['LOCALAPPDATA'] : undefined) ??
    join(homedir(), '.cache');
  return join(base, 'bn-guard');
}

/**
 * The folder `name` in the cache, made by `build` when it is not there. It is built beside its place and
 * moved in whole, so that an interrupted build leaves nothing that looks finished.
 */
export async function cachedFolder(
  name: string,
  build: (folder: string) => Promise<void>,
): Promise<string> {
  const finished = join(cacheFolder(), name);
  if (existsSync(finished)) return finished;
  await mkdir(cacheFolder(), { recursive: true });
  const beside = await mkdtemp(join(cacheFolder(), `building-${name}-`));
  try {
    await build(beside);
    await moveInto(beside, finished);
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
  return finished;
}

async function moveInto(beside: string, finished: string): Promise<void> {
  try {
    await rename(beside, finished);
  } catch (error) {
    // Another run finished the same folder first: its copy is as good as ours.
    if (!existsSync(finished)) throw error;
  }
}
