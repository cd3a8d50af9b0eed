/** The projects behind the editor's folders and loose documents, kept current. */

import type { Connection, FileEvent, WorkspaceFolder } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import type { ProjectResult } from '../core/engine/result';
import type { PythonParser } from '../core/python/createParser';
import type { ServerStatus } from '../protocol/lsp';
import { isConfigName } from '../files/configFiles';
import { isForeign } from '../files/findSources';
import { Baselines, isBaselineName } from './baselines';
import { Configurations } from './configurations';
import type { OpenDocument, OpenDocuments, OpenSource } from './documents';
import type { Places } from './places';
import { Project } from './project';
import type { Settings, SettingsCache } from './settings';
import { SlowUpdates, type Update } from './slowUpdates';

/** The findings of a document's project, with what is needed to show them. */
export interface DocumentAnalysis {
  readonly project: Project;
  readonly result: ProjectResult;
  /** The document's path in the project. */
  readonly path: string;
}

export interface WorkspaceParts {
  readonly connection: Connection;
  readonly documents: OpenDocuments;
  readonly settings: SettingsCache;
  readonly parser: PythonParser;
  readonly places: Places;
  /** Milliseconds after which an analysis after an edit is told to be slow. */
  readonly slowMs: number;
}

/** A first answer waits this long for the folder to be read, so that it does not change at once. */
const patienceMs = 1500;
const progressEveryMs = 200;

export class Workspace {
  readonly #parts: WorkspaceParts;
  readonly #configurations: Configurations;
  readonly #baselines: Baselines;
  readonly #slow: SlowUpdates;
  readonly #folders = new Map<string, Project>();
  readonly #reading = new Map<string, Promise<void>>();
  readonly #singles = new Map<string, Project>();
  readonly #stopped = new AbortController();
  readonly #listeners = new Set<(status: ServerStatus) => void>();
  readonly #watchers = new Set<(status: ServerStatus) => void>();
  #toldAtMs = 0;
  #showsClosedFiles = false;

  constructor(parts: WorkspaceParts) {
    this.#parts = parts;
    this.#configurations = new Configurations(parts.connection, parts.places);
    this.#baselines = new Baselines(parts.connection, parts.places);
    this.#slow = new SlowUpdates(parts.slowMs, (message) => {
      parts.connection.console.warn(message);
    });
    parts.documents.onDidChange(() => {
      this.#forgetClosedSingles();
    });
  }

  /** Calls back when the findings of documents may have changed without an edit in them. */
  onDidChange(listener: (status: ServerStatus) => void): void {
    this.#listeners.add(listener);
  }

  /** Calls back when the status has changed; while a folder is read, a few times a second. */
  onStatus(watcher: (status: ServerStatus) => void): void {
    this.#watchers.add(watcher);
  }

  get projects(): readonly Project[] {
    return [...this.#folders.values(), ...this.#singles.values()];
  }

  get status(): ServerStatus {
    const folders = [...this.#folders.values()];
    return {
      state: this.#reading.size > 0 ? 'reading' : 'ready',
      fileCount: folders.reduce((sum, { folder }) => sum + (folder?.count ?? 0), 0),
      elapsedMs: folders.find(({ elapsedMs }) => elapsedMs !== undefined)?.elapsedMs,
      ...(this.#slow.slow && { slow: this.#slow.slow }),
    };
  }

  /** Starts reading in the background. */
  addFolders(folders: readonly WorkspaceFolder[]): void {
    for (const { uri } of folders) {
      const project = Project.ofFolder(uri, this.#parts.places);
      this.#folders.set(uri, project);
      this.#singles.clear();
      void this.#read(project);
    }
  }

  removeFolders(folders: readonly WorkspaceFolder[]): void {
    for (const { uri } of folders) {
      this.#folders.delete(uri);
      this.#reading.delete(uri);
    }
    this.#changed();
  }

  /** After a change of settings everything may be excluded or included. */
  readAgain(): void {
    for (const project of this.#folders.values()) {
      void this.#read(project);
    }
  }

  async followChanges(events: readonly FileEvent[]): Promise<void> {
    const isIgnoreFile = ({ uri }: FileEvent): boolean => uri.endsWith('/.gitignore');
    const isConfigured = events.some(({ uri }) => isConfigName(uri));
    if (isConfigured) {
      this.#configurations.forget();
    }
    if (events.some(isIgnoreFile)) {
      this.readAgain();
      return;
    }
    // Programs write and delete many files that are nothing to us.
    let isChanged = isConfigured || events.some(({ uri }) => isBaselineName(uri));
    for (const uri of new Set(events.map((event) => event.uri))) {
      const hasChanged = await this.#folderOf(uri)?.folder?.followChange(uri);
      isChanged ||= hasChanged === true;
    }
    if (isChanged) {
      this.#changed();
    }
  }

  stop(): void {
    this.#stopped.abort();
  }

  /** From here on the findings of closed files are shown, whatever the settings say. */
  showClosedFiles(): void {
    this.#showsClosedFiles = true;
    this.#changed();
  }

  wantsClosedFiles({ hasWorkspaceDiagnostics }: Settings): boolean {
    return hasWorkspaceDiagnostics || this.#showsClosedFiles;
  }

  /** Reads every file of every folder, also where only what is needed is read. */
  async readEverything(signal: AbortSignal): Promise<void> {
    await Promise.all(this.#reading.values());
    for (const { folder } of this.#folders.values()) {
      await folder?.readEverything({ signal, onProgress: this.#tellProgress });
    }
  }

  /** `undefined` where the user has switched BN Guard off. */
  async analyze(document: OpenDocument): Promise<DocumentAnalysis | undefined> {
    const project = this.#projectOf(document.sourceUri);
    await this.#awaitReading(project);
    const settings = await this.#parts.settings.for(project.uri);
    if (!settings.isEnabled) {
      return undefined;
    }
    await this.#configurations.check(document.sourceUri);
    return this.analyzeNow(project, settings, document.sourceUri);
  }

  /** The project as it is, with what settings and configuration files make of its findings. */
  async analyzeNow(
    project: Project,
    { selection, baseline, frameworkVersions }: Settings,
    sourceUri: string,
  ): Promise<DocumentAnalysis> {
    const uriOf = (path: string): string => project.paths.uriOf(path);
    await project.readNeeded(this.#openIn(project));
    const folders = project.foldersWith(this.#openIn(project));
    const pins = await this.#configurations.pins(folders, frameworkVersions, uriOf);
    const open = this.#openIn(project);
    const { parser } = this.#parts;
    const result = project.analyze(open, { parser, pins, onUpdate: this.#noteUpdate });
    const heard = result.findings.filter(({ path }) => !isSilent(project, path));
    const decided = await this.#configurations.decide(heard, selection, uriOf);
    const paths = {
      folderUri: project.uri,
      pathOf: (uri: string) => project.paths.pathOf(uri),
      isRead: (path: string) => result.sources.has(path),
    };
    const hasBaseline = baseline !== undefined && project.folder !== undefined;
    if (!hasBaseline) {
      this.#baselines.forget(project.uri);
    }
    const findings = hasBaseline ? await this.#baselines.lower(decided, baseline, paths) : decided;
    return { project, result: { ...result, findings }, path: project.paths.pathOf(sourceUri) };
  }

  #openIn(project: Project): readonly OpenSource[] {
    return this.#parts.documents.sources().filter(({ uri }) => this.#projectOf(uri) === project);
  }

  #projectOf(uri: string): Project {
    const folder = this.#folderOf(uri);
    if (folder !== undefined) {
      return folder;
    }
    const single = this.#singles.get(uri) ?? Project.ofDocument(uri);
    this.#singles.set(uri, single);
    return single;
  }

  /** Of nested folders, the innermost. */
  #folderOf(uri: string): Project | undefined {
    return [...this.#folders.values()]
      .filter(({ paths }) => paths.holds(uri))
      .sort((a, b) => b.uri.length - a.uri.length)[0];
  }

  async #read(project: Project): Promise<void> {
    const reading = this.#readNow(project);
    this.#reading.set(project.uri, reading);
    this.#changed();
    await reading;
    if (this.#reading.get(project.uri) === reading) {
      this.#reading.delete(project.uri);
    }
    this.#changed();
  }

  async #readNow(project: Project): Promise<void> {
    try {
      const { exclude } = await this.#parts.settings.for(project.uri);
      const { signal } = this.#stopped;
      await project.folder?.read(exclude, { signal, onProgress: this.#tellProgress });
    } catch (cause) {
      if (!this.#stopped.signal.aborted) {
        this.#parts.connection.console.error(`${project.uri} was not read: ${String(cause)}`);
      }
    }
  }

  async #awaitReading(project: Project): Promise<void> {
    const reading = this.#reading.get(project.uri);
    if (reading === undefined) {
      return;
    }
    let timer: ReturnType<typeof setTimeout> | undefined;
    const timeout = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, patienceMs);
    });
    await Promise.race([reading, timeout]);
    clearTimeout(timer);
  }

  #forgetClosedSingles(): void {
    const open = new Set(this.#parts.documents.sources().map(({ uri }) => uri));
    for (const uri of this.#singles.keys()) {
      if (!open.has(uri)) {
        this.#singles.delete(uri);
      }
    }
  }

  #changed(): void {
    this.#tellStatus();
    for (const listener of this.#listeners) {
      listener(this.status);
    }
  }

  readonly #noteUpdate = (update: Update): void => {
    if (this.#slow.note(update)) {
      this.#tellStatus();
    }
  };

  readonly #tellProgress = (): void => {
    if (Date.now() - this.#toldAtMs >= progressEveryMs) {
      this.#tellStatus();
    }
  };

  #tellStatus(): void {
    this.#toldAtMs = Date.now();
    for (const watcher of this.#watchers) {
      watcher(this.status);
    }
  }
}

/** What is installed is not the user's to mend, wherever it is opened from. */
function isSilent({ folder, paths }: Project, path: string): boolean {
  return folder?.isSilent(path) ?? isForeign(URI.parse(paths.uriOf(path)).path);
}
