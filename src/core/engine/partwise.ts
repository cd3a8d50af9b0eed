/**
 * A whole project, part by part: whoever has several threads, processes or earlier results plans
 * once, gets the result of each part from anywhere, and joins them.
 */

import { PartRun } from '../project/partRun';
import { Planner, type ProjectPart } from '../project/plan';
import { type ModuleSource, Sketches } from '../project/sketch';
import { type ProjectEnvironment, emptyEnvironment } from '../project/versions/environment';
import { EnvironmentStatements } from '../project/versions/moduleVersions';
import { allRules } from '../rules/index';
import { analyzePart } from './analyzePart';
import type { AnalysisOptions } from './analyzeProject';
import { type OpenedSource, openSource, textSource } from './openSource';
import { byPlace } from './order';
import type { Analysis, AnalyzedSource, PartResult, SourceFile } from './result';

export interface ProjectPlan {
  /** Plain data that can be sent to another thread. */
  readonly parts: readonly ProjectPart[];
  /** Outlines of the sources, for whoever analyses parts in this thread. */
  readonly sketches: Sketches;
}

/** What the files hold as code; the first step of every analysis. */
export function openSources(sources: readonly SourceFile[]): readonly OpenedSource[] {
  return sources.map(openSource);
}

/** @param opened all files of the project */
export function planParts(opened: readonly OpenedSource[]): ProjectPlan {
  const sketches = new Sketches();
  const parts = new Planner(sketches).plan(opened.map(({ analyzed }) => plain(analyzed)));
  return { parts, sketches };
}

/** Without the way back to the user's lines, which no other thread needs. */
function plain({ path, text, commands }: AnalyzedSource): ModuleSource {
  return { path, text, ...(commands && { commands }) };
}

/**
 * Analyses one part and keeps nothing of it: a function of the part, the options and nothing else.
 *
 * @param sketches of the plan, when the part comes from this thread
 */
export function analyzeOnePart(
  part: ProjectPart,
  { parser, selection = {}, rules = allRules, environment = emptyEnvironment }: AnalysisOptions,
  sketches = new Sketches(),
): PartResult {
  const run = new PartRun(parser, sketches);
  run.update(part);
  const statements = new EnvironmentStatements(environment, parser);
  return analyzePart(run, { rules, selection, environment: statements });
}

/** @param results of all parts, in any order */
export function joinResults(
  opened: readonly OpenedSource[],
  results: readonly PartResult[],
  environment: ProjectEnvironment = emptyEnvironment,
): Analysis {
  return {
    findings: results.flatMap(({ findings }) => findings).sort(byPlace),
    problems: [
      ...opened.flatMap(({ problems }) => problems),
      ...results.flatMap(({ problems }) => problems),
    ].sort(byPlace),
    sources: new Map(
      [...environment.manifests.map(textSource), ...opened.map(({ analyzed }) => analyzed)].map(
        (own) => [own.path, own],
      ),
    ),
    parsedPaths: results.flatMap(({ parsedPaths }) => parsedPaths).sort(),
  };
}
