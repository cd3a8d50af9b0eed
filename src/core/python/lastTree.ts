/** The tree that was parsed last, so that a few typed letters cost a few statements. */

import { Edit, type Parser, type Point, type Tree } from 'web-tree-sitter';

/** Texts that share less than this are two files, not one before and after an edit. */
const leastShared = 0.8;

/** Where one text becomes another: everything before `start` and behind the ends is the same. */
interface Difference {
  readonly start: number;
  readonly oldEnd: number;
  readonly newEnd: number;
}

/** Parses text after text. Keeps one tree, which belongs to it. */
export class LastTree {
  readonly #parser: Parser;
  #last: { readonly text: string; readonly tree: Tree } | undefined;

  constructor(parser: Parser) {
    this.#parser = parser;
  }

  /**
   * Always the tree that a parse of the text alone gives. Where there are errors the parser's way
   * out of them depends on what it read before, so such a tree is neither built upon nor kept.
   *
   * @returns a tree that is good until the next call; `null` when there is none
   */
  parse(text: string): Tree | null {
    const grown = this.#parseFromLast(text);
    const isGood = grown?.rootNode.hasError === false;
    if (!isGood) {
      grown?.delete();
    }
    this.#last?.tree.delete();
    const tree = isGood ? grown : this.#parser.parse(text);
    this.#last = tree === null ? undefined : { text, tree };
    return tree;
  }

  #parseFromLast(text: string): Tree | null {
    const last = this.#last;
    if (last === undefined || last.tree.rootNode.hasError) {
      return null;
    }
    const difference = differenceOf(last.text, text);
    const shared = last.text.length - (difference.oldEnd - difference.start);
    if (shared < leastShared * Math.max(last.text.length, text.length)) {
      return null;
    }
    last.tree.edit(editFor(difference, last.text, text));
    return this.#parser.parse(text, last.tree);
  }
}

function differenceOf(before: string, after: string): Difference {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) {
    start++;
  }
  let same = 0;
  while (
    same < shorter - start &&
    before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)
  ) {
    same++;
  }
  return { start, oldEnd: before.length - same, newEnd: after.length - same };
}

function editFor({ start, oldEnd, newEnd }: Difference, before: string, after: string): Edit {
  return new Edit({
    startIndex: start,
    oldEndIndex: oldEnd,
    newEndIndex: newEnd,
    startPosition: pointAt(before, start),
    oldEndPosition: pointAt(before, oldEnd),
    newEndPosition: pointAt(after, newEnd),
  });
}

function pointAt(text: string, index: number): Point {
  let row = 0;
  let lineStart = 0;
  for (let end = text.indexOf('\n'); end >= 0 && end < index; end = text.indexOf('\n', end + 1)) {
    row++;
    lineStart = end + 1;
  }
  return { row, column: index - lineStart };
}
