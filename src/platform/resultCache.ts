/** Results on disk, by a key that says all they depend on. */

import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { writeAtomically } from './writeAtomically';

/** Bytes; when there is more, the results that were not used for the longest time go. */
const sizeLimit = 64_000_000;

/**
 * A folder of results. Several processes may use it at once: files appear in one step and are
 * never changed, only replaced by the same content. What cannot be read or written is as if it were
 * not there; a cache never ends a scan.
 */
export class ResultCache {
  readonly #folder: string;
  #writtenCount = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** What was kept under the key; `undefined` when there is nothing, or it is damaged. */
  async read(key: string): Promise<unknown> {
    const file = this.#fileOf(key);
    try {
      const text = gunzipSync(await readFile(file)).toString();
      const entry: unknown = JSON.parse(text);
      await utimes(file, new Date(), new Date());
      return isEntry(entry) && entry.key === key ? entry.value : undefined;
    } catch {
      return undefined;
    }
  }

  /** @param value plain data */
  async write(key: string, value: unknown): Promise<void> {
    try {
      await mkdir(this.#folder, { recursive: true });
      const bytes = gzipSync(JSON.stringify({ key, value }));
      // Damage is seen when the file is read, and costs no more than the scan it would have saved.
      await writeAtomically(this.#fileOf(key), bytes, 'quick');
      this.#writtenCount++;
    } catch {
      // A full disk or a folder of somebody else: the scan does without.
    }
  }

  /** Keeps the folder below its limit, if anything was written. */
  async tidy(limit = sizeLimit): Promise<void> {
    if (this.#writtenCount === 0) {
      return;
    }
    const names = await readdir(this.#folder).catch(() => []);
    const files = await Promise.all(names.map((name) => this.#usedFile(join(this.#folder, name))));
    let size = 0;
    for (const { file, bytes } of files.flat().sort((a, b) => b.usedMs - a.usedMs)) {
      size += bytes;
      if (size > limit) {
        await rm(file, { force: true }).catch(() => undefined);
      }
    }
  }

  async #usedFile(file: string): Promise<readonly UsedFile[]> {
    try {
      const { size, mtimeMs } = await stat(file);
      return [{ file, bytes: size, usedMs: mtimeMs }];
    } catch {
      // Another process has just removed it.
      return [];
    }
  }

  #fileOf(key: string): string {
    return join(this.#folder, `${key}.json.gz`);
  }
}

interface UsedFile {
  readonly file: string;
  readonly bytes: number;
  /** When it was last written or read. */
  readonly usedMs: number;
}

interface Entry {
  readonly key: string;
  readonly value: unknown;
}

function isEntry(entry: unknown): entry is Entry {
  return typeof entry === 'object' && entry !== null && 'key' in entry && 'value' in entry;
}

/** A key for texts in this order: the same on every machine, different when anything differs. */
export function keyOf(texts: Iterable<string>): string {
  const hash = createHash('sha256');
  for (const text of texts) {
    hash.update(`${String(text.length)}\n`).update(text);
  }
  return hash.digest('hex');
}
