import { invariant } from '../base/invariant';
import { overlaps } from '../base/textRange';
import type { TextRange } from '../base/textRange';
import type { Finding } from '../rules/finding';

/**
 * A finding that points outside its text, or whose edits collide, is a bug in its rule.
 *
 * @param lengthOf length of a file's text; `undefined` for a file that is not in the project
 * @throws Error on the first thing that is wrong
 */
export function checkFinding(
  { path, range, related, fixes }: Finding,
  lengthOf: (path: string) => number | undefined,
): void {
  const places = [{ path, range }, ...related, ...fixes.flatMap(({ edits }) => edits)];
  for (const place of places) {
    const length = lengthOf(place.path);
    invariant(length !== undefined, `a finding speaks about "${place.path}", which is not there`);
    invariant(isInside(place.range, length), `a range lies outside the text of "${place.path}"`);
  }
  invariant(range.start < range.end, 'a finding has an empty range');
  for (const { edits } of fixes) {
    const collides = edits.some((edit, index) =>
      edits
        .slice(index + 1)
        .some((other) => edit.path === other.path && overlaps(edit.range, other.range)),
    );
    invariant(!collides, 'the edits of a fix overlap');
  }
}

function isInside({ start, end }: TextRange, length: number): boolean {
  return 0 <= start && start <= end && end <= length;
}
