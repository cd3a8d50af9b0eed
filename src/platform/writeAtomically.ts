import { randomBytes } from 'node:crypto';
import { open, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Replaces a file in one step: a reader, or a machine that loses power, sees the old bytes or the
 * new ones. A link stays a link, and the permissions stay.
 *
 * @param care `quick` does not wait for the disk: after a loss of power the file may be damaged
 */
export async function writeAtomically(
  file: string,
  bytes: Uint8Array | Iterable<Uint8Array>,
  care: 'safe' | 'quick' = 'safe',
): Promise<void> {
  const target = await realpath(file).catch(() => file);
  const mode = await stat(target).then(
    (status) => status.mode & 0o7777,
    () => undefined,
  );
  const suffix = randomBytes(6).toString('hex');
  const temporary = join(dirname(target), `${unfinishedName(target)}${suffix}.tmp`);
  try {
    await using handle = await open(temporary, 'wx');
    for (const piece of bytes instanceof Uint8Array ? [bytes] : bytes) {
      await handle.writeFile(piece);
    }
    await (mode === undefined ? undefined : handle.chmod(mode));
    await (care === 'safe' ? handle.sync() : undefined);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw cause;
  }
  await rename(temporary, target).catch(async (cause: unknown) => {
    await rm(temporary, { force: true });
    throw cause;
  });
}

function unfinishedName(target: string): string {
  return `.${basename(target)}.`;
}

/** Removes what a process left behind that ended while it was replacing the file. */
export async function removeUnfinished(file: string): Promise<void> {
  const target = await realpath(file).catch(() => file);
  const folder = dirname(target);
  const start = unfinishedName(target);
  const names = await readdir(folder).catch((): string[] => []);
  const own = names.filter(
    (name) => name.startsWith(start) && /^[0-9a-f]{12}\.tmp$/.test(name.slice(start.length)),
  );
  await Promise.all(own.map((name) => rm(join(folder, name), { force: true })));
}
