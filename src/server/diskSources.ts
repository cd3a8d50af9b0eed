/** The Python files and notebooks of a folder, as they are on disk. */

import { stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { URI } from 'vscode-uri';
import type { SourceFile } from '../core/engine/result';
import type { ManifestFile } from '../core/project/versions/environment';
import { findSources, isForeign, isSourceName, matcherFor } from '../platform/findSources';
import { ignoreStackAt, isIgnored } from '../platform/gitignore';
import { isManifest, readManifests } from '../platform/manifests';
import { readSource } from '../platform/readSource';
import type { ProjectPaths } from './projectPaths';

/** Beyond this a folder is read in part: memory matters more than evidence from far away. */
const fileLimit = 20_000;
const readersAtOnce = 8;

/** By its name: data sets come in hundreds of thousands of files, and none of them is a folder. */
function isOrdinaryFile(path: string): boolean {
  return /\.\w{1,5}$/.test(path);
}

export class DiskSources {
  readonly #folder: string;
  readonly #paths: ProjectPaths;
  #exclude: readonly string[] = [];
  readonly #byPath = new Map<string, SourceFile>();
  #sorted: readonly SourceFile[] | undefined;
  #manifests: readonly ManifestFile[] = [];
  #folders: { readonly list: unknown; readonly names: ReadonlySet<string> } | undefined;

  /** @param folderUri with the scheme `file` */
  constructor(folderUri: string, paths: ProjectPaths) {
    this.#folder = URI.parse(folderUri).fsPath;
    this.#paths = paths;
  }

  get count(): number {
    return this.#byPath.size;
  }

  /** In order of paths; the same list until something changes. */
  list(): readonly SourceFile[] {
    this.#sorted ??= [...this.#byPath.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
    return this.#sorted;
  }

  /** Files that name packages; the same list until something changes. */
  get manifests(): readonly ManifestFile[] {
    return this.#manifests;
  }

  /** Reads the whole folder anew, a few files at a time. */
  async read(
    exclude: readonly string[],
    { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: () => void },
  ): Promise<void> {
    this.#exclude = exclude;
    const root = this.#folder;
    const gone = new Set(this.#byPath.keys());
    let batch: string[] = [];
    for await (const file of findSources(root, { root, exclude, signal })) {
      gone.delete(this.#pathOf(file));
      batch.push(file);
      if (batch.length === readersAtOnce) {
        await this.#readAll(batch);
        batch = [];
        onProgress();
      }
      if (this.count >= fileLimit) {
        break;
      }
    }
    await this.#readAll(batch);
    for (const path of gone) {
      this.#put(path, undefined);
    }
    await this.#readManifests();
  }

  async #readManifests(): Promise<void> {
    const root = this.#folder;
    const folders = Array.from(this.#byPath.keys(), (path) => dirname(join(root, path)));
    const manifests = await readManifests([root, ...folders], root);
    this.#manifests = manifests.map(({ file, text }) => ({
      path: relative(root, file).split(sep).join('/'),
      text,
    }));
  }

  /**
   * Follows one change on disk; a file that is ignored or excluded stays out.
   *
   * @param file or a folder, whose files came or went with it
   * @returns whether anything that is known has changed
   */
  async followChange(file: string): Promise<boolean> {
    if (isManifest(file)) {
      await this.#readManifests();
      return true;
    }
    const before = this.list();
    const path = this.#pathOf(file);
    if (isSourceName(path)) {
      const isWanted = !isForeign(path) && !(await this.#isLeftOut(file, 'file'));
      if (isWanted) {
        await this.#readFile(file);
      } else {
        this.#put(path, undefined);
      }
    } else if (!isOrdinaryFile(path) || this.#foldersOf(before).has(path)) {
      await this.#followFolder(file);
    }
    return this.list() !== before;
  }

  /** Whether the file is other people's code or excluded: nobody is told of it, though it may be open. */
  isSilent(path: string): boolean {
    return isForeign(path) || matcherFor(this.#exclude, this.#folder)(join(this.#folder, path));
  }

  /** Those that hold a file of the list. */
  #foldersOf(list: readonly SourceFile[]): ReadonlySet<string> {
    if (this.#folders?.list !== list) {
      const names = list.flatMap(({ path }) =>
        Array.from(path.matchAll(/\//g), ({ index }) => path.slice(0, index)),
      );
      this.#folders = { list, names: new Set(names) };
    }
    return this.#folders.names;
  }

  /** A file system tells of a folder that is moved or deleted, not of what is in it. */
  async #followFolder(folder: string): Promise<void> {
    const gone = new Set(
      [...this.#byPath.keys()].filter((path) => path.startsWith(`${this.#pathOf(folder)}/`)),
    );
    const isWanted =
      !isForeign(`${this.#pathOf(folder)}/x`) &&
      (await isFolder(folder)) &&
      !(await this.#isLeftOut(folder, 'folder'));
    if (isWanted) {
      const options = { root: this.#folder, exclude: this.#exclude };
      for await (const file of findSources(folder, options)) {
        if (this.count >= fileLimit) {
          break;
        }
        gone.delete(this.#pathOf(file));
        await this.#readFile(file);
      }
    }
    for (const path of gone) {
      this.#put(path, undefined);
    }
  }

  async #isLeftOut(path: string, kind: 'file' | 'folder'): Promise<boolean> {
    return (
      matcherFor(this.#exclude, this.#folder)(kind === 'folder' ? `${path}${sep}` : path) ||
      isIgnored(await ignoreStackAt(dirname(path)), path, kind)
    );
  }

  async #readAll(files: readonly string[]): Promise<void> {
    await Promise.all(files.map((file) => this.#readFile(file)));
  }

  async #readFile(file: string): Promise<void> {
    const path = this.#pathOf(file);
    const read = await readSource(file, path);
    this.#put(path, read.ok ? read.value.text : undefined);
  }

  #put(path: string, text: string | undefined): void {
    if (this.#byPath.get(path)?.text === text) {
      return;
    }
    this.#sorted = undefined;
    if (text === undefined) {
      this.#byPath.delete(path);
    } else {
      this.#byPath.set(path, { path, text });
    }
  }

  #pathOf(file: string): string {
    return this.#paths.pathOf(URI.file(file).toString());
  }
}

function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
