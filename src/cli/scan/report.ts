/** From a result to what is reported, and to how the command ends. */

import type { AnalysisProblem, ReportedFinding } from '../../core/engine/result';
import { type ScanReport, isAtLeast } from '../../core/report/scanReport';
import type { ExitCode } from '../exit';
import type { ScanArguments } from './arguments';
import type { ScanInput } from './input';
import type { ScopedAnalysis } from './workers/partwiseAnalyzer';

export function reportOf(
  result: ScopedAnalysis,
  about: { readonly input: ScanInput; readonly args: ScanArguments; readonly elapsedMs: number },
): ScanReport {
  const { read } = about.input;
  const { shard } = about.args;
  const targets = result.answersFor;
  const isShown = ({ path, severity }: ReportedFinding): boolean =>
    targets.has(path) && isAtLeast(severity, about.args.severity);
  const problems = [...read.problems, ...result.problems].filter(({ path }) => targets.has(path));
  return {
    findings: result.findings.filter(isShown),
    problems: problems.sort(byPath),
    sources: result.sources,
    filesFound: targets.size,
    filesParsed: result.parsedPaths.filter((path) => targets.has(path)).length,
    filesSkipped: problems.filter(({ kind }) => kind === 'unreadable' || kind === 'tooLarge')
      .length,
    elapsedMs: Math.round(about.elapsedMs),
    ...(shard && { shard }),
  };
}

function byPath(a: AnalysisProblem, b: AnalysisProblem): number {
  return a.path === b.path ? 0 : a.path < b.path ? -1 : 1;
}

/** A file asked for by name that could not be analysed is a job not done. */
export function exitCodeOf(
  report: ScanReport,
  { files }: ScanInput,
  args: ScanArguments,
): ExitCode {
  const named = new Set(files.filter(({ isNamed }) => isNamed).map(({ path }) => path));
  const isNotDone = ({ kind, path }: AnalysisProblem): boolean =>
    kind === 'ruleFailure' || (kind !== 'syntax' && named.has(path));
  if (report.problems.some(isNotDone)) {
    return 2;
  }
  const { failOn } = args;
  const isFailing = report.findings.some(
    ({ severity }) => failOn !== 'never' && isAtLeast(severity, failOn),
  );
  return isFailing ? 1 : 0;
}
