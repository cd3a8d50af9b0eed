/** SARIF 2.1.0, for code scanning services. */

import type { AnalysisProblem, ReportedFinding } from '../engine/result';
import { rulePageUrl } from '../engine/rulePageUrl';
import type { Severity } from '../rules/finding';
import { endingLinesAs } from '../fixes/applyFixes';
import type { Fix } from '../fixes/fix';
import type { RuleInfo } from '../rules/rule';
import { cellNote } from './github';
import { type JsonLocation, type Place, type Sources, jsonLocation } from './json';
import { rulePage } from './ruleText';
import { type ScanReport, type ToolInfo, fileLinesOf, plainPaint } from './scanReport';

const levels: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};

/** @source https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export function sarifReport(report: ScanReport, tool: ToolInfo): string {
  const order = new Map<string, number>(tool.rules.map((rule, index) => [rule.id, index]));
  const run = {
    tool: {
      driver: {
        name: 'BN Guard',
        semanticVersion: tool.version,
        informationUri: 'https://bn-guard.github.io',
        rules: tool.rules.map(describeRule),
      },
    },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { SRCROOT: { description: { text: 'The folder the scan ran in' } } },
    invocations: [invocationOf(report)],
    results: report.findings.map((finding) => resultOf(finding, report.sources, order)),
    ...(report.shard && { properties: { shard: report.shard } }),
  };
  const document = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [run],
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

/** Viewers wrap text themselves as well; this width suits those that do not. */
const plainStyle = { paint: plainPaint, width: 100 };

function describeRule(rule: RuleInfo): object {
  return {
    id: rule.id,
    name: rule.name,
    shortDescription: { text: rule.summary },
    fullDescription: { text: rule.summary },
    helpUri: rulePageUrl(rule.id),
    help: { text: rulePage(rule, plainStyle), markdown: rule.doc },
    defaultConfiguration: { level: levels[rule.severity] },
    properties: { tags: ['batch-normalization', ...rule.frameworks], since: rule.since },
  };
}

function resultOf(
  finding: ReportedFinding,
  sources: Sources,
  order: ReadonlyMap<string, number>,
): object {
  const location = jsonLocation(finding, sources);
  const index = order.get(finding.rule);
  return {
    ruleId: finding.rule,
    ...(index === undefined ? {} : { ruleIndex: index }),
    level: levels[finding.severity],
    message: { text: `${cellNote(location)}${finding.message}` },
    locations: [{ physicalLocation: physicalLocation(finding, sources) }],
    relatedLocations: finding.related.map((related, id) => ({
      id,
      physicalLocation: physicalLocation(related, sources),
      message: { text: related.message },
    })),
    fixes: finding.fixes.flatMap((fix) => describeFix(fix, sources)),
    partialFingerprints: { 'bnGuard/v1': finding.fingerprint },
    hostedViewerUri: finding.url,
    properties: {
      severity: finding.severity,
      confidence: finding.confidence,
      ...(location.cell === null ? {} : { cell: location.cell, cellRange: location.range }),
    },
  };
}

/**
 * A region cannot name a notebook's cell, and columns in a cell are not columns of the file: the
 * lines of the file are meant, and the message says more.
 */
function physicalLocation(at: Place, sources: Sources): object {
  const location = jsonLocation(at, sources);
  const lines = fileLinesOf(sources, at);
  return {
    artifactLocation: artifactOf(at.path),
    region:
      location.cell === null ? regionOf(location) : { startLine: lines.start, endLine: lines.end },
  };
}

function artifactOf(path: string): object {
  return { uri: path.split('/').map(encodeURIComponent).join('/'), uriBaseId: 'SRCROOT' };
}

function regionOf({ range: { start, end } }: JsonLocation): object {
  return {
    startLine: start.line,
    startColumn: start.column,
    endLine: end.line,
    endColumn: end.column,
  };
}

/** SARIF applies a fix to files as they are, which a notebook's cells are not. */
function describeFix(fix: Fix, sources: Sources): readonly object[] {
  const edits = fix.edits.map((edit) => ({ ...edit, at: jsonLocation(edit, sources) }));
  if (edits.some(({ at }) => at.cell !== null)) {
    return [];
  }
  const paths = [...new Set(edits.map((edit) => edit.path))];
  const changes = paths.map((path) => ({
    artifactLocation: artifactOf(path),
    replacements: edits
      .filter((edit) => edit.path === path)
      .map((edit) => ({
        deletedRegion: regionOf(edit.at),
        insertedContent: { text: endingLinesAs(sources.get(path)?.text ?? '', edit.newText) },
      })),
  }));
  const note = fix.safety === 'safe' ? '' : ' (suggestion)';
  return [{ description: { text: `${fix.title}${note}` }, artifactChanges: changes }];
}

function invocationOf(report: ScanReport): object {
  return {
    executionSuccessful: !report.problems.some((problem) => problem.kind === 'ruleFailure'),
    toolExecutionNotifications: report.problems.map((problem) =>
      notificationOf(problem, report.sources),
    ),
  };
}

function notificationOf({ path, kind, message, range }: AnalysisProblem, sources: Sources): object {
  return {
    level: kind === 'ruleFailure' ? 'error' : 'warning',
    message: { text: message },
    descriptor: { id: kind },
    locations: [
      {
        physicalLocation: range
          ? physicalLocation({ path, range }, sources)
          : { artifactLocation: artifactOf(path) },
      },
    ],
  };
}
