import { analyzeProject } from '../core/engine/analyzeProject';
import type { RuleSelection } from '../core/engine/options';
import type { ProjectResult, SourceFile } from '../core/engine/result';
import { createPythonParser } from '../core/python/createParser';
import { readParserWasm } from '../platform/parserWasm';

/** Analyses a project again and again, each time from what the last analysis knows. */
export type Analyzer = (sources: readonly SourceFile[]) => ProjectResult;

/** `folder` holds the parser's wasm files: the bundle's own folder. */
export async function createAnalyzer(folder: string, selection: RuleSelection): Promise<Analyzer> {
  const parser = await createPythonParser(await readParserWasm(folder));
  let previous: ProjectResult | undefined;
  return (sources) => {
    const result = analyzeProject(sources, { parser, selection }, previous);
    previous = result;
    return result;
  };
}
