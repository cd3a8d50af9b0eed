/** JUnit XML: a suite per file that has findings, a failing case per finding. */

import type { ReportedFinding } from '../engine/result';
import { cellNote } from './github';
import { jsonLocation } from './json';
import { type ScanReport, countBy, describePlace, fileLinesOf, placeOf } from './scanReport';

/** A run without findings has one passing case, because some readers refuse an empty report. */
export function junitReport(report: ScanReport): string {
  const total = report.findings.length;
  const paths = Object.keys(countBy(report.findings, (finding) => finding.path));
  const suites = paths.map((path) => suiteOf(path, report));
  const clean = [
    '  <testsuite name="bn-guard" tests="1" failures="0">',
    '    <testcase name="no findings" classname="bn-guard"/>',
    '  </testsuite>',
  ].join('\n');
  const counts = `tests="${String(Math.max(1, total))}" failures="${String(total)}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="bn-guard" ${counts}>`,
    ...(total === 0 ? [clean] : suites),
    '</testsuites>',
    '',
  ].join('\n');
}

function suiteOf(path: string, report: ScanReport): string {
  const findings = report.findings.filter((finding) => finding.path === path);
  const count = String(findings.length);
  return [
    `  <testsuite name="${escapeXml(path)}" tests="${count}" failures="${count}">`,
    ...findings.map((finding) => caseOf(finding, report)),
    '  </testsuite>',
  ].join('\n');
}

function caseOf(finding: ReportedFinding, report: ScanReport): string {
  const location = jsonLocation(finding, report.sources);
  const line = String(fileLinesOf(report.sources, finding).start);
  const where = describePlace(finding.path, placeOf(report.sources, finding)?.start);
  const message = escapeXml(`${cellNote(location)}${finding.message}`);
  return [
    `    <testcase name="${finding.rule} ${escapeXml(finding.name)} ${escapeXml(where)}" classname="${escapeXml(finding.path)}" file="${escapeXml(finding.path)}" line="${line}">`,
    `      <failure type="${finding.severity}" message="${message}">${escapeXml(where)}: ${message}</failure>`,
    '    </testcase>',
  ].join('\n');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\t': '&#9;',
};

/** XML 1.0 has no way to write the other control characters; they become question marks. */
function escapeXml(text: string): string {
  return text
    .replace(/[&<>"\n\t]/g, (character) => entities[character] ?? character)
    .replace(/\p{Cc}/gu, '?');
}
