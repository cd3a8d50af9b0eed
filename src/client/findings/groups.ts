/** The findings of a workspace in groups, by rule or by file. Knows no editor. */

export type Grouping = 'rule' | 'file';

/** One diagnostic of ours, wherever its file is. */
export interface FindingEntry {
  readonly rule: string;
  readonly message: string;
  /** 0 error, 1 warning, 2 information, 3 hint, as VS Code counts. */
  readonly severity: number;
  readonly uri: string;
  /** For people: relative to the workspace, with `/`. */
  readonly path: string;
  readonly line0: number;
  readonly column0: number;
  /** Reported of a cell of the notebook `uri`, which is open; otherwise of the file itself. */
  readonly isOfCell: boolean;
}

/**
 * Leaves out what is reported of a notebook's file when one of its cells has findings. After a notebook
 * was opened both are there until the editor asks for the files again, which takes it two seconds.
 */
export function withoutStale<E extends FindingEntry>(entries: readonly E[]): readonly E[] {
  const open = new Set(entries.filter(({ isOfCell }) => isOfCell).map(({ uri }) => uri));
  return entries.filter(({ uri, isOfCell }) => isOfCell || !open.has(uri));
}

export interface FindingGroup<E extends FindingEntry = FindingEntry> {
  /** The rule's id, or the file's URI. */
  readonly key: string;
  /** The gravest severity among the entries. */
  readonly severity: number;
  /** By file and place when grouped by rule, by place when grouped by file. */
  readonly entries: readonly E[];
}

/** The gravest group first, then the one with most findings, then by key. */
export function groupFindings<E extends FindingEntry>(
  entries: readonly E[],
  grouping: Grouping,
): readonly FindingGroup<E>[] {
  const byKey = new Map<string, E[]>();
  for (const entry of entries) {
    const key = grouping === 'rule' ? entry.rule : entry.uri;
    const group = byKey.get(key) ?? [];
    group.push(entry);
    byKey.set(key, group);
  }
  const groups = Array.from(byKey, ([key, own]) => ({
    key,
    severity: Math.min(...own.map(({ severity }) => severity)),
    entries: own.sort(byPlace),
  }));
  return groups.sort(byGravity);
}

export interface FindingCounts {
  readonly errors: number;
  readonly warnings: number;
  readonly total: number;
  readonly files: number;
}

export function countFindings(entries: readonly FindingEntry[]): FindingCounts {
  const withSeverity = (wanted: number): number =>
    entries.filter(({ severity }) => severity === wanted).length;
  return {
    errors: withSeverity(0),
    warnings: withSeverity(1),
    total: entries.length,
    files: new Set(entries.map(({ uri }) => uri)).size,
  };
}

function byGravity(a: FindingGroup, b: FindingGroup): number {
  return a.severity - b.severity || b.entries.length - a.entries.length || compare(a.key, b.key);
}

function byPlace(a: FindingEntry, b: FindingEntry): number {
  return compare(a.path, b.path) || a.line0 - b.line0 || a.column0 - b.column0;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
