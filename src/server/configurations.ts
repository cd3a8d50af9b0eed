/** Configuration files in the editor: what they decide, and what is wrong in them. */

import { type Connection, type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import type { ConfigProblem } from '../core/base/configTable';
import { type Configuration, layered, readConfiguration } from '../core/engine/configuration';
import { decideFinding, isExcludedBy, selectionFor } from '../core/engine/decide';
import type { RuleSelection } from '../core/engine/options';
import type { FrameworkPins } from '../core/project/versions/environment';
import type { ReportedFinding } from '../core/engine/result';
import { allRules } from '../core/rules/index';
import { ConfigFiles } from '../files/configFiles';
import type { Place, Places } from './places';

const knownRules = new Set(allRules.flatMap(({ id, name }) => [id, name]));

/** Of one place, by its folders: asked about every folder of a project at every keystroke. */
interface ReadConfigurations {
  readonly files: ConfigFiles;
  readonly byFolder: Map<string, Promise<Configuration>>;
}

/** The nearest file comes before the editor's settings, key by key, as it does before defaults. */
export class Configurations {
  readonly #connection: Connection;
  readonly #places: Places;
  readonly #told = new Map<string, string>();
  readonly #read = new Map<Place, ReadConfigurations>();

  constructor(connection: Connection, places: Places) {
    this.#connection = connection;
    this.#places = places;
  }

  forget(): void {
    this.#read.clear();
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
      selections.set(path, await this.#selectionFor(uriOf(path), settings));
    }
    return findings.flatMap((finding) => {
      const selection = selections.get(finding.path) ?? settings;
      return selection === 'excluded' ? [] : (decideFinding(finding, selection) ?? []);
    });
  }

  /** Reads the configuration above a file that may have no findings, to tell what is wrong in it. */
  async check(uri: string): Promise<void> {
    await this.#configurationFor(uri);
  }

  async #selectionFor(uri: string, settings: RuleSelection): Promise<RuleSelection | 'excluded'> {
    const place = this.#places.at(uri);
    const configuration = await this.#configurationFor(uri);
    if (place === undefined || configuration === undefined) {
      return settings;
    }
    const file = place.pathOf(uri).split(place.files.path.sep).join('/');
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
      const own = await this.#configurationFor(uriOf(folder === '' ? 'x' : `${folder}/x`));
      const both = { ...settings, ...own?.frameworks };
      if (Object.keys(both).length > 0) {
        pins.set(folder, both);
      }
    }
    return pins;
  }

  /** Of the folder that the document is in; `undefined` where nothing can be read. */
  async #configurationFor(uri: string): Promise<Configuration | undefined> {
    const place = this.#places.at(uri);
    if (place === undefined) {
      return undefined;
    }
    const folder = place.files.path.dirname(place.pathOf(uri));
    const read = this.#read.get(place) ?? {
      files: new ConfigFiles(place.files),
      byFolder: new Map<string, Promise<Configuration>>(),
    };
    this.#read.set(place, read);
    const known = read.byFolder.get(folder) ?? this.#readConfiguration(place, folder, read.files);
    read.byFolder.set(folder, known);
    return known;
  }

  async #readConfiguration(
    place: Place,
    folder: string,
    files: ConfigFiles,
  ): Promise<Configuration> {
    const chain = await files.for(folder);
    const { configuration, problems } = readConfiguration(chain.tables, knownRules);
    this.#tell(
      place,
      chain.tables.map(({ file }) => file),
      [...chain.problems, ...problems],
    );
    return configuration;
  }

  /** Shows each file's problems at their lines, and clears them once they are mended. */
  #tell(place: Place, files: readonly string[], problems: readonly ConfigProblem[]): void {
    for (const file of new Set([...files, ...problems.map((problem) => problem.file)])) {
      const own = problems.filter((problem) => problem.file === file);
      const content = JSON.stringify(own);
      const uri = place.uriOf(file);
      if ((this.#told.get(uri) ?? '[]') !== content) {
        this.#told.set(uri, content);
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
