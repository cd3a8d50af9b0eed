/** The machine-readable formats of `scan`; the shape is a contract and has a version. */

import type { TextRange } from '../base/textRange';
import type { AnalyzedSource, AnalysisProblem, ReportedFinding } from '../engine/result';
import { type ScanReport, type ToolInfo, countBy, placeOf, severities } from './scanReport';

export interface JsonPosition {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
}

export interface JsonRange {
  readonly start: JsonPosition;
  readonly end: JsonPosition;
}

/** A place in a file; in a notebook, lines count inside the cell. */
export interface JsonLocation {
  readonly path: string;
  /** 0-based among all cells of a notebook, `null` in a Python file. */
  readonly cell: number | null;
  readonly range: JsonRange;
}

/** What has a place: a finding, a related place, an edit. */
export interface Place {
  readonly path: string;
  readonly range: TextRange;
}

export type Sources = ReadonlyMap<string, AnalyzedSource>;

export function jsonReport(report: ScanReport, tool: ToolInfo): string {
  const document = {
    version: 1,
    tool: { name: tool.name, version: tool.version },
    ...(report.shard && { shard: report.shard }),
    findings: report.findings.map((finding) => jsonFinding(finding, report.sources)),
    problems: report.problems.map((problem) => jsonProblem(problem, report.sources)),
    summary: jsonSummary(report),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

/** One object per line, each with its `type`: findings, then problems, then the summary. */
export function jsonLinesReport(report: ScanReport, tool: ToolInfo): string {
  const lines = [
    ...report.findings.map((finding) => ({
      type: 'finding',
      ...jsonFinding(finding, report.sources),
    })),
    ...report.problems.map((problem) => ({
      type: 'problem',
      ...jsonProblem(problem, report.sources),
    })),
    {
      type: 'summary',
      version: 1,
      tool: { name: tool.name, version: tool.version },
      ...(report.shard && { shard: report.shard }),
      ...jsonSummary(report),
    },
  ];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

function jsonFinding(finding: ReportedFinding, sources: Sources): object {
  return {
    rule: finding.rule,
    name: finding.name,
    severity: finding.severity,
    confidence: finding.confidence,
    ...jsonLocation(finding, sources),
    message: finding.message,
    related: finding.related.map((related) => ({
      ...jsonLocation(related, sources),
      message: related.message,
    })),
    fixes: finding.fixes.map(({ title, safety, edits }) => ({
      title,
      safety,
      edits: edits.map((edit) => ({ ...jsonLocation(edit, sources), newText: edit.newText })),
    })),
    fingerprint: finding.fingerprint,
    url: finding.url,
  };
}

function jsonProblem(problem: AnalysisProblem, sources: Sources): object {
  const { path, kind, message, range } = problem;
  const place = range && jsonLocation({ path, range }, sources);
  return { path, kind, message, cell: place?.cell ?? null, range: place?.range ?? null };
}

function jsonSummary(report: ScanReport): object {
  const bySeverity = countBy(report.findings, (finding) => finding.severity);
  return {
    filesFound: report.filesFound,
    filesParsed: report.filesParsed,
    filesSkipped: report.filesSkipped,
    elapsedMs: report.elapsedMs,
    bySeverity: Object.fromEntries(severities.map((level) => [level, bySeverity[level] ?? 0])),
    byRule: countBy(report.findings, (finding) => finding.rule),
  };
}

/** A range outside the known sources, which only a bug can make, lands on the first line. */
export function jsonLocation({ path, range }: Place, sources: Sources): JsonLocation {
  const place = placeOf(sources, { path, range });
  const position = (at: { line0: number; column0: number } | undefined): JsonPosition => ({
    line: (at?.line0 ?? 0) + 1,
    column: (at?.column0 ?? 0) + 1,
  });
  const start = position(place?.start);
  return { path, cell: place?.start.cell ?? null, range: { start, end: position(place?.end) } };
}
