/** This machine's disk. */

import { open, readdir, stat } from 'node:fs/promises';
import type { Dirent } from 'node:fs';
import path from 'node:path';
import iconv from 'iconv-lite';
import { type Result, err, ok } from '../core/base/result';
import type { FileEntry, FileKind, FileSystem, ReadFailure } from '../files/fileSystem';

export const disk: FileSystem = {
  path,
  stat: (file) =>
    stat(file).then(
      (status) => ({
        kind: kindOf(status),
        version: `${String(status.mtimeMs)} ${String(status.size)}`,
      }),
      () => undefined,
    ),
  list: (folder) => readdir(folder, { withFileTypes: true }).then(entriesOf, () => undefined),
  read: readBounded,
  decode: (bytes, encoding) => {
    const isKnown: boolean = iconv.encodingExists(encoding);
    return isKnown ? iconv.decode(bytes, encoding, { stripBOM: false }) : undefined;
  },
};

function entriesOf(entries: readonly Dirent[]): readonly FileEntry[] {
  return entries.map((entry) => ({ name: entry.name, kind: kindOf(entry) }));
}

function kindOf(entry: Pick<Dirent, 'isFile' | 'isDirectory'>): FileKind {
  if (entry.isFile()) {
    return 'file';
  }
  return entry.isDirectory() ? 'folder' : 'other';
}

async function readBounded(
  file: string,
  byteLimit: number,
): Promise<Result<Uint8Array, ReadFailure>> {
  try {
    // A pipe would be waited for: nobody may ever write to it.
    const status = await stat(file);
    if (!status.isFile()) {
      const reason = status.isDirectory() ? 'it is a folder' : 'it is not a file';
      return err({ kind: 'unreadable', reason });
    }
    const { size } = status;
    const bytes = size > byteLimit ? undefined : await readFile(file, size);
    const byteLength = bytes?.byteLength ?? size;
    return bytes === undefined || byteLength > byteLimit
      ? err({ kind: 'tooLarge', reason: 'it is too large', byteLength })
      : ok(bytes);
  } catch (cause) {
    return err({ kind: isMissing(cause) ? 'missing' : 'unreadable', reason: reasonOf(cause) });
  }
}

/** @param size in bytes, as it was a moment ago: one reading is enough as long as it has not grown */
async function readFile(file: string, size: number): Promise<Uint8Array> {
  await using handle = await open(file, 'r');
  const buffer = Buffer.allocUnsafe(size + 1);
  const { bytesRead } = await handle.read(buffer, 0, size + 1, 0);
  return bytesRead <= size ? buffer.subarray(0, bytesRead) : await handle.readFile();
}

function isMissing(cause: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(codeOf(cause));
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a folder',
  EMFILE: 'too many files are open',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the place can only be read',
  ENAMETOOLONG: 'the name is too long',
};

/** Why the operating system refused, without its jargon where there is a plain word. */
export function reasonOf(cause: unknown): string {
  return reasons[codeOf(cause)] ?? (cause instanceof Error ? cause.message : String(cause));
}

/** The same for a file that was to be written: it need not be there, its folder must. */
export function writeReasonOf(cause: unknown): string {
  return codeOf(cause) === 'ENOENT' ? 'the folder does not exist' : reasonOf(cause);
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : '';
}
