/** GitLab's Code Quality report. */

import type { ReportedFinding } from '../engine/result';
import type { Severity } from '../rules/finding';
import { cellNote } from './github';
import { type JsonLocation, jsonLocation } from './json';
import { type ScanReport, fileLinesOf } from './scanReport';

const gitlabSeverities: Readonly<Record<Severity, string>> = {
  error: 'critical',
  warning: 'major',
  information: 'minor',
  hint: 'info',
};

/**
 * GitLab hides the name of a check, so the description starts with the rule. It keeps only one of
 * two entries with the same fingerprint, so repeated ones are told apart.
 *
 * @source https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */
export function gitlabReport(report: ScanReport): string {
  const seen = new Map<string, number>();
  const entries = report.findings.map((finding) => {
    const location = jsonLocation(finding, report.sources);
    const repeat = seen.get(finding.fingerprint) ?? 0;
    seen.set(finding.fingerprint, repeat + 1);
    return {
      description: `${finding.rule} ${cellNote(location)}${finding.message}`,
      check_name: finding.name,
      fingerprint: repeat === 0 ? finding.fingerprint : `${finding.fingerprint}-${String(repeat)}`,
      severity: gitlabSeverities[finding.severity],
      location: { path: location.path, ...positionsOf(location, report, finding) },
    };
  });
  return `${JSON.stringify(entries, undefined, 2)}\n`;
}

/** Columns of a notebook's cell are not those of its file. */
function positionsOf(
  { cell, range }: JsonLocation,
  { sources }: ScanReport,
  finding: ReportedFinding,
): object {
  const lines = fileLinesOf(sources, finding);
  return cell === null
    ? { positions: { begin: range.start, end: range.end } }
    : { lines: { begin: lines.start, end: lines.end } };
}
