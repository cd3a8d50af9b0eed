/** The files of a folder: which there are, and what stands in those that have been read. */

import type { SourceFile } from '../core/engine/result';

/** Paths are those of the project. */
export class KnownSources {
  readonly #paths = new Set<string>();
  readonly #read = new Map<string, SourceFile>();
  #list: readonly SourceFile[] | undefined;
  #folders: ReadonlySet<string> | undefined;
  #revision = 0;

  /** Another number after every change. */
  get revision(): number {
    return this.#revision;
  }

  /** Files there are, read or not. */
  get count(): number {
    return this.#paths.size;
  }

  /** In no order. */
  get paths(): Iterable<string> {
    return this.#paths;
  }

  /** Those that have been read, in order of paths; the same list until something changes. */
  get list(): readonly SourceFile[] {
    this.#list ??= [...this.#read.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
    return this.#list;
  }

  /** `undefined` for a file that has not been read. */
  get(path: string): SourceFile | undefined {
    return this.#read.get(path);
  }

  /** Whether one of the files lies in this folder or below it. */
  holdsFolder(path: string): boolean {
    this.#folders ??= new Set(Array.from(this.#paths, foldersAbove).flat());
    return this.#folders.has(path);
  }

  /** There is such a file. */
  add(path: string): void {
    if (!this.#paths.has(path)) {
      this.#paths.add(path);
      this.#folders = undefined;
      this.#revision++;
    }
  }

  put(source: SourceFile): void {
    this.add(source.path);
    if (this.#read.get(source.path)?.text !== source.text) {
      this.#read.set(source.path, source);
      this.#list = undefined;
      this.#revision++;
    }
  }

  /** There is no such file, or none that can be read. */
  forget(path: string): void {
    if (this.#paths.delete(path)) {
      this.#folders = undefined;
      this.#revision++;
    }
    if (this.#read.delete(path)) {
      this.#list = undefined;
    }
  }
}

function foldersAbove(path: string): readonly string[] {
  return Array.from(path.matchAll(/\//g), ({ index }) => path.slice(0, index));
}
