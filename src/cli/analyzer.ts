import { analyzeProject } from '../core/engine/analyzeProject';
import { everyFinding } from '../core/engine/options';
import type { ProjectResult, ReportedFinding, SourceFile } from '../core/engine/result';
import type { ProjectEnvironment } from '../core/project/versions/environment';
import { createPythonParser } from '../core/python/createParser';
import { readParserWasm } from '../platform/parserWasm';
import type { Progress } from './progress';

/** Analyses a project again and again, each time from what the last analysis knows. */
export type Analyzer = (sources: readonly SourceFile[]) => ProjectResult;

/** The finding as the user wants it, or `undefined`. */
export type Decide = (finding: ReportedFinding) => ReportedFinding | undefined;

export interface AnalyzerOptions {
  readonly decide: Decide;
  readonly environment: ProjectEnvironment;
  readonly progress: Progress;
}

/** `folder` holds the parser's wasm files: the bundle's own folder. */
export async function createAnalyzer(
  folder: string,
  { decide, environment, progress }: AnalyzerOptions,
): Promise<Analyzer> {
  const parser = await createPythonParser(await readParserWasm(folder));
  let previous: ProjectResult | undefined;
  return (sources) => {
    const onProgress = (done: number, total: number): void => {
      progress.update('analysing', done, total);
    };
    const result = analyzeProject(
      sources,
      { parser, environment, onProgress, selection: everyFinding },
      previous,
    );
    progress.stop();
    previous = result;
    return { ...result, findings: result.findings.flatMap((each) => decide(each) ?? []) };
  };
}
