/** What every format of `scan` is made from. */

import type { TextRange } from '../base/textRange';
import type {
  AnalysisProblem,
  AnalyzedSource,
  PlaceInSource,
  ReportedFinding,
} from '../engine/result';
import type { Shard } from '../engine/shard';
import type { Severity } from '../rules/finding';
import type { RuleInfo } from '../rules/rule';

export interface ScanReport {
  /** Those to show, by path, then position. */
  readonly findings: readonly ReportedFinding[];
  readonly problems: readonly AnalysisProblem[];
  /** Every source that findings, related places, edits or problems speak about, by path. */
  readonly sources: ReadonlyMap<string, AnalyzedSource>;
  readonly filesFound: number;
  readonly filesParsed: number;
  /** Files that were found and could not be read or were too large. */
  readonly filesSkipped: number;
  /** Milliseconds of wall time, whole. */
  readonly elapsedMs: number;
  /** Whose share this is, when the scan is shared out. */
  readonly shard?: Shard;
}

export interface ToolInfo {
  readonly name: string;
  readonly version: string;
  /** The catalogue, for formats that carry the rules' help. */
  readonly rules: readonly RuleInfo[];
}

/** Turns text into coloured text; each is the identity where colour is not wanted. */
export interface Paint {
  readonly error: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly information: (text: string) => string;
  readonly hint: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly good: (text: string) => string;
}

function same(text: string): string {
  return text;
}

/** No colour at all. */
export const plainPaint: Paint = {
  error: same,
  warning: same,
  information: same,
  hint: same,
  strong: same,
  faint: same,
  good: same,
};

/** Worst first. */
export const severities: readonly Severity[] = ['error', 'warning', 'information', 'hint'];

/** Whether `severity` is as bad as `lowest` or worse. */
export function isAtLeast(severity: Severity, lowest: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(lowest);
}

/** Where a range lies, for people and tools; `undefined` when its file is not among the sources. */
export function placeOf(
  sources: ReadonlyMap<string, AnalyzedSource>,
  { path, range }: { readonly path: string; readonly range: TextRange | undefined },
): { readonly start: PlaceInSource; readonly end: PlaceInSource } | undefined {
  const source = sources.get(path);
  if (source === undefined || range === undefined) {
    return undefined;
  }
  return { start: source.placeAt(range.start), end: source.placeAt(range.end) };
}

/** Lines of the file as it is on disk, from 1: what review tools and code hosts show. */
export interface FileLines {
  readonly start: number;
  readonly end: number;
}

/** In a notebook the lines of its JSON that hold the code. */
export function fileLinesOf(
  sources: ReadonlyMap<string, AnalyzedSource>,
  { path, range }: { readonly path: string; readonly range: TextRange },
): FileLines {
  const source = sources.get(path);
  return {
    start: (source?.fileLine0At(range.start) ?? 0) + 1,
    end: (source?.fileLine0At(range.end) ?? 0) + 1,
  };
}

/** How often each key occurs, in order of the keys. */
export function countBy<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const item of items) {
    counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  }
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** `train.py:41:12`, or `train.ipynb:cell 3:2:5` with cells counted from 1, as editors show them. */
export function describePlace(path: string, place: PlaceInSource | undefined): string {
  if (place === undefined) {
    return path;
  }
  const cell = place.cell === undefined ? '' : `:cell ${String(place.cell + 1)}`;
  return `${path}${cell}:${String(place.line0 + 1)}:${String(place.column0 + 1)}`;
}

/** `1 error`, `2 errors`. */
export function plural(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}
