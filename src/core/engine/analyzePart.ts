/** What the rules find in one part of a project. */

import type { PartRun } from '../project/partRun';
import type { EnvironmentStatements } from '../project/versions/moduleVersions';
import type { Rule } from '../rules/context';
import type { Finding } from '../rules/finding';
import { unexplainedSuppression } from '../rules/bn002-unexplained-suppression/rule';
import { unusedSuppression } from '../rules/bn001-unused-suppression/rule';
import { allRules } from '../rules/index';
import { checkFinding } from './checkFinding';
import { nameFindings } from './nameFindings';
import { type RuleSelection, severityFor } from './options';
import { byPlace } from './order';
import type { AnalysisProblem, PartResult, ReportedFinding } from './result';
import { contextFor } from './ruleContext';
import { rulePageUrl } from './rulePageUrl';
import { silence } from './silence';

/** Which rules run, at which level, and in which surroundings. */
export interface RuleSetting {
  readonly rules: readonly Rule[];
  readonly selection: RuleSelection;
  readonly environment: EnvironmentStatements;
}

/**
 * Never throws on what files hold. A rule that throws loses its findings in that module and shows
 * as a problem of kind `ruleFailure`.
 */
export function analyzePart(run: PartRun, setting: RuleSetting): PartResult {
  const paths = run.parsedPaths;
  const problems = paths.flatMap((path) => [...syntaxProblems(path, run), ...failureOf(path, run)]);
  const findings = paths.flatMap((path) => {
    const { found, failures } = checkModule(path, run, setting);
    problems.push(...failures);
    return found;
  });
  const kept = silenceAll(findings, run, setting);
  return {
    findings: nameFindings(kept, (path) => run.moduleAt(path)?.text ?? ''),
    problems: problems.sort(byPlace),
    parsedPaths: paths,
  };
}

interface Checked {
  readonly found: readonly ReportedFinding[];
  readonly failures: readonly AnalysisProblem[];
}

/** The one place where a rule's exception is caught. */
function checkModule(
  path: string,
  run: PartRun,
  { rules, selection, environment }: RuleSetting,
): Checked {
  const context = contextFor(path, run, environment);
  const found: ReportedFinding[] = [];
  const failures: AnalysisProblem[] = [];
  // In what was not read, something may be that a rule asks for: better to say nothing.
  if (context === undefined || run.isCut(path)) {
    return { found, failures };
  }
  for (const rule of rules) {
    try {
      for (const finding of Array.from(rule.check(context))) {
        checkFinding(finding, (own) => textAt(own, run, environment)?.length);
        found.push(...chosen(rule, finding, selection));
      }
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      const message = `Rule ${rule.id} failed here, so its findings in this file are missing: ${reason}`;
      failures.push({ path, kind: 'ruleFailure', message, range: undefined });
    }
  }
  return { found, failures };
}

/** The finding at the level the user wants, if at all. */
function chosen(
  rule: Rule,
  finding: Finding,
  selection: RuleSelection,
): readonly ReportedFinding[] {
  const severity = severityFor(rule, finding.severity, selection);
  return severity === 'off' ? [] : [report(rule, { ...finding, severity })];
}

function silenceAll(
  findings: readonly ReportedFinding[],
  run: PartRun,
  { rules, selection }: RuleSetting,
): readonly ReportedFinding[] {
  const active = rules.filter((rule) => severityFor(rule, rule.severity, selection) !== 'off');
  const paths = new Set([...run.parsedPaths, ...findings.map(({ path }) => path)]);
  return [...paths].flatMap((path) => {
    const own = findings.filter((found) => found.path === path);
    const module = run.moduleAt(path);
    if (module === undefined) {
      return own;
    }
    const able = run.isCut(path) ? [] : active;
    const { kept, about, unexplained } = silence(own, { module, path, rules: able, allRules });
    return [
      ...kept,
      ...aboutComments(unusedSuppression, about, selection),
      ...aboutComments(unexplainedSuppression, unexplained, selection),
    ];
  });
}

/** What is found about comments has the level of its rule. */
function aboutComments(
  rule: Rule,
  findings: readonly Finding[],
  selection: RuleSelection,
): readonly ReportedFinding[] {
  const { severity } = rule;
  return findings.flatMap((found) => chosen(rule, { ...found, severity }, selection));
}

/** The text of a module of the part, or of a file that names packages. */
function textAt(
  path: string,
  run: PartRun,
  { environment }: EnvironmentStatements,
): string | undefined {
  return run.moduleAt(path)?.text ?? environment.manifests.find((own) => own.path === path)?.text;
}

function report(rule: Rule, finding: Finding): ReportedFinding {
  const { id, name } = rule;
  return { ...finding, rule: id, name, url: rulePageUrl(id), fingerprint: '' };
}

function failureOf(path: string, run: PartRun): readonly AnalysisProblem[] {
  const reason = run.failureOf(path);
  const message = `The analysis failed here, so findings in this file may be missing: ${reason ?? ''}`;
  return reason === undefined ? [] : [{ path, kind: 'ruleFailure', message, range: undefined }];
}

function syntaxProblems(path: string, run: PartRun): readonly AnalysisProblem[] {
  const problems = run.moduleAt(path)?.problems ?? [];
  return problems.map(({ range, message }) => ({ path, kind: 'syntax', range, message }));
}
