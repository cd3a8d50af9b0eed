import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import type { ByteSource } from '../core/base/byteSource';
import { type Result, err, ok } from '../core/base/result';

/** A file read piece by piece. Whoever opens it closes it. */
export interface FileByteSource extends ByteSource {
  readonly path: string;
  /** Bytes asked of the file so far. */
  readonly bytesRead: number;
  close(): void;
}

export interface OpenFileError {
  readonly kind: 'notFound' | 'unreadable';
  readonly message: string;
}

export function openFileSource(path: string): Result<FileByteSource, OpenFileError> {
  try {
    const descriptor = openSync(path, 'r');
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) {
      closeSync(descriptor);
      return err({ kind: 'unreadable', message: `"${path}" is not a file. Choose a file.` });
    }
    return ok(new OpenFile(path, descriptor, stats.size));
  } catch (cause) {
    return err(explain(path, cause));
  }
}

class OpenFile implements FileByteSource {
  readonly path: string;
  readonly byteLength: number;
  readonly #descriptor: number;
  #bytesRead = 0;

  constructor(path: string, descriptor: number, byteLength: number) {
    this.path = path;
    this.#descriptor = descriptor;
    this.byteLength = byteLength;
  }

  get bytesRead(): number {
    return this.#bytesRead;
  }

  read(offset: number, length: number): Uint8Array {
    const available = Math.max(0, Math.min(length, this.byteLength - offset));
    const bytes = new Uint8Array(available);
    let done = 0;
    while (done < available) {
      const got = readSync(this.#descriptor, bytes, done, available - done, offset + done);
      if (got === 0) {
        break; // The file shrank while it was read; what is missing shows as a truncated model.
      }
      done += got;
    }
    this.#bytesRead += done;
    return done === available ? bytes : bytes.subarray(0, done);
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}

/** The files beside one model that hold its weights; opened on demand, closed together. */
export class ExternalFiles {
  readonly #folder: string;
  readonly #open = new Map<string, FileByteSource | undefined>();

  constructor(modelPath: string) {
    this.#folder = dirname(resolve(modelPath));
  }

  /** @returns `undefined` when there is no such file, or it lies outside the model's folder */
  readonly open = (location: string): ByteSource | undefined => {
    if (!this.#open.has(location)) {
      const path = resolve(this.#folder, location);
      const opened = path.startsWith(this.#folder + sep) ? openFileSource(path) : undefined;
      this.#open.set(location, opened?.ok === true ? opened.value : undefined);
    }
    return this.#open.get(location);
  };

  close(): void {
    for (const source of this.#open.values()) {
      source?.close();
    }
    this.#open.clear();
  }
}

function explain(path: string, cause: unknown): OpenFileError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return { kind: 'notFound', message: `There is no file "${path}". Check the path.` };
  }
  const reason = cause instanceof Error ? cause.message : String(cause);
  return {
    kind: 'unreadable',
    message: `"${path}" cannot be read (${reason}). Check its permissions.`,
  };
}
