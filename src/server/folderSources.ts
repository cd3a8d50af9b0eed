/** The Python files and notebooks of a folder, as they are where the folder lies. */

import { ImportedFiles } from '../core/engine/importedFiles';
import type { SourceFile } from '../core/engine/result';
import type { ManifestFile } from '../core/project/versions/environment';
import { findSources, isForeign, isSourceName, matcherFor } from '../files/findSources';
import { ignoreStackAt, isIgnored } from '../files/gitignore';
import { isManifest, readManifests } from '../files/manifests';
import { readSource } from '../files/readSource';
import { KnownSources } from './knownSources';
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
  readonly #known = new KnownSources();
  readonly #imported = new ImportedFiles();
  #isWhole: boolean;
  #manifests: readonly ManifestFile[] = [];

  constructor(folderUri: string, paths: ProjectPaths, place: Place) {
    this.#place = place;
    this.#folder = place.pathOf(folderUri);
    this.#paths = paths;
    this.#isWhole = !place.isRemote;
  }

  /** Files there are, read or not. */
  get count(): number {
    return this.#known.count;
  }

  /** Those that have been read, in order of paths; the same list until something changes. */
  list(): readonly SourceFile[] {
    return this.#known.list;
  }

  /** Files that name packages; the same list until something changes. */
  get manifests(): readonly ManifestFile[] {
    return this.#manifests;
  }

  /** Looks through the whole folder anew; reads every file, or those that were read before. */
  async read(exclude: readonly string[], { signal, onProgress }: ReadOptions): Promise<void> {
    this.#exclude = exclude;
    const root = this.#folder;
    const gone = new Set(this.#known.paths);
    let batch: string[] = [];
    for await (const file of findSources(this.#place.files, root, { root, exclude, signal })) {
      const path = this.#pathOf(file);
      gone.delete(path);
      this.#known.add(path);
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
      this.#known.forget(path);
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
    const paths = [...this.#known.paths].sort();
    const opened = new Map(open.map((source) => [source.path, source]));
    const tried = new Set<string>(opened.keys());
    let known: readonly SourceFile[] = open;
    while (known.length > 0 && tried.size < neededLimit) {
      const wanted = this.#imported.of(known, paths).filter((path) => !tried.has(path));
      const next = wanted.slice(0, neededLimit - tried.size);
      next.forEach((path) => tried.add(path));
      await this.#readAll(next.filter((path) => this.#known.get(path) === undefined));
      known = next.flatMap((path) => this.#known.get(path) ?? []);
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
    return this.#isWhole || this.#known.get(path) !== undefined;
  }

  async #readManifests(): Promise<void> {
    const { dirname, join, relative, sep } = this.#place.files.path;
    const root = this.#folder;
    const folders = Array.from(this.#known.paths, (path) => dirname(join(root, path)));
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
    const { revision } = this.#known;
    const path = this.#pathOf(file);
    if (isSourceName(path)) {
      const isWanted = !isForeign(path) && !(await this.#isLeftOut(file, 'file'));
      if (isWanted) {
        await this.#followFile(path);
      } else {
        this.#known.forget(path);
      }
    } else if (!isOrdinaryFile(path) || this.#known.holdsFolder(path)) {
      await this.#followFolder(file);
    }
    return this.#known.revision !== revision;
  }

  /** It may have come, changed or gone. */
  async #followFile(path: string): Promise<void> {
    if (this.#isWanted(path)) {
      await this.#readFile(path);
    } else if ((await this.#place.files.stat(this.#fileOf(path)))?.kind === 'file') {
      this.#known.add(path);
    } else {
      this.#known.forget(path);
    }
  }

  /** Whether the file is other people's code or excluded: nobody is told of it, though it may be open. */
  isSilent(path: string): boolean {
    return isForeign(path) || this.#isExcluded(this.#fileOf(path));
  }

  /** A file system tells of a folder that is moved or deleted, not of what is in it. */
  async #followFolder(folder: string): Promise<void> {
    const { files } = this.#place;
    const top = this.#pathOf(folder);
    const gone = new Set([...this.#known.paths].filter((path) => path.startsWith(`${top}/`)));
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
      this.#known.forget(path);
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
      this.#known.put({ path, text: read.value.text });
    } else {
      this.#known.forget(path);
    }
  }

  #pathOf(file: string): string {
    return this.#paths.pathOf(this.#place.uriOf(file));
  }

  #fileOf(path: string): string {
    return this.#place.files.path.join(this.#folder, path);
  }
}
