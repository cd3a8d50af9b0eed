/** Baseline files in the editor: findings that were accepted before are shown at a lower level. */

import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Connection } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import { type BaselineEntry, parseBaseline, splitByBaseline } from '../core/engine/baseline';
import type { ReportedFinding } from '../core/engine/result';
import type { Severity } from '../core/rules/finding';

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
  readonly #byFile = new Map<string, ReadBaseline>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /**
   * The findings with the known ones at their level. A baseline that cannot be read knows none.
   */
  async lower(
    findings: readonly ReportedFinding[],
    { file, severity }: BaselineSettings,
    { folderUri, pathOf }: ProjectPlace,
  ): Promise<readonly ReportedFinding[]> {
    const entries = await this.#read(resolve(URI.parse(folderUri).fsPath, file));
    const here = entries.map((own) => ({ ...own, path: pathOf(URI.file(own.path).toString()) }));
    const known = new Set(splitByBaseline(findings, here).known);
    return findings.flatMap((finding) => {
      if (!known.has(finding)) {
        return [finding];
      }
      return severity === 'off' ? [] : [{ ...finding, severity }];
    });
  }

  /** Reads the file when it is new or has changed. */
  async #read(file: string): Promise<readonly BaselineEntry[]> {
    const version = await versionOf(file);
    const known = this.#byFile.get(file);
    if (known?.version === version) {
      return known.entries;
    }
    const parsed = parseBaseline(await readFile(file, 'utf8').catch(() => ''));
    if (!parsed.ok) {
      this.#connection.console.warn(`The baseline ${file} ${parsed.error}`);
    }
    const folder = dirname(file);
    const entries = (parsed.ok ? parsed.value : []).map((own) => ({
      ...own,
      path: resolve(folder, own.path),
    }));
    this.#byFile.set(file, { version, entries });
    return entries;
  }
}

async function versionOf(file: string): Promise<string> {
  try {
    const { mtimeMs, size } = await stat(file);
    return `${String(mtimeMs)} ${String(size)}`;
  } catch {
    // A file that is not there yet is read when it comes.
    return 'missing';
  }
}
