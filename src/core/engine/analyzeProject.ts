import { batchNormEvidence } from '../project/evidence';
import { Project } from '../project/project';
import { type ProjectEnvironment, emptyEnvironment } from '../project/versions/environment';
import type { PythonParser } from '../python/createParser';
import type { Rule, RuleContext } from '../rules/context';
import type { Finding } from '../rules/finding';
import { unexplainedSuppression } from '../rules/bn002-unexplained-suppression/rule';
import { unusedSuppression } from '../rules/bn001-unused-suppression/rule';
import { allRules } from '../rules/index';
import type { WrittenModel } from '../training/modelFiles/facts';
import { checkFinding } from './checkFinding';
import { fingerprintOf } from './fingerprint';
import { type RuleSelection, severityFor } from './options';
import { openSource, textSource } from './openSource';
import { rulePageUrl } from './rulePageUrl';
import { silence } from './silence';
import type {
  AnalysisProblem,
  AnalyzedSource,
  ProjectResult,
  ReportedFinding,
  SourceFile,
} from './result';

export interface AnalysisOptions {
  readonly parser: PythonParser;
  readonly selection?: RuleSelection;
  /** Files that name packages, and versions that the user's configuration says. */
  readonly environment?: ProjectEnvironment;
  /** Hears how many of the files that matter have been looked at. */
  readonly onProgress?: (done: number, total: number) => void;
  /** For tests of the engine; everybody else runs them all. */
  readonly rules?: readonly Rule[];
}

/**
 * The one entry for code: what the rules find in these files, which are a whole project.
 *
 * Never throws on what files hold. A rule that throws loses its findings in that module and shows
 * as a problem of kind `ruleFailure`.
 *
 * @param previous the result of an earlier call with the same parser; it is used up, and makes
 *   this call cost only what has changed
 */
export function analyzeProject(
  sources: readonly SourceFile[],
  options: AnalysisOptions,
  previous?: ProjectResult,
): ProjectResult {
  const { parser, selection = {}, environment = emptyEnvironment, rules = allRules } = options;
  const project = previous?.project ?? new Project(parser);
  const opened = sources.map(openSource);
  project.update(opened.map(({ analyzed }) => analyzed));
  const surroundings = environment.manifests.map(textSource);
  const analyzed = new Map(
    [...surroundings, ...opened.map((own) => own.analyzed)].map((own) => [own.path, own]),
  );
  const problems = [
    ...opened.flatMap((own) => own.problems),
    ...project.parsedPaths.flatMap((path) => syntaxProblems(path, project)),
  ];
  const findings: ReportedFinding[] = [];
  const paths = project.parsedPaths;
  for (const [index, path] of paths.entries()) {
    options.onProgress?.(index, paths.length);
    const context = contextFor(path, project, environment);
    for (const rule of context === undefined ? [] : rules) {
      collect({ rule, context, analyzed, selection }, findings, problems);
    }
  }
  return {
    findings: finish(silenceAll(findings, { project, rules, selection }), analyzed),
    problems: problems.filter(({ path }) => analyzed.has(path)).sort(byPlace),
    sources: analyzed,
    modelFilesNear: (path) => modelFilesNear(path, project),
    knownOf: (path) => contextFor(path, project, environment),
    parsedCount: project.parsedPaths.length,
    project,
  };
}

function contextFor(
  path: string,
  project: Project,
  environment: ProjectEnvironment,
): RuleContext | undefined {
  const facts = project.factsOf(path);
  if (facts === undefined) {
    return undefined;
  }
  const closure = project.closureOf(path).flatMap((own) => project.factsOf(own) ?? []);
  return {
    path,
    facts,
    closure,
    evidence: batchNormEvidence(closure),
    versions: project.versionsOf(path, environment),
    moduleAt: (own) => project.moduleAt(own),
    factsOf: (own) => project.factsOf(own),
    companions: () => companionsOf(path, project),
  };
}

function companionsOf(path: string, project: Project): readonly string[] {
  const folder = folderOf(path);
  const others = project.parsedPaths.filter(
    (other) => folderOf(other) === folder || project.closureOf(other).includes(path),
  );
  return [...new Set([...project.closureOf(path), ...others])];
}

function modelFilesNear(path: string, project: Project): readonly WrittenModel[] {
  const written = companionsOf(path, project).flatMap((own) => [
    ...(project.factsOf(own)?.modelFiles ?? []),
  ]);
  return [...new Map(written.map((own) => [`${own.site.path} ${own.file}`, own])).values()];
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

interface RuleRun {
  readonly rule: Rule;
  readonly context: RuleContext | undefined;
  readonly analyzed: ReadonlyMap<string, AnalyzedSource>;
  readonly selection: RuleSelection;
}

/** The one place where a rule's exception is caught. */
function collect(
  { rule, context, analyzed, selection }: RuleRun,
  findings: ReportedFinding[],
  problems: AnalysisProblem[],
): void {
  if (context === undefined) {
    return;
  }
  try {
    const found = Array.from(rule.check(context));
    for (const finding of found) {
      checkFinding(finding, (path) => analyzed.get(path)?.text.length);
      const severity = severityFor(rule, finding.severity, selection);
      if (severity !== 'off') {
        findings.push(report(rule, { ...finding, severity }));
      }
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `Rule ${rule.id} failed here, so its findings in this file are missing: ${reason}`;
    problems.push({ path: context.path, kind: 'ruleFailure', message, range: undefined });
  }
}

interface Silencing {
  readonly project: Project;
  readonly rules: readonly Rule[];
  readonly selection: RuleSelection;
}

function silenceAll(
  findings: readonly ReportedFinding[],
  { project, rules, selection }: Silencing,
): readonly ReportedFinding[] {
  const active = rules.filter((rule) => severityFor(rule, rule.severity, selection) !== 'off');
  const paths = new Set([...project.parsedPaths, ...findings.map(({ path }) => path)]);
  return [...paths].flatMap((path) => {
    const own = findings.filter((found) => found.path === path);
    const module = project.moduleAt(path);
    if (module === undefined) {
      return own;
    }
    const { kept, about, unexplained } = silence(own, { module, path, rules: active, allRules });
    return [
      ...kept,
      ...aboutComments(unusedSuppression, about, selection),
      ...aboutComments(unexplainedSuppression, unexplained, selection),
    ];
  });
}

function aboutComments(
  rule: Rule,
  findings: readonly Finding[],
  selection: RuleSelection,
): readonly ReportedFinding[] {
  const severity = severityFor(rule, rule.severity, selection);
  return severity === 'off' ? [] : findings.map((found) => report(rule, { ...found, severity }));
}

function report(rule: Rule, finding: Finding): ReportedFinding {
  const { id, name } = rule;
  return { ...finding, rule: id, name, url: rulePageUrl(id), fingerprint: '' };
}

function syntaxProblems(path: string, project: Project): readonly AnalysisProblem[] {
  const problems = project.moduleAt(path)?.problems ?? [];
  return problems.map(({ range, message }) => ({ path, kind: 'syntax', range, message }));
}

/** Sorts, drops what two programs found alike, and names what is left. */
function finish(
  findings: readonly ReportedFinding[],
  analyzed: ReadonlyMap<string, AnalyzedSource>,
): readonly ReportedFinding[] {
  const unique = new Map<string, ReportedFinding>();
  for (const finding of findings) {
    const key = `${finding.path}\n${String(finding.range.start)}\n${String(finding.range.end)}\n${finding.rule}`;
    const known = unique.get(key);
    if (known === undefined || rank[finding.severity] < rank[known.severity]) {
      unique.set(key, finding);
    }
  }
  const counts = new Map<string, number>();
  return [...unique.values()].sort(byPlace).map((finding) => {
    const line = lineAt(analyzed.get(finding.path), finding.range.start);
    const key = `${finding.path}\n${finding.rule}\n${line}`;
    const occurrence = counts.get(key) ?? 0;
    counts.set(key, occurrence + 1);
    return { ...finding, fingerprint: fingerprintOf(finding.rule, line, occurrence) };
  });
}

const rank = { error: 0, warning: 1, information: 2, hint: 3 } as const;

function lineAt(source: AnalyzedSource | undefined, offset: number): string {
  const text = source?.text ?? '';
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', offset);
  return text.slice(start, end < 0 ? text.length : end);
}

interface Placed {
  readonly path: string;
  readonly range: { readonly start: number } | undefined;
  readonly rule?: string;
}

function byPlace(a: Placed, b: Placed): number {
  const byPath = a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
  const byStart = (a.range?.start ?? 0) - (b.range?.start ?? 0);
  return byPath || byStart || (a.rule ?? '').localeCompare(b.rule ?? '');
}
