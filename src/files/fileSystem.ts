/** Where files lie: on this machine's disk, or wherever an editor has them. */

import type path from 'path-browserify';
import type { Result } from '../core/base/result';
import type { Decode } from './pythonEncoding';

/** How paths of this file system are taken apart and put together. */
export type PathStyle = Pick<
  typeof path,
  'basename' | 'dirname' | 'isAbsolute' | 'join' | 'relative' | 'resolve'
> & { readonly sep: string };

export interface FileEntry {
  readonly name: string;
  /** Links are `other`: they are not followed. */
  readonly kind: FileKind;
}

export type FileKind = 'file' | 'folder' | 'other';

export interface FileStatus {
  /** Of what a link leads to. */
  readonly kind: FileKind;
  /** Another text when the content may be another. */
  readonly version: string;
}

/** `missing`: there is nothing under this path. */
export interface ReadFailure {
  readonly kind: 'missing' | 'unreadable' | 'tooLarge';
  /** Why, in words that follow "could not be read:". */
  readonly reason: string;
  /** Of a file that is too large. */
  readonly byteLength?: number;
}

/** Nothing here rejects: a file system that fails is one that has nothing. */
export interface FileSystem {
  readonly path: PathStyle;
  /** `undefined` where there is nothing, or nothing that may be looked at. */
  stat(path: string): Promise<FileStatus | undefined>;
  /** What is in a folder, in any order; `undefined` for a folder that cannot be read. */
  list(folder: string): Promise<readonly FileEntry[] | undefined>;
  /** A whole file, unless it is larger than `byteLimit`. */
  read(path: string, byteLimit: number): Promise<Result<Uint8Array, ReadFailure>>;
  readonly decode: Decode;
}

/** The text of a small file in UTF-8; `undefined` when there is none. */
export async function readText(
  files: FileSystem,
  path: string,
  byteLimit = textByteLimit,
): Promise<string | undefined> {
  const read = await files.read(path, byteLimit);
  return read.ok ? new TextDecoder().decode(read.value) : undefined;
}

const textByteLimit = 16 * 1024 * 1024;
