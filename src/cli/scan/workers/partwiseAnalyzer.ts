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
import type { ProjectPart } from '../../../core/project/plan';
import { type PythonParser, createPythonParser } from '../../../core/python/createParser';
import { readParserWasm } from '../../../platform/parserWasm';
import { type ResultCache, keyOf } from '../../../platform/resultCache';
import { analyzeInThreads, sizeOf } from './pool';
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

  async analyze(sources: readonly SourceFile[]): Promise<Analysis> {
    const { cache, environment } = this.#options;
    const opened = openSources(sources);
    const key = this.#keyOf(sources.flatMap(({ path, text }) => [path, text]));
    const known = await this.#recall(key);
    if (known !== undefined) {
      return joinResults(opened, [known], environment);
    }
    const results = await this.#analyzeParts(planParts(opened));
    const analysis = joinResults(opened, results, environment);
    await cache?.write(key, together(results));
    await cache?.tidy();
    return analysis;
  }

  async #analyzeParts({ parts, sketches }: ProjectPlan): Promise<readonly PartResult[]> {
    const keys = new Map(parts.map((part) => [part, this.#keyOf(partTexts(part))]));
    const results = new Map<ProjectPart, PartResult>();
    for (const [part, key] of keys) {
      const known = await this.#recall(key);
      if (known !== undefined) {
        results.set(part, known);
      }
    }
    const missing = parts.filter((part) => !results.has(part));
    const analyzed = await this.#analyzeAll(missing, sketches);
    await Promise.all(
      missing.map(async (part, index) => {
        const result = analyzed[index];
        if (result !== undefined) {
          results.set(part, result);
          await this.#remember(keys.get(part) ?? '', result);
        }
      }),
    );
    return parts.flatMap((part) => results.get(part) ?? []);
  }

  async #analyzeAll(
    parts: readonly ProjectPart[],
    sketches: ProjectPlan['sketches'],
  ): Promise<readonly PartResult[]> {
    const { bundleFolder, environment } = this.#options;
    const size = parts.reduce((sum, part) => sum + sizeOf(part), 0);
    const hear = this.#listenerFor(parts);
    const isWorthIt = size >= worthThreads;
    const threads = this.#options.threads ?? (isWorthIt ? availableParallelism() : 1);
    // In a thread of its own, memory can be kept low.
    if (isWorthIt || threads > 1) {
      return analyzeInThreads(parts, threads, { bundleFolder, environment, hear });
    }
    this.#parser ??= readParserWasm(bundleFolder).then(createPythonParser);
    const parser = await this.#parser;
    return parts.map((part) => {
      const result = analyzeOnePart(
        part,
        { parser, environment, selection: everyFinding },
        sketches,
      );
      hear(part);
      return result;
    });
  }

  #listenerFor(parts: readonly ProjectPart[]): (part: ProjectPart) => void {
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

/** All parts as one, which is as good as a part where results are joined. */
function together(results: readonly PartResult[]): PartResult {
  return {
    findings: results.flatMap(({ findings }) => findings),
    problems: results.flatMap(({ problems }) => problems),
    parsedPaths: results.flatMap(({ parsedPaths }) => parsedPaths),
  };
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
