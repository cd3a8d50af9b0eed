/** Findings that were there before, kept in a file so that only new ones count. */

import { type Result, err, ok } from '../base/result';

/** One accepted finding. The path helps people and settles which of two equal ones is meant. */
export interface BaselineEntry {
  readonly fingerprint: string;
  readonly rule: string;
  readonly path: string;
}

export interface BaselineSplit<F extends BaselineEntry> {
  /** Findings that the baseline does not know. */
  readonly fresh: readonly F[];
  readonly known: readonly F[];
  /** Entries that match no finding: mended, or changed beyond recognition. */
  readonly stale: readonly BaselineEntry[];
}

/** Sorted, one entry per line, so that two branches merge; the same findings give the same bytes. */
export function printBaseline(findings: readonly BaselineEntry[]): string {
  const lines = findings
    .map(({ path, rule, fingerprint }) => JSON.stringify({ path, rule, fingerprint }))
    .sort();
  const entries = lines.length === 0 ? '[]' : `[\n    ${lines.join(',\n    ')}\n  ]`;
  return `{\n  "version": 1,\n  "findings": ${entries}\n}\n`;
}

/** The error is a sentence without the name of the file. */
export function parseBaseline(text: string): Result<readonly BaselineEntry[], string> {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    // The parser's own words speak of characters; people need to know which file is broken.
    return err('is not valid JSON; write it again with --write-baseline');
  }
  if (!isRecord(document) || document['version'] !== 1) {
    return err('is not a baseline of this version; write it again with --write-baseline');
  }
  const entries: unknown = document['findings'];
  const isWhole = Array.isArray(entries) && entries.every(isEntry);
  return isWhole ? ok(entries) : err('has an entry without path, rule or fingerprint');
}

/**
 * Each entry accepts one finding: first one in its own file, then one with the same content
 * anywhere, so that a renamed file brings no findings back.
 */
export function splitByBaseline<F extends BaselineEntry>(
  findings: readonly F[],
  baseline: readonly BaselineEntry[],
): BaselineSplit<F> {
  const left = new Set(baseline);
  const known = new Set<F>();
  for (const keyOf of [keyWithPath, keyWithoutPath]) {
    const byKey = groupedBy([...left], keyOf);
    for (const finding of findings.filter((each) => !known.has(each))) {
      const entry = byKey.get(keyOf(finding))?.shift();
      if (entry !== undefined) {
        left.delete(entry);
        known.add(finding);
      }
    }
  }
  return {
    fresh: findings.filter((finding) => !known.has(finding)),
    known: [...known],
    stale: [...left],
  };
}

function groupedBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item)) ?? [];
    group.push(item);
    groups.set(keyOf(item), group);
  }
  return groups;
}

function keyWithPath({ path, rule, fingerprint }: BaselineEntry): string {
  return `${rule} ${fingerprint} ${path}`;
}

function keyWithoutPath({ rule, fingerprint }: BaselineEntry): string {
  return `${rule} ${fingerprint}`;
}

function isEntry(value: unknown): value is BaselineEntry {
  return (
    isRecord(value) &&
    ['path', 'rule', 'fingerprint'].every((key) => typeof value[key] === 'string')
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
