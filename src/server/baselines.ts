/** Baseline files in the editor: findings that were accepted before are shown at a lower level. */

import type { Connection } from 'vscode-languageserver';
import { type BaselineEntry, parseBaseline, splitByBaseline } from '../core/engine/baseline';
import type { ReportedFinding } from '../core/engine/result';
import type { Severity } from '../core/rules/finding';
import { readText } from '../files/fileSystem';
import type { Place, Places } from './places';

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
}

interface ReadBaseline {
  readonly version: string;
  /** Paths are absolute. */
  readonly entries: readonly BaselineEntry[];
}

export class Baselines {
  readonly #connection: Connection;
  readonly #places: Places;
  /** By the file's URI. */
  readonly #byFile = new Map<string, ReadBaseline>();

  constructor(connection: Connection, places: Places) {
    this.#connection = connection;
    this.#places = places;
  }

  /**
   * The findings with the known ones at their level. A baseline that cannot be read knows none.
   */
  async lower(
    findings: readonly ReportedFinding[],
    { file, severity }: BaselineSettings,
    { folderUri, pathOf }: ProjectPlace,
  ): Promise<readonly ReportedFinding[]> {
    const place = this.#places.at(folderUri);
    if (place === undefined) {
      return findings;
    }
    const path = place.files.path.resolve(place.pathOf(folderUri), file);
    const entries = await this.#read(place, path);
    const here = entries.map((own) => ({ ...own, path: pathOf(place.uriOf(own.path)) }));
    const known = new Set(splitByBaseline(findings, here).known);
    return findings.flatMap((finding) => {
      if (!known.has(finding)) {
        return [finding];
      }
      return severity === 'off' ? [] : [{ ...finding, severity }];
    });
  }

  /** Reads the file when it is new or has changed. */
  async #read(place: Place, file: string): Promise<readonly BaselineEntry[]> {
    const { dirname, resolve } = place.files.path;
    // A file that is not there yet is read when it comes.
    const version = (await place.files.stat(file))?.version ?? 'missing';
    const uri = place.uriOf(file);
    const known = this.#byFile.get(uri);
    if (known?.version === version) {
      return known.entries;
    }
    const parsed = parseBaseline((await readText(place.files, file)) ?? '');
    if (!parsed.ok) {
      this.#connection.console.warn(`The baseline ${file} ${parsed.error}`);
    }
    const folder = dirname(file);
    const entries = (parsed.ok ? parsed.value : []).map((own) => ({
      ...own,
      path: resolve(folder, own.path),
    }));
    this.#byFile.set(uri, { version, entries });
    return entries;
  }
}
