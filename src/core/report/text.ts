/** The report for people: grouped by file, each finding with its source line, cause and remedy. */

import type { AnalysisProblem, AnalyzedSource, ReportedFinding } from '../engine/result';
import type { RelatedPlace } from '../rules/finding';
import {
  type Paint,
  type ScanReport,
  type ToolInfo,
  countBy,
  describePlace,
  placeOf,
  plural,
  severities,
} from './scanReport';
import { shortFindings } from './shortText';
import {
  type FindingContext,
  type TextStyle,
  excerptLines,
  fixTitle,
  listed,
  sureness,
  wrap,
} from './textParts';

/** Past this many findings each has a line of prose, and the rules are explained once, at the end. */
const detailLimit = 20;

export function textReport(
  report: ScanReport,
  { rules }: Pick<ToolInfo, 'rules'>,
  style: TextStyle,
): string {
  const context = { sources: report.sources, style };
  const findings =
    report.findings.length > detailLimit
      ? shortFindings(report.findings, rules, context)
      : report.findings.map((finding) => describeFinding(finding, context));
  return [...findings, summaryOf(report, style.paint)].join('\n');
}

/** One line for a file that could not be seen whole. */
function describeProblem(
  problem: AnalysisProblem,
  sources: ReadonlyMap<string, AnalyzedSource>,
): string {
  const place = describePlace(problem.path, placeOf(sources, problem)?.start);
  const names = problem.kind === 'unreadable' || problem.kind === 'tooLarge';
  return names ? problem.message : `${place}: ${problem.message}`;
}

/** A line for each file with problems: where the first is, and how many follow it. */
export function problemLines({
  problems,
  sources,
}: Pick<ScanReport, 'problems' | 'sources'>): readonly string[] {
  const byFile = new Map<string, AnalysisProblem[]>();
  for (const problem of problems) {
    const key = `${problem.path}\n${problem.kind}`;
    byFile.set(key, [...(byFile.get(key) ?? []), problem]);
  }
  return [...byFile.values()].map((own) => {
    const first = own.slice(0, 1).map((problem) => describeProblem(problem, sources));
    const more = own.length === 1 ? '' : ` (and ${String(own.length - 1)} more in this file)`;
    return `${first.join('')}${more}`;
  });
}

/** How often each rule speaks, most often first. */
export function statisticsOf(report: ScanReport, paint: Paint): string {
  const counts = Object.entries(countBy(report.findings, (finding) => finding.rule));
  const names = new Map(report.findings.map((finding) => [finding.rule, finding.name]));
  counts.sort(([, a], [, b]) => b - a);
  return counts
    .map(
      ([rule, count]) =>
        `${String(count).padStart(6)}  ${paint.strong(rule)} ${names.get(rule) ?? ''}\n`,
    )
    .join('');
}

function describeFinding(finding: ReportedFinding, context: FindingContext): string {
  const { paint, width } = context.style;
  const place = describePlace(finding.path, placeOf(context.sources, finding)?.start);
  const mark = paint[finding.severity];
  const lines = [
    `${paint.strong(place)}  ${mark(finding.severity)}  ${finding.rule} ${paint.faint(finding.name)}${sureness(finding, paint)}`,
    ...wrap(finding.message, width - 2).map((line) => `  ${line}`),
    ...excerptLines(finding, mark, context),
    ...finding.related.flatMap((related) => relatedLines(related, context)),
    ...fixLines(finding, context.style),
  ];
  return `${lines.join('\n')}\n`;
}

function relatedLines(related: RelatedPlace, context: FindingContext): readonly string[] {
  const { paint } = context.style;
  const place = describePlace(related.path, placeOf(context.sources, related)?.start);
  const heading = `  ${paint.faint('from')} ${place}: ${related.message}`;
  return [heading, ...excerptLines(related, paint.faint, context)];
}

function fixLines(finding: ReportedFinding, { paint }: TextStyle): readonly string[] {
  return finding.fixes.map((fix) => {
    const label = fix.safety === 'safe' ? paint.good('fix') : paint.faint('fix');
    return `  ${label}  ${fixTitle(fix, paint)}`;
  });
}

function summaryOf(report: ScanReport, paint: Paint): string {
  const files = `${plural(report.filesFound, 'file')} in ${describeTime(report.elapsedMs)}`;
  if (report.findings.length === 0) {
    return `${paint.good('No findings')} ${paint.faint(`(${files}${skippedNote(report)})`)}\n`;
  }
  const bySeverity = countBy(report.findings, (finding) => finding.severity);
  const counts = severities
    .filter((level) => bySeverity[level] !== undefined)
    .map((level) => paint[level](countedSeverity(level, bySeverity[level] ?? 0)));
  const where = plural(new Set(report.findings.map((finding) => finding.path)).size, 'file');
  return [
    `${paint.strong('Found')} ${listed(counts)} in ${where} ${paint.faint(`(${files}${skippedNote(report)})`)}`,
    ...remedies(report),
    '',
  ].join('\n');
}

function skippedNote({ filesSkipped }: ScanReport): string {
  return filesSkipped === 0 ? '' : `, ${String(filesSkipped)} not analysed`;
}

function countedSeverity(level: string, count: number): string {
  const isUncountable = level === 'information';
  return isUncountable ? `${String(count)} information` : plural(count, level);
}

function remedies({ findings }: ScanReport): readonly string[] {
  const safe = findings.filter(({ fixes }) => fixes.some((fix) => fix.safety === 'safe')).length;
  const suggested = findings.filter(({ fixes }) => fixes.length > 0).length - safe;
  const rules = [...new Set(findings.map((finding) => finding.rule))];
  return [
    ...(safe > 0
      ? [`${plural(safe, 'safe fix').replace('fixs', 'fixes')}: --fix applies, --diff shows.`]
      : []),
    ...(suggested > 0
      ? [`${String(suggested)} with a fix to look at first: --diff --unsafe-fixes shows.`]
      : []),
    `What a rule means: bn-guard explain ${rules.slice(0, 3).join(' ')}`,
  ];
}

function describeTime(elapsedMs: number): string {
  return elapsedMs < 1000 ? `${String(elapsedMs)} ms` : `${(elapsedMs / 1000).toFixed(1)} s`;
}
