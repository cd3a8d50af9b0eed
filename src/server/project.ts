/** A workspace folder, or a document on its own, and what is known about it. */

import { analyzeProject } from '../core/engine/analyzeProject';
import type { PythonParser } from '../core/python/createParser';
import { everyFinding } from '../core/engine/options';
import type { ProjectResult, SourceFile } from '../core/engine/result';
import {
  type FrameworkPins,
  type ProjectEnvironment,
  emptyEnvironment,
} from '../core/project/versions/environment';
import type { OpenSource } from './documents';
import { FolderSources } from './folderSources';
import type { Places } from './places';
import type { Update } from './slowUpdates';
import { type ProjectPaths, folderPaths, singlePaths } from './projectPaths';

/** What an analysis was made from. */
interface AnalysisInput {
  readonly read: readonly SourceFile[];
  readonly open: readonly SourceFile[];
  readonly environment: ProjectEnvironment;
}

export interface AnalyzeOptions {
  readonly parser: PythonParser;
  /** Versions to take for granted, by folder. */
  readonly pins: ReadonlyMap<string, FrameworkPins>;
  /** Told what an analysis took that was not the first, and which open files had changed. */
  readonly onUpdate?: (update: Update) => void;
}

interface CachedAnalysis {
  readonly input: AnalysisInput;
  readonly result: ProjectResult;
  readonly elapsedMs: number;
}

export class Project {
  readonly paths: ProjectPaths;
  /** The scope of its settings: the folder, or the document. */
  readonly uri: string;
  /** The files of a folder that can be read. */
  readonly folder: FolderSources | undefined;
  #cached: CachedAnalysis | undefined;
  #environment = emptyEnvironment;

  private constructor(uri: string, paths: ProjectPaths, folder: FolderSources | undefined) {
    this.uri = uri;
    this.paths = paths;
    this.folder = folder;
  }

  /** A folder that cannot be read holds its open documents only. */
  static ofFolder(uri: string, places: Places): Project {
    const paths = folderPaths(uri);
    const place = places.at(uri);
    return new Project(uri, paths, place && new FolderSources(uri, paths, place));
  }

  static ofDocument(uri: string): Project {
    return new Project(uri, singlePaths(uri), undefined);
  }

  /** Milliseconds of the last analysis. */
  get elapsedMs(): number | undefined {
    return this.#cached?.elapsedMs;
  }

  /** The folders of its modules, by the paths of the project. */
  foldersWith(open: readonly OpenSource[]): ReadonlySet<string> {
    const read = this.folder?.list() ?? [];
    return new Set([...read, ...this.#openSources(open)].map(({ path }) => folderOf(path)));
  }

  /** Reads what open documents import, where that is not read anyway. */
  async readNeeded(open: readonly OpenSource[]): Promise<void> {
    await this.folder?.readNeeded(this.#openSources(open));
  }

  #openSources(open: readonly OpenSource[]): readonly SourceFile[] {
    return open.map(({ uri, text }) => ({ path: this.paths.pathOf(uri), text }));
  }

  /** The same object as long as it says the same. */
  #environmentWith(pins: ReadonlyMap<string, FrameworkPins>): ProjectEnvironment {
    const manifests = this.folder?.manifests ?? [];
    const known = this.#environment;
    if (known.manifests !== manifests || !isSamePins(known.pins, pins)) {
      this.#environment = { manifests, pins };
    }
    return this.#environment;
  }

  /**
   * The findings of the project as it is: an open document counts before its file. Nothing
   * is analysed twice for the same texts.
   */
  analyze(open: readonly OpenSource[], { parser, pins, onUpdate }: AnalyzeOptions): ProjectResult {
    const input: AnalysisInput = {
      read: this.folder?.list() ?? [],
      open: this.#openSources(open),
      environment: this.#environmentWith(pins),
    };
    if (this.#cached && isSame(this.#cached.input, input)) {
      return this.#cached.result;
    }
    const startedMs = performance.now();
    const result = analyzeProject(
      overlay(input),
      { parser, environment: input.environment, selection: everyFinding },
      this.#cached?.result,
    );
    const elapsedMs = performance.now() - startedMs;
    const before = this.#cached;
    this.#cached = { input, result, elapsedMs };
    if (before !== undefined) {
      onUpdate?.({ elapsedMs, paths: changedPaths(before.input, input) });
    }
    return result;
  }
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

type Pins = ReadonlyMap<string, FrameworkPins>;

function isSamePins(a: Pins, b: Pins): boolean {
  return JSON.stringify([...a]) === JSON.stringify([...b]);
}

function isSame(a: AnalysisInput, b: AnalysisInput): boolean {
  return (
    a.read === b.read &&
    a.environment === b.environment &&
    a.open.length === b.open.length &&
    a.open.every(({ path, text }, index) => {
      const other = b.open[index];
      return other?.path === path && other.text === text;
    })
  );
}

/** Open files whose text is another one, or that were opened. */
function changedPaths(before: AnalysisInput, { open }: AnalysisInput): readonly string[] {
  const texts = new Map([...before.read, ...before.open].map(({ path, text }) => [path, text]));
  return open.filter(({ path, text }) => texts.get(path) !== text).map(({ path }) => path);
}

function overlay({ read, open }: AnalysisInput): readonly SourceFile[] {
  const openByPath = new Map(open.map((source) => [source.path, source]));
  const current = read.map((source) => openByPath.get(source.path) ?? source);
  const known = new Set(read.map(({ path }) => path));
  return [...current, ...open.filter(({ path }) => !known.has(path))];
}
