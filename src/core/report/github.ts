/** Workflow commands that GitHub Actions shows beside the changed lines. */

import type { ReportedFinding } from '../engine/result';
import type { Severity } from '../rules/finding';
import { type JsonLocation, type Sources, jsonLocation } from './json';
import { type FileLines, type ScanReport, fileLinesOf } from './scanReport';

const commands: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'notice',
  hint: 'notice',
};

/** @source https://docs.github.com/actions/reference/workflow-commands-for-github-actions */
export function githubReport(report: ScanReport): string {
  return report.findings.map((finding) => annotationOf(finding, report.sources)).join('');
}

function annotationOf(finding: ReportedFinding, sources: Sources): string {
  const location = jsonLocation(finding, sources);
  const properties = Object.entries({
    file: location.path,
    ...positionsOf(location, fileLinesOf(sources, finding)),
    title: `${finding.rule} ${finding.name}`,
  })
    .map(([key, value]) => `${key}=${escapeProperty(value)}`)
    .join(',');
  const message = `${cellNote(location)}${finding.message}`;
  return `::${commands[finding.severity]} ${properties}::${escapeData(message)}\n`;
}

/** GitHub drops an annotation with columns that spans lines, and knows no cells. */
function positionsOf(
  { cell, range }: JsonLocation,
  { start, end }: FileLines,
): Readonly<Record<string, string>> {
  const lines = { line: String(start), endLine: String(end) };
  return cell === null && start === end
    ? { ...lines, col: String(range.start.column), endColumn: String(range.end.column) }
    : lines;
}

/** Where a format has no room for a notebook's cell, the message says it; cells count from 1. */
export function cellNote({ cell, range }: JsonLocation): string {
  return cell === null ? '' : `Cell ${String(cell + 1)}, line ${String(range.start.line)}: `;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
