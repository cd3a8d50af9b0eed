/** Configuration files in the editor: what they decide, and what is wrong in them. */

import { dirname, sep } from 'node:path';
import { type Connection, type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import type { ConfigProblem } from '../core/base/configTable';
import { type Configuration, layered, readConfiguration } from '../core/engine/configuration';
import { decideFinding, isExcludedBy, selectionFor } from '../core/engine/decide';
import type { RuleSelection } from '../core/engine/options';
import type { FrameworkPins } from '../core/project/versions/environment';
import type { ReportedFinding } from '../core/engine/result';
import { allRules } from '../core/rules/index';
import { ConfigFiles } from '../platform/configFiles';

const knownRules = new Set(allRules.flatMap(({ id, name }) => [id, name]));

/** The nearest file comes before the editor's settings, key by key, as it does before defaults. */
export class Configurations {
  readonly #connection: Connection;
  readonly #files = new ConfigFiles();
  readonly #told = new Map<string, string>();
  readonly #byFolder = new Map<string, Promise<Configuration>>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  forget(): void {
    this.#byFolder.clear();
    this.#files.forget();
  }

  /**
   * The findings that are wanted, at their levels.
   *
   * @param uriOf from a finding's path to its file
   */
  async decide(
    findings: readonly ReportedFinding[],
    settings: RuleSelection,
    uriOf: (path: string) => string,
  ): Promise<readonly ReportedFinding[]> {
    const selections = new Map<string, RuleSelection | 'excluded'>();
    for (const path of new Set(findings.map((finding) => finding.path))) {
      selections.set(path, await this.#selectionFor(URI.parse(uriOf(path)), settings));
    }
    return findings.flatMap((finding) => {
      const selection = selections.get(finding.path) ?? settings;
      return selection === 'excluded' ? [] : (decideFinding(finding, selection) ?? []);
    });
  }

  /** Reads the configuration above a file that may have no findings, to tell what is wrong in it. */
  async check(uri: string): Promise<void> {
    const { scheme, fsPath } = URI.parse(uri);
    if (scheme === 'file') {
      await this.#configurationFor(dirname(fsPath));
    }
  }

  async #selectionFor(uri: URI, settings: RuleSelection): Promise<RuleSelection | 'excluded'> {
    if (uri.scheme !== 'file') {
      return settings;
    }
    const file = uri.fsPath.split(sep).join('/');
    const configuration = await this.#configurationFor(dirname(uri.fsPath));
    return isExcludedBy(configuration, file)
      ? 'excluded'
      : selectionFor(configuration, file, layered(configuration.selection, settings));
  }

  /** Versions that files say to take for granted, before those of the settings, by folder. */
  async pins(
    folders: Iterable<string>,
    settings: FrameworkPins,
    uriOf: (path: string) => string,
  ): Promise<ReadonlyMap<string, FrameworkPins>> {
    const pins = new Map<string, FrameworkPins>();
    for (const folder of folders) {
      const uri = URI.parse(uriOf(folder === '' ? 'x' : `${folder}/x`));
      const own =
        uri.scheme === 'file' ? await this.#configurationFor(dirname(uri.fsPath)) : undefined;
      const both = { ...settings, ...own?.frameworks };
      if (Object.keys(both).length > 0) {
        pins.set(folder, both);
      }
    }
    return pins;
  }

  #configurationFor(folder: string): Promise<Configuration> {
    const known = this.#byFolder.get(folder) ?? this.#readConfiguration(folder);
    this.#byFolder.set(folder, known);
    return known;
  }

  async #readConfiguration(folder: string): Promise<Configuration> {
    const chain = await this.#files.for(folder);
    const { configuration, problems } = readConfiguration(chain.tables, knownRules);
    this.#tell(
      chain.tables.map(({ file }) => file),
      [...chain.problems, ...problems],
    );
    return configuration;
  }

  /** Shows each file's problems at their lines, and clears them once they are mended. */
  #tell(files: readonly string[], problems: readonly ConfigProblem[]): void {
    for (const file of new Set([...files, ...problems.map((problem) => problem.file)])) {
      const own = problems.filter((problem) => problem.file === file);
      const content = JSON.stringify(own);
      if ((this.#told.get(file) ?? '[]') !== content) {
        this.#told.set(file, content);
        const uri = URI.file(file).toString();
        void this.#connection.sendDiagnostics({ uri, diagnostics: own.map(toDiagnostic) });
      }
    }
  }
}

function toDiagnostic({ line, message }: ConfigProblem): Diagnostic {
  const line0 = (line ?? 1) - 1;
  return {
    range: { start: { line: line0, character: 0 }, end: { line: line0, character: 1000 } },
    severity: DiagnosticSeverity.Error,
    source: 'BN Guard',
    message,
  };
}
