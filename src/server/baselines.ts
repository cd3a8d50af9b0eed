/** Baseline files in the editor: findings that were accepted before are shown at a lower level. */

import type { Connection } from 'vscode-languageserver';
import { type BaselineEntry, parseBaseline, splitByBaseline } from '../core/engine/baseline';
import type { ReportedFinding } from '../core/engine/result';
import type { Severity } from '../core/rules/finding';
import { readText } from '../files/fileSystem';
import type { Place, Places } from './places';
import { StaleEntries } from './staleEntries';

/** What the user wants of a baseline. */
export interface BaselineSettings {
  /** Relative to the workspace folder. */
  readonly file: string;
  /** The level of findings that the baseline knows. */
  readonly severity: Severity | 'off';
}

/** Files that are watched: a baseline of another name is read again with the next change. */
export function isBaselineName(uri: string): boolean {
  return /baseline[^/]*\.json$/.test(uri);
}

export interface ProjectPlace {
  readonly folderUri: string;
  /** From a file's URI to its path in the project. */
  readonly pathOf: (uri: string) => string;
  /** Whether the file at a path of the project was looked into. */
  readonly isRead: (path: string) => boolean;
}

interface ReadBaseline {
  readonly version: string;
  readonly text: string;
  readonly entries: readonly MovedEntry[];
}

/** An entry whose path is absolute. */
interface MovedEntry extends BaselineEntry {
  readonly written: BaselineEntry;
}

export class Baselines {
  readonly #connection: Connection;
  readonly #places: Places;
  readonly #stale: StaleEntries;
  readonly #goneByFolder = new Map<string, { key: string; gone: ReadonlySet<string> }>();
  /** By the file's URI. */
  readonly #byFile = new Map<string, ReadBaseline>();

  constructor(connection: Connection, places: Places) {
    this.#connection = connection;
    this.#places = places;
    this.#stale = new StaleEntries(connection);
  }

  /**
   * The findings with the known ones at their level. A baseline that cannot be read knows none. Entries
   * that match nothing are shown in the file, as far as their files were looked into or are gone.
   */
  async lower(
    findings: readonly ReportedFinding[],
    { file, severity }: BaselineSettings,
    { folderUri, pathOf, isRead }: ProjectPlace,
  ): Promise<readonly ReportedFinding[]> {
    const place = this.#places.at(folderUri);
    if (place === undefined) {
      return findings;
    }
    const path = place.files.path.resolve(place.pathOf(folderUri), file);
    const { text, entries } = await this.#read(place, path);
    const here = entries.map((own) => ({
      ...{ ...own, path: pathOf(place.uriOf(own.path)) },
      absolute: own.path,
    }));
    const split = splitByBaseline(findings, here);
    const known = new Set(split.known);
    const left = new Set<BaselineEntry>(split.stale);
    const unmatched = here.filter((entry) => left.has(entry));
    const unread = unmatched.filter((entry) => !isRead(entry.path));
    const gone = await this.#goneAmong(place, folderUri, unread);
    const stale = unmatched.filter((entry) => isRead(entry.path) || gone.has(entry.absolute));
    this.#stale.show(
      folderUri,
      { uri: place.uriOf(path), text },
      stale.map(({ written }) => written),
    );
    return findings.flatMap((finding) => {
      if (!known.has(finding)) {
        return [finding];
      }
      return severity === 'off' ? [] : [{ ...finding, severity }];
    });
  }

  /** The folder has no baseline. */
  forget(folderUri: string): void {
    this.#stale.clear(folderUri);
  }

  /** Asks the disk only when the list has changed: this runs with every keystroke. */
  async #goneAmong(
    { files }: Place,
    folderUri: string,
    entries: readonly { readonly absolute: string }[],
  ): Promise<ReadonlySet<string>> {
    const paths = [...new Set(entries.map(({ absolute }) => absolute))];
    const key = paths.join('\n');
    const known = this.#goneByFolder.get(folderUri);
    if (known?.key === key) {
      return known.gone;
    }
    const found = await Promise.all(paths.map((path) => files.stat(path)));
    const gone = new Set(paths.filter((_, index) => found[index] === undefined));
    this.#goneByFolder.set(folderUri, { key, gone });
    return gone;
  }

  /** Reads the file when it is new or has changed. */
  async #read(place: Place, file: string): Promise<ReadBaseline> {
    const { dirname, resolve } = place.files.path;
    // A file that is not there yet is read when it comes.
    const version = (await place.files.stat(file))?.version ?? 'missing';
    const uri = place.uriOf(file);
    const known = this.#byFile.get(uri);
    if (known?.version === version) {
      return known;
    }
    const text = (await readText(place.files, file)) ?? '';
    const parsed = parseBaseline(text);
    if (!parsed.ok) {
      this.#connection.console.warn(`The baseline ${file} ${parsed.error}`);
    }
    const folder = dirname(file);
    const entries = (parsed.ok ? parsed.value : []).map((own) => ({
      ...own,
      path: resolve(folder, own.path),
      written: own,
    }));
    const read = { version, text, entries };
    this.#byFile.set(uri, read);
    return read;
  }
}
