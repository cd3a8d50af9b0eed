import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { ReportedFinding, SourceFile } from '../core/engine/result';
import type { Scope } from '../core/engine/shard';
import type { ProjectEnvironment } from '../core/project/versions/environment';
import { cacheFolder } from '../platform/cacheFolder';
import { ResultCache } from '../platform/resultCache';
import type { Progress } from './progress';
import { PartwiseAnalyzer, type ScopedAnalysis } from './scan/workers/partwiseAnalyzer';

/** Analyses a project again and again, each time only what has changed. */
export type Analyzer = (sources: readonly SourceFile[]) => Promise<ScopedAnalysis>;

/** The finding as the user wants it, or `undefined`. */
export type Decide = (finding: ReportedFinding) => ReportedFinding | undefined;

export interface AnalyzerOptions {
  readonly decide: Decide;
  readonly scope: Scope;
  readonly environment: ProjectEnvironment;
  readonly progress: Progress;
  /** `undefined` lets the analyzer choose. */
  readonly threads: number | undefined;
  /** Whether results of earlier scans may be used, and those of this one kept. */
  readonly useCache: boolean;
}

/** `folder` holds the parser's wasm files: the bundle's own folder. */
export function createAnalyzer(
  folder: string,
  { decide, scope, environment, progress, threads, useCache }: AnalyzerOptions,
): Analyzer {
  const analyzer = new PartwiseAnalyzer({
    bundleFolder: folder,
    environment,
    threads,
    cache: useCache ? new ResultCache(join(cacheFolder(), 'scan')) : undefined,
    build: buildOf(folder),
    onProgress: (done, total) => {
      progress.update('analysing', done, total);
    },
  });
  return async (sources) => {
    const result = await analyzer.analyze(sources, scope);
    progress.stop();
    return { ...result, findings: result.findings.flatMap((each) => decide(each) ?? []) };
  };
}

/** Differs between versions, and between builds of one version while it is being made. */
function buildOf(folder: string): string {
  const { size, mtimeMs } = statSync(join(folder, 'cli.js'));
  return `${String(size)} ${String(mtimeMs)}`;
}
