/** From the reports of all shards to the report that one scan would have written. */

import { type Result, err, ok } from '../../base/result';
import type { Shard } from '../../engine/shard';
import { countBy, severities } from '../scanReport';
import { type MergedFinding, type ReportPart, valueAt } from './part';

/** A part and the name of its file. */
export interface NamedPart extends ReportPart {
  readonly name: string;
}

export interface MergedReport {
  /** By path, then position. */
  readonly findings: readonly MergedFinding[];
  /** Whether every scan did its job. */
  readonly isSuccessful: boolean;
  /** The report in the format of its parts, with these of the findings. */
  print(findings: readonly MergedFinding[]): string;
}

/** Refuses what would hide findings: a missing shard, or parts that do not belong together. */
export function mergeParts(parts: readonly NamedPart[]): Result<MergedReport, string> {
  const [first] = parts;
  if (first === undefined) {
    return err('There is nothing to merge');
  }
  const problem = parts.map((part) => mismatch(first, part)).find((each) => each !== undefined);
  const missing = problem ?? shardProblem(parts);
  if (missing !== undefined) {
    return err(missing);
  }
  // All that is about one file is in one part, so that order by path is order by place.
  const findings = parts.flatMap((part) => part.findings).sort(byPath);
  const print = first.format === 'json' ? printJson : printSarif;
  return ok({
    findings,
    isSuccessful: parts.every(({ isSuccessful }) => isSuccessful),
    print: (wanted) => `${JSON.stringify(print(parts, first, wanted), undefined, 2)}\n`,
  });
}

function mismatch(first: NamedPart, part: NamedPart): string | undefined {
  if (part.format !== first.format) {
    return `${first.name} is ${first.format} and ${part.name} is ${part.format}; merge one format at a time`;
  }
  return part.version === first.version
    ? undefined
    : `${first.name} is by version ${first.version} and ${part.name} by ${part.version}; scan with one version`;
}

function shardProblem(parts: readonly NamedPart[]): string | undefined {
  const shards = parts.flatMap(({ name, shard }) =>
    shard === undefined ? [] : { name, ...shard },
  );
  const whole = parts.find(({ shard }) => shard === undefined);
  const [first] = shards;
  if (first === undefined) {
    return undefined;
  }
  if (whole !== undefined) {
    return `${whole.name} is not the report of a shard, and ${first.name} is`;
  }
  const other = shards.find(({ count }) => count !== first.count);
  return other === undefined
    ? incompleteness(shards, first.count)
    : `${first.name} is one of ${String(first.count)} shards, and ${other.name} one of ${String(other.count)}`;
}

interface NamedShard extends Shard {
  readonly name: string;
}

function incompleteness(shards: readonly NamedShard[], count: number): string | undefined {
  const byIndex = new Map<number, NamedShard>();
  for (const shard of shards) {
    const same = byIndex.get(shard.index);
    if (same !== undefined) {
      return `${same.name} and ${shard.name} are both shard ${String(shard.index)}`;
    }
    byIndex.set(shard.index, shard);
  }
  const all = Array.from({ length: count }, (_, index) => index + 1);
  const missing = all.filter((index) => !byIndex.has(index));
  return missing.length === 0
    ? undefined
    : `Shard ${missing.join(', ')} of ${String(count)} is missing, and its findings with it`;
}

type Print = (
  parts: readonly NamedPart[],
  first: NamedPart,
  findings: readonly MergedFinding[],
) => object;

const printJson: Print = (parts, { document }, findings) => {
  const total = (key: string): number =>
    sum(
      parts.map((part) => part.document),
      key,
    );
  const bySeverity = countBy(findings, ({ severity }) => severity);
  return {
    version: document['version'],
    tool: document['tool'],
    findings: findings.map(({ json }) => json),
    problems: problemsOf(parts),
    summary: {
      filesFound: total('filesFound'),
      filesParsed: total('filesParsed'),
      filesSkipped: total('filesSkipped'),
      elapsedMs: Math.max(...parts.map((part) => summaryOf(part.document, 'elapsedMs'))),
      bySeverity: Object.fromEntries(severities.map((level) => [level, bySeverity[level] ?? 0])),
      byRule: countBy(findings, ({ rule }) => rule),
    },
  };
};

const printSarif: Print = (parts, { document }, findings) => {
  const run = valueAt(document, 'runs', '0') as object;
  const invocation = {
    executionSuccessful: parts.every(({ isSuccessful }) => isSuccessful),
    toolExecutionNotifications: problemsOf(parts),
  };
  const results = findings.map(({ json }) => json);
  return {
    ...document,
    runs: [{ ...run, invocations: [invocation], results, properties: undefined }],
  };
};

function problemsOf(parts: readonly NamedPart[]): readonly object[] {
  const problems = parts.flatMap((part) => part.problems).sort(byPath);
  return problems.map(({ json }) => json);
}

function sum(documents: readonly unknown[], key: string): number {
  return documents.reduce<number>((total, document) => total + summaryOf(document, key), 0);
}

function summaryOf(document: unknown, key: string): number {
  const value = valueAt(document, 'summary', key);
  return typeof value === 'number' ? value : 0;
}

interface HasPath {
  readonly path: string;
}

function byPath(a: HasPath, b: HasPath): number {
  return a.path === b.path ? 0 : a.path < b.path ? -1 : 1;
}
