/** Reports of `scan` read back, each the share of one shard. */

import { type Result, err, ok } from '../../base/result';
import type { Shard } from '../../engine/shard';
import type { Severity } from '../../rules/finding';
import { severities } from '../scanReport';

/** A finding as its report wrote it. */
export interface MergedFinding {
  readonly path: string;
  readonly rule: string;
  readonly fingerprint: string;
  readonly severity: Severity;
  /** The whole of it, to be written again. */
  readonly json: object;
}

/** Why a file could not be seen whole, as its report wrote it. */
export interface MergedProblem {
  readonly path: string;
  readonly json: object;
}

export interface ReportPart {
  readonly format: 'json' | 'sarif';
  /** Of the tool that wrote it. */
  readonly version: string;
  /** `undefined` for a report of a whole scan. */
  readonly shard: Shard | undefined;
  readonly findings: readonly MergedFinding[];
  readonly problems: readonly MergedProblem[];
  /** Whether the scan did its job. */
  readonly isSuccessful: boolean;
  /** Everything, for what is the same in all parts. */
  readonly document: JsonRecord;
}

export type JsonRecord = Readonly<Record<string, unknown>>;

/** The error is the rest of a sentence about the file. */
export function parsePart(text: string): Result<ReportPart, string> {
  const document = parseRecord(text);
  if (document === undefined) {
    return err('is not a JSON document');
  }
  const part = 'runs' in document ? sarifPart(document) : jsonPart(document);
  return part === undefined ? err('is no report of "bn-guard scan"; it may be damaged') : ok(part);
}

function jsonPart(document: JsonRecord): ReportPart | undefined {
  const { tool, shard, findings, problems } = document;
  const found = listOf(findings, (json) => findingOf(json, json));
  const about = listOf(problems, (json) => problemOf(json, json['path']));
  const version = isRecord(tool) ? tool['version'] : undefined;
  if (found === undefined || about === undefined || typeof version !== 'string') {
    return undefined;
  }
  return {
    format: 'json',
    version,
    shard: shardOf(shard),
    findings: found,
    problems: about,
    isSuccessful: about.every(({ json }) => !('kind' in json) || json.kind !== 'ruleFailure'),
    document,
  };
}

function sarifPart(document: JsonRecord): ReportPart | undefined {
  const run = Array.isArray(document['runs']) ? (document['runs'] as readonly unknown[])[0] : {};
  const version = valueAt(run, 'tool', 'driver', 'semanticVersion');
  const found = listOf(valueAt(run, 'results'), (json) =>
    findingOf(json, {
      path: pathOf(json),
      rule: json['ruleId'],
      fingerprint: valueAt(json, 'partialFingerprints', 'bnGuard/v1'),
      severity: valueAt(json, 'properties', 'severity'),
    }),
  );
  const notes = valueAt(run, 'invocations', '0', 'toolExecutionNotifications');
  const about = listOf(notes, (json) => problemOf(json, pathOf(json)));
  if (found === undefined || about === undefined || typeof version !== 'string') {
    return undefined;
  }
  return {
    format: 'sarif',
    version,
    shard: shardOf(valueAt(run, 'properties', 'shard')),
    findings: found,
    problems: about,
    isSuccessful: valueAt(run, 'invocations', '0', 'executionSuccessful') === true,
    document,
  };
}

function findingOf(json: JsonRecord, given: JsonRecord): MergedFinding | undefined {
  const { path, rule, fingerprint, severity } = given;
  const known = severities.find((level) => level === severity);
  return typeof path === 'string' &&
    typeof rule === 'string' &&
    typeof fingerprint === 'string' &&
    known !== undefined
    ? { path, rule, fingerprint, severity: known, json }
    : undefined;
}

function problemOf(json: JsonRecord, path: unknown): MergedProblem | undefined {
  return typeof path === 'string' ? { path, json } : undefined;
}

/** The path that a SARIF result or notification speaks about. */
function pathOf(json: JsonRecord): unknown {
  const uri = valueAt(json, 'locations', '0', 'physicalLocation', 'artifactLocation', 'uri');
  return typeof uri === 'string' ? decoded(uri) : undefined;
}

function decoded(uri: string): string | undefined {
  try {
    return uri.split('/').map(decodeURIComponent).join('/');
  } catch {
    // Whatever a file holds is data; the caller says that it is damaged.
    return undefined;
  }
}

function shardOf(value: unknown): Shard | undefined {
  const index = valueAt(value, 'index');
  const count = valueAt(value, 'count');
  return typeof index === 'number' && typeof count === 'number' ? { index, count } : undefined;
}

/** All elements read, or `undefined` when one of them cannot be. */
function listOf<T>(value: unknown, read: (json: JsonRecord) => T | undefined): T[] | undefined {
  if (!Array.isArray(value)) {
    return undefined;
  }
  const items = value.flatMap((each: unknown) => (isRecord(each) ? (read(each) ?? []) : []));
  return items.length === value.length ? items : undefined;
}

export function valueAt(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>((current, key) => {
    const isInside = typeof current === 'object' && current !== null && Object.hasOwn(current, key);
    return isInside ? Reflect.get(current, key) : undefined;
  }, value);
}

function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseRecord(text: string): JsonRecord | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    // Whatever a file holds is data; the caller says what is wrong with it.
    return undefined;
  }
}
