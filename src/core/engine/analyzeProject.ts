import { folderOf } from '../project/modulePaths';
import type { PartRun } from '../project/partRun';
import { Project } from '../project/project';
import { type ProjectEnvironment, emptyEnvironment } from '../project/versions/environment';
import { EnvironmentStatements } from '../project/versions/moduleVersions';
import type { PythonParser } from '../python/createParser';
import type { Rule, RuleContext } from '../rules/context';
import { allRules } from '../rules/index';
import type { WrittenModel } from '../training/modelFiles/facts';
import { analyzePart } from './analyzePart';
import type { RuleSelection } from './options';
import { joinResults, openSources } from './partwise';
import { contextFor } from './ruleContext';
import type { PartResult, ProjectResult, SourceFile } from './result';

export interface AnalysisOptions {
  readonly parser: PythonParser;
  readonly selection?: RuleSelection;
  /** Files that name packages, and versions that the user's configuration says. */
  readonly environment?: ProjectEnvironment;
  /** For tests of the engine; everybody else runs them all. */
  readonly rules?: readonly Rule[];
}

/**
 * The one entry for code: what the rules find in these files, which are a whole project.
 *
 * Never throws on what files hold. A rule that throws loses its findings in that module and shows
 * as a problem of kind `ruleFailure`.
 *
 * @param previous the result of an earlier call with the same options; it is used up, and makes
 *   this call cost only what has changed
 */
export function analyzeProject(
  sources: readonly SourceFile[],
  options: AnalysisOptions,
  previous?: ProjectResult,
): ProjectResult {
  const { parser, selection = {}, rules = allRules } = options;
  const environment = environmentFor(options, previous);
  const project = previous?.project ?? new Project(parser);
  const opened = openSources(sources);
  const isElsewhere = environment !== previous?.environment;
  const parts = new Map<PartRun, PartResult>();
  for (const { run, hasChanged } of project.update(opened.map(({ analyzed }) => analyzed))) {
    const known = hasChanged || isElsewhere ? undefined : previous.parts.get(run);
    parts.set(run, known ?? analyzePart(run, { rules, selection, environment }));
  }
  return {
    ...joinResults(opened, [...parts.values()], environment.environment),
    knownOf: (path) => contextAt(path, [...parts.keys()], environment),
    modelFilesNear: (path) => modelFilesNear(path, [...parts.keys()], environment),
    project,
    parts,
    environment,
  };
}

/** What rules see of the module, wherever it is. */
function contextAt(
  path: string,
  runs: readonly PartRun[],
  environment: EnvironmentStatements,
): RuleContext | undefined {
  const run = runs.find((own) => own.factsOf(path) !== undefined);
  return run && contextFor(path, run, environment);
}

/** Modules beside it count, whether imports join them or not. */
function modelFilesNear(
  path: string,
  runs: readonly PartRun[],
  environment: EnvironmentStatements,
): readonly WrittenModel[] {
  const folder = folderOf(path);
  const beside = runs.flatMap((run) =>
    run.parsedPaths.filter((own) => folderOf(own) === folder).map((own) => run.factsOf(own)),
  );
  const context = contextAt(path, runs, environment);
  const companions = context?.companions().map((own) => context.factsOf(own)) ?? [];
  const written = [...companions, ...beside].flatMap((facts) => [...(facts?.modelFiles ?? [])]);
  return [...new Map(written.map((own) => [`${own.site.path} ${own.file}`, own])).values()];
}

/** Statements of manifests are read once, as long as nothing around the project changes. */
function environmentFor(
  { environment = emptyEnvironment, parser }: AnalysisOptions,
  previous: ProjectResult | undefined,
): EnvironmentStatements {
  return previous?.environment.environment === environment
    ? previous.environment
    : new EnvironmentStatements(environment, parser);
}
