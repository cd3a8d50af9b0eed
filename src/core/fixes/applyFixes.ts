/** Choosing fixes that can be applied together, and applying them. */

import { overlaps } from '../base/textRange';
import type { Fix, FixSafety, TextEdit } from './fix';

interface Fixable {
  readonly fixes: readonly Fix[];
}

/**
 * The best fix of each finding that is allowed, in the order of the findings; a fix that touches
 * what an earlier one touches is left for the next round.
 *
 * @param lowest `suggestion` allows every fix, `safe` only the safe ones
 */
export function chooseFixes(findings: readonly Fixable[], lowest: FixSafety): readonly Fix[] {
  const chosen: Fix[] = [];
  for (const { fixes } of findings) {
    const fix = fixes.find(({ safety }) => safety === 'safe' || lowest === 'suggestion');
    if (fix && !chosen.some((other) => collide(fix, other)) && !chosen.some(sameEdits(fix))) {
      chosen.push(fix);
    }
  }
  return chosen;
}

/**
 * The text after all edits, which must not overlap. Their `path` is not looked at. Lines that come
 * in end as the lines of the text do.
 */
export function applyEdits(text: string, edits: readonly Omit<TextEdit, 'path'>[]): string {
  const ordered = [...edits].sort((a, b) => b.range.start - a.range.start);
  return ordered.reduce(
    (current, { range, newText }) =>
      current.slice(0, range.start) + endingLinesAs(text, newText) + current.slice(range.end),
    text,
  );
}

/** `newText` with the line ends of `text`, as its first line shows them. */
export function endingLinesAs(text: string, newText: string): string {
  const lineEnd = /\r\n|\r|\n/.exec(text)?.[0] ?? '\n';
  return lineEnd === '\n' ? newText : newText.replace(/\r\n|\r|\n/g, lineEnd);
}

/** The edits of all fixes by file; two fixes that make the same edit make it once. */
export function editsByPath(fixes: readonly Fix[]): ReadonlyMap<string, readonly TextEdit[]> {
  const byPath = new Map<string, TextEdit[]>();
  for (const edit of fixes.flatMap((fix) => fix.edits)) {
    const edits = byPath.get(edit.path) ?? [];
    byPath.set(edit.path, edits);
    if (!edits.some((other) => isSame(edit, other))) {
      edits.push(edit);
    }
  }
  return byPath;
}

function collide(a: Fix, b: Fix): boolean {
  return a.edits.some((edit) =>
    b.edits.some((other) => edit.path === other.path && !isSame(edit, other) && touch(edit, other)),
  );
}

/** Two insertions at one place have no order of their own, so they count as touching. */
function touch(a: TextEdit, b: TextEdit): boolean {
  return overlaps(a.range, b.range) || a.range.start === b.range.start;
}

function sameEdits(fix: Fix): (other: Fix) => boolean {
  return (other) =>
    fix.edits.length === other.edits.length &&
    fix.edits.every((edit) => other.edits.some((theirs) => isSame(edit, theirs)));
}

function isSame(a: TextEdit, b: TextEdit): boolean {
  return (
    a.path === b.path &&
    a.range.start === b.range.start &&
    a.range.end === b.range.end &&
    a.newText === b.newText
  );
}
