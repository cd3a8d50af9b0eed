/** Workflow commands that GitHub Actions shows beside the changed lines. */

import type { ReportedFinding } from '../engine/result';
import type { Severity } from '../rules/finding';
import { type JsonLocation, jsonLocation } from './json';
import type { ScanReport } from './scanReport';

const commands: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'notice',
  hint: 'notice',
};

/** @source https://docs.github.com/actions/reference/workflow-commands-for-github-actions */
export function githubReport(report: ScanReport): string {
  return report.findings
    .map((finding) => annotationOf(finding, jsonLocation(finding, report.sources)))
    .join('');
}

function annotationOf(finding: ReportedFinding, location: JsonLocation): string {
  const properties = Object.entries({
    file: location.path,
    ...positionsOf(location),
    title: `${finding.rule} ${finding.name}`,
  })
    .map(([key, value]) => `${key}=${escapeProperty(value)}`)
    .join(',');
  const message = `${cellNote(location)}${finding.message}`;
  return `::${commands[finding.severity]} ${properties}::${escapeData(message)}\n`;
}

/** GitHub drops an annotation with columns that spans lines, and knows no cells. */
function positionsOf({ cell, range }: JsonLocation): Readonly<Record<string, string>> {
  if (cell !== null) {
    return { line: '1' };
  }
  const lines = { line: String(range.start.line), endLine: String(range.end.line) };
  return range.start.line === range.end.line
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
