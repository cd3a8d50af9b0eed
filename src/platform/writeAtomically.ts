import { randomBytes } from 'node:crypto';
import { open, realpath, rename, rm, stat } from 'node:fs/promises';
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
  const temporary = join(dirname(target), `.${basename(target)}.${suffix}.tmp`);
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
