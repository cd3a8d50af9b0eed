/** The Python files and notebooks of a folder, as they are where the folder lies. */

import { ImportedFiles } from '../core/engine/importedFiles';
import type { SourceFile } from '../core/engine/result';
import type { ManifestFile } from '../core/project/versions/environment';
import { findSources, isForeign, isSourceName, matcherFor } from '../files/findSources';
import { ignoreStackAt, isIgnored } from '../files/gitignore';
import { isManifest, readManifests } from '../files/manifests';
import { readSource } from '../files/readSource';
import type { Place } from './places';
import type { ProjectPaths } from './projectPaths';

/** Beyond this a folder is read in part: memory matters more than evidence from far away. */
const fileLimit = 20_000;
const readersAtOnce = 8;

/** By its name: data sets come in hundreds of thousands of files, and none of them is a folder. */
function isOrdinaryFile(path: string): boolean {
  return /\.\w{1,5}$/.test(path);
}

/** Of a folder that costs a request for each file, no more than this are read unasked. */
const neededLimit = 200;

interface ReadOptions {
  readonly signal: AbortSignal;
  readonly onProgress: () => void;
}

export class FolderSources {
  readonly #place: Place;
  readonly #folder: string;
  readonly #paths: ProjectPaths;
  #exclude: readonly string[] = [];
  /** Files there are, by their paths in the project. */
  readonly #found = new Set<string>();
  /** Those that have been read, or that somebody wants to be. */
  readonly #byPath = new Map<string, SourceFile>();
  readonly #imported = new ImportedFiles();
  #isWhole: boolean;
  #sorted: readonly SourceFile[] | undefined;
  #manifests: readonly ManifestFile[] = [];
  #folders: { readonly list: unknown; readonly names: ReadonlySet<string> } | undefined;

  constructor(folderUri: string, paths: ProjectPaths, place: Place) {
    this.#place = place;
    this.#folder = place.pathOf(folderUri);
    this.#paths = paths;
    this.#isWhole = !place.isRemote;
  }

  /** Files there are, read or not. */
  get count(): number {
    return this.#found.size;
  }

  /** Those that have been read, in order of paths; the same list until something changes. */
  list(): readonly SourceFile[] {
    this.#sorted ??= [...this.#byPath.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
    return this.#sorted;
  }

  /** Files that name packages; the same list until something changes. */
  get manifests(): readonly ManifestFile[] {
    return this.#manifests;
  }

  /** Looks through the whole folder anew; reads every file, or those that were read before. */
  async read(exclude: readonly string[], { signal, onProgress }: ReadOptions): Promise<void> {
    this.#exclude = exclude;
    const root = this.#folder;
    const gone = new Set(this.#found);
    let batch: string[] = [];
    for await (const file of findSources(this.#place.files, root, { root, exclude, signal })) {
      const path = this.#pathOf(file);
      gone.delete(path);
      this.#found.add(path);
      if (this.#isWanted(path)) {
        batch.push(path);
      }
      if (batch.length === readersAtOnce) {
        await this.#readAll(batch);
        batch = [];
      }
      onProgress();
      if (this.count >= fileLimit) {
        break;
      }
    }
    await this.#readAll(batch);
    for (const path of gone) {
      this.#forget(path);
    }
    await this.#readManifests();
  }

  /**
   * Reads what these documents need, as far as it has not been read: nothing for a folder that is
   * read whole.
   */
  async readNeeded(open: readonly SourceFile[]): Promise<void> {
    if (this.#isWhole || open.length === 0) {
      return;
    }
    const paths = [...this.#found].sort();
    const opened = new Map(open.map((source) => [source.path, source]));
    const tried = new Set<string>(opened.keys());
    let known: readonly SourceFile[] = open;
    while (known.length > 0 && tried.size < neededLimit) {
      const wanted = this.#imported.of(known, paths).filter((path) => !tried.has(path));
      const next = wanted.slice(0, neededLimit - tried.size);
      next.forEach((path) => tried.add(path));
      await this.#readAll(next.filter((path) => !this.#byPath.has(path)));
      known = next.flatMap((path) => this.#byPath.get(path) ?? []);
    }
  }

  /** From here on every file is read. */
  async readEverything({ signal, onProgress }: ReadOptions): Promise<void> {
    if (!this.#isWhole) {
      this.#isWhole = true;
      await this.read(this.#exclude, { signal, onProgress });
    }
  }

  #isWanted(path: string): boolean {
    return this.#isWhole || this.#byPath.has(path);
  }

  async #readManifests(): Promise<void> {
    const { dirname, join, relative, sep } = this.#place.files.path;
    const root = this.#folder;
    const folders = Array.from(this.#found, (path) => dirname(join(root, path)));
    const manifests = await readManifests(this.#place.files, [root, ...folders], root);
    this.#manifests = manifests.map(({ file, text }) => ({
      path: relative(root, file).split(sep).join('/'),
      text,
    }));
  }

  /**
   * Follows one change of files; a file that is ignored or excluded stays out.
   *
   * @param uri of a file, or of a folder whose files came or went with it
   * @returns whether anything that is known has changed
   */
  async followChange(uri: string): Promise<boolean> {
    const file = this.#place.pathOf(uri);
    if (isManifest(file)) {
      await this.#readManifests();
      return true;
    }
    const before = this.list();
    const foundBefore = this.#found.size;
    const path = this.#pathOf(file);
    if (isSourceName(path)) {
      const isWanted = !isForeign(path) && !(await this.#isLeftOut(file, 'file'));
      if (isWanted) {
        await this.#followFile(path);
      } else {
        this.#forget(path);
      }
    } else if (!isOrdinaryFile(path) || this.#foldersOf(before).has(path)) {
      await this.#followFolder(file);
    }
    // A file that has come may be one that somebody has looked for.
    return this.list() !== before || this.#found.size !== foundBefore;
  }

  /** It may have come, changed or gone. */
  async #followFile(path: string): Promise<void> {
    if (this.#isWanted(path)) {
      await this.#readFile(path);
    } else if ((await this.#place.files.stat(this.#fileOf(path)))?.kind === 'file') {
      this.#found.add(path);
    } else {
      this.#forget(path);
    }
  }

  /** Whether the file is other people's code or excluded: nobody is told of it, though it may be open. */
  isSilent(path: string): boolean {
    return isForeign(path) || this.#isExcluded(this.#fileOf(path));
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
    const { files } = this.#place;
    const top = this.#pathOf(folder);
    const gone = new Set([...this.#found].filter((path) => path.startsWith(`${top}/`)));
    const isWanted =
      !isForeign(`${top}/x`) &&
      (await files.stat(folder))?.kind === 'folder' &&
      !(await this.#isLeftOut(folder, 'folder'));
    if (isWanted) {
      const options = { root: this.#folder, exclude: this.#exclude };
      for await (const file of findSources(files, folder, options)) {
        if (this.count >= fileLimit) {
          break;
        }
        const path = this.#pathOf(file);
        gone.delete(path);
        await this.#followFile(path);
      }
    }
    for (const path of gone) {
      this.#forget(path);
    }
  }

  async #isLeftOut(file: string, kind: 'file' | 'folder'): Promise<boolean> {
    const { files } = this.#place;
    const { dirname, sep } = files.path;
    return (
      this.#isExcluded(kind === 'folder' ? `${file}${sep}` : file) ||
      isIgnored(files, await ignoreStackAt(files, dirname(file)), file, kind)
    );
  }

  #isExcluded(file: string): boolean {
    return matcherFor(this.#place.files, this.#exclude, this.#folder)(file);
  }

  async #readAll(paths: readonly string[]): Promise<void> {
    for (let start = 0; start < paths.length; start += readersAtOnce) {
      const some = paths.slice(start, start + readersAtOnce);
      await Promise.all(some.map((path) => this.#readFile(path)));
    }
  }

  async #readFile(path: string): Promise<void> {
    const read = await readSource(this.#place.files, this.#fileOf(path), path);
    if (read.ok) {
      this.#put({ path, text: read.value.text });
    } else {
      this.#forget(path);
    }
  }

  #put(source: SourceFile): void {
    this.#found.add(source.path);
    if (this.#byPath.get(source.path)?.text !== source.text) {
      this.#sorted = undefined;
      this.#byPath.set(source.path, source);
    }
  }

  #forget(path: string): void {
    this.#found.delete(path);
    if (this.#byPath.delete(path)) {
      this.#sorted = undefined;
    }
  }

  #pathOf(file: string): string {
    return this.#paths.pathOf(this.#place.uriOf(file));
  }

  #fileOf(path: string): string {
    return this.#place.files.path.join(this.#folder, path);
  }
}
