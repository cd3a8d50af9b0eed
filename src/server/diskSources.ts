/** The Python files and notebooks of a folder, as they are on disk. */

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

export class DiskSources {
  readonly #folder: string;
  readonly #paths: ProjectPaths;
  #exclude: readonly string[] = [];
  readonly #byPath = new Map<string, SourceFile>();
  #sorted: readonly SourceFile[] | undefined;
  #manifests: readonly ManifestFile[] = [];

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

  /** Follows one change on disk; a file that is ignored or excluded stays out. */
  async followChange(file: string): Promise<void> {
    if (isManifest(file)) {
      await this.#readManifests();
    }
    const path = this.#pathOf(file);
    const isWanted = isSourceName(path) && !isForeign(path) && !(await this.#isLeftOut(file));
    if (isWanted) {
      await this.#readFile(file);
    } else {
      this.#put(path, undefined);
    }
  }

  async #isLeftOut(file: string): Promise<boolean> {
    return (
      matcherFor(this.#exclude, this.#folder)(file) ||
      isIgnored(await ignoreStackAt(dirname(file)), file, 'file')
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
