/** Analyses whole projects, with as many threads as are worth it and with what earlier scans found. */

import { availableParallelism } from 'node:os';
import {
  type ProjectPlan,
  analyzeOnePart,
  joinResults,
  openSources,
  planParts,
} from '../../../core/engine/partwise';
import { everyFinding } from '../../../core/engine/options';
import type { Analysis, PartResult, SourceFile } from '../../../core/engine/result';
import { type Scope, type Share, shareOf, sizeOf } from '../../../core/engine/shard';
import type { ProjectPart } from '../../../core/project/plan';
import { type PythonParser, createPythonParser } from '../../../core/python/createParser';
import { readParserWasm } from '../../../platform/parserWasm';
import { type ResultCache, keyOf } from '../../../platform/resultCache';
import { type HearResult, analyzeInThreads } from './pool';
import type { WorkerSetup } from './worker';

export interface PartwiseOptions extends WorkerSetup {
  /** `undefined` chooses by the size of the project and the cores there are. */
  readonly threads: number | undefined;
  readonly cache: ResultCache | undefined;
  /** Names this build of the analysis: what another build found does not count. */
  readonly build: string;
  /** Hears how many of the files that matter have been analysed. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** What was found in the parts of a project that somebody asked about. */
export interface ScopedAnalysis extends Analysis {
  /** Those of the targets that it answers for: all of them, or the share of a shard. */
  readonly answersFor: ReadonlySet<string>;
}

/** All parts together, as it is kept. */
interface ScopedResult extends PartResult {
  /** Absent for all that was asked about. */
  readonly answersFor?: readonly string[];
}

/** Characters to read; below, starting a thread takes longer than it saves. */
const worthThreads = 2_000_000;

export class PartwiseAnalyzer {
  readonly #options: PartwiseOptions;
  readonly #surroundings: string;
  /** Results of this process by key: fixing analyses the same parts again and again. */
  readonly #known = new Map<string, PartResult>();
  #parser: Promise<PythonParser> | undefined;

  constructor(options: PartwiseOptions) {
    this.#options = options;
    const { manifests, pins } = options.environment;
    this.#surroundings = JSON.stringify([options.build, manifests, [...pins]]);
  }

  /** @param sources the whole project; only the parts that the scope is about are analysed */
  async analyze(sources: readonly SourceFile[], scope: Scope): Promise<ScopedAnalysis> {
    const { cache, environment } = this.#options;
    const opened = openSources(sources);
    const key = this.#keyOf([
      ...sources.flatMap(({ path, text }) => [path, text]),
      nameOf(scope, sources),
    ]);
    const known = await this.#recall(key);
    if (known !== undefined) {
      return {
        ...joinResults(opened, [known], environment),
        answersFor: answered(known) ?? scope.targets,
      };
    }
    const plan = planParts(opened);
    const share = shareOf(plan.parts, scope);
    const results = await this.#analyzeParts(share.parts, plan.sketches);
    const analysis = joinResults(opened, results, environment);
    await cache?.write(key, together(results, share, scope));
    await cache?.tidy();
    return { ...analysis, answersFor: share.paths };
  }

  async #analyzeParts(
    parts: readonly ProjectPart[],
    sketches: ProjectPlan['sketches'],
  ): Promise<readonly PartResult[]> {
    const keys = new Map(parts.map((part) => [part, this.#keyOf(partTexts(part))]));
    const results = new Map<ProjectPart, PartResult>();
    for (const [part, key] of keys) {
      const known = await this.#recall(key);
      if (known !== undefined) {
        results.set(part, known);
      }
    }
    const missing = parts.filter((part) => !results.has(part));
    const showProgress = this.#progressOf(missing);
    await this.#analyzeAll(missing, sketches, async (part, result) => {
      results.set(part, result);
      showProgress(part);
      // At once, so that whoever stops a long scan does not begin anew.
      await this.#remember(keys.get(part) ?? '', result);
    });
    return parts.flatMap((part) => results.get(part) ?? []);
  }

  async #analyzeAll(
    parts: readonly ProjectPart[],
    sketches: ProjectPlan['sketches'],
    hear: HearResult,
  ): Promise<void> {
    const { bundleFolder, environment } = this.#options;
    const size = parts.reduce((sum, part) => sum + sizeOf(part), 0);
    const isWorthIt = size >= worthThreads;
    const threads = this.#options.threads ?? (isWorthIt ? availableParallelism() : 1);
    // In a thread of its own, memory can be kept low.
    if (isWorthIt || threads > 1) {
      await analyzeInThreads(parts, threads, { bundleFolder, environment, hear });
      return;
    }
    this.#parser ??= readParserWasm(bundleFolder).then(createPythonParser);
    const parser = await this.#parser;
    const options = { parser, environment, selection: everyFinding };
    for (const part of parts) {
      await hear(part, analyzeOnePart(part, options, sketches));
    }
  }

  #progressOf(parts: readonly ProjectPart[]): (part: ProjectPart) => void {
    const total = parts.reduce((sum, { sources }) => sum + sources.length, 0);
    let done = 0;
    return ({ sources }) => {
      done += sources.length;
      this.#options.onProgress?.(done, total);
    };
  }

  #keyOf(texts: readonly string[]): string {
    return keyOf([this.#surroundings, ...texts]);
  }

  async #recall(key: string): Promise<PartResult | undefined> {
    const own = this.#known.get(key);
    const kept = own ?? (await this.#options.cache?.read(key));
    return isPartResult(kept) ? kept : undefined;
  }

  async #remember(key: string, result: PartResult): Promise<void> {
    this.#known.set(key, result);
    await this.#options.cache?.write(key, result);
  }
}

function partTexts({ roots, bareFolders, sources }: ProjectPart): readonly string[] {
  return [
    roots.join('\n'),
    bareFolders.join('\n'),
    ...sources.flatMap(({ path, text, commands }) => [path, text, JSON.stringify(commands ?? [])]),
  ];
}

/** Which of the sources a scope is about; the same for scopes with the same answer. */
function nameOf({ targets, shard }: Scope, sources: readonly SourceFile[]): string {
  const isWhole = shard === undefined && sources.every(({ path }) => targets.has(path));
  return isWhole ? 'all' : JSON.stringify([shard, ...targets]);
}

/** All parts as one, which is as good as a part where results are joined. */
function together(results: readonly PartResult[], share: Share, { shard }: Scope): ScopedResult {
  return {
    ...(shard && { answersFor: [...share.paths] }),
    findings: results.flatMap(({ findings }) => findings),
    problems: results.flatMap(({ problems }) => problems),
    parsedPaths: results.flatMap(({ parsedPaths }) => parsedPaths),
  };
}

function answered({ answersFor }: ScopedResult): ReadonlySet<string> | undefined {
  return answersFor && new Set(answersFor);
}

/** Files are checked for damage when they are read; this tells results from anything else. */
function isPartResult(value: unknown): value is PartResult {
  return (
    typeof value === 'object' &&
    value !== null &&
    'findings' in value &&
    'problems' in value &&
    'parsedPaths' in value
  );
}
