/**
 * The parser's tree, copied out in one walk.
 *
 * Each step of a tree-sitter cursor crosses into WebAssembly and costs most of a microsecond, so
 * the tree is walked once, into plain objects, and everything else reads those.
 */

import type { Language, TreeCursor } from 'web-tree-sitter';

/** A named node, or an operator token. */
export interface RawNode {
  readonly type: string;
  /** Name of the field it fills in its parent; empty when none. */
  readonly field: string;
  readonly start: number;
  readonly end: number;
  readonly isMissing: boolean;
  readonly children: readonly RawNode[];
}

/** What we keep of a grammar: node types and fields by number. */
export interface Grammar {
  readonly typeNames: readonly string[];
  readonly isKept: readonly boolean[];
  readonly fieldNames: readonly string[];
}

/** Tokens that carry meaning although the grammar does not name them. */
const keptTokens = new Set(
  (
    '+ - * ** / // % @ & | ^ << >> ~ and or not in is < <= == != >= > <> : ' +
    '+= -= *= **= /= //= %= @= &= |= ^= <<= >>='
  )
    .split(' ')
    .concat('not in', 'is not', 'from'),
);

export function readGrammar(language: Language): Grammar {
  const typeNames: string[] = [];
  const isKept: boolean[] = [];
  for (let id = 0; id < language.nodeTypeCount; id++) {
    const name = language.nodeTypeForId(id) ?? '';
    typeNames.push(name);
    isKept.push(language.nodeTypeIsNamed(id) || keptTokens.has(name));
  }
  const fieldNames = [''];
  for (let id = 1; id <= language.fieldCount; id++) {
    fieldNames.push(language.fieldNameForId(id) ?? '');
  }
  return { typeNames, isKept, fieldNames };
}

interface OpenNode {
  readonly node: RawNode;
  readonly children: RawNode[];
}

const errorTypeId = 65535;
/** Deeper code is generated, and readers that recurse would run out of stack. */
const maxDepth = 400;
const plainString = /^[bBuUrR]{0,2}['"]/;

/** The text behind a tree; only broken text can have tokens that the parser made up. */
export interface BrokenOrWhole {
  readonly text: string;
  readonly hasErrors: boolean;
}

/** Copies the whole tree below the cursor. Iterative: source may nest deeper than a stack. */
export function copyTree(cursor: TreeCursor, grammar: Grammar, source: BrokenOrWhole): RawNode {
  const { text, hasErrors } = source;
  const root = openNode(cursor, grammar);
  const path: OpenNode[] = [root];
  if (!cursor.gotoFirstChild()) {
    return root.node;
  }
  for (;;) {
    const opened = isKept(cursor, grammar, hasErrors) ? openNode(cursor, grammar) : undefined;
    keep(opened, path);
    const isShallow = path.length < maxDepth;
    if (opened !== undefined && isShallow && entersChild(cursor, opened.node, text)) {
      path.push(opened);
      continue;
    }
    while (!cursor.gotoNextSibling()) {
      path.pop();
      if (path.length === 0 || !cursor.gotoParent()) {
        return root.node;
      }
    }
  }
}

function isKept(cursor: TreeCursor, grammar: Grammar, hasErrors: boolean): boolean {
  const typeId = cursor.nodeTypeId;
  return (
    typeId === errorTypeId || grammar.isKept[typeId] === true || (hasErrors && cursor.nodeIsMissing)
  );
}

function openNode(cursor: TreeCursor, grammar: Grammar): OpenNode {
  const typeId = cursor.nodeTypeId;
  const children: RawNode[] = [];
  const start = cursor.startIndex;
  const end = cursor.endIndex;
  const node = {
    type: typeId === errorTypeId ? 'ERROR' : (grammar.typeNames[typeId] ?? ''),
    field: grammar.fieldNames[cursor.currentFieldId] ?? '',
    start,
    end,
    // Only an empty node can be one the parser made up.
    isMissing: start === end && cursor.nodeIsMissing,
    children,
  };
  return { node, children };
}

function keep(opened: OpenNode | undefined, path: readonly OpenNode[]): void {
  if (opened !== undefined) {
    path.at(-1)?.children.push(opened.node);
  }
}

function entersChild(cursor: TreeCursor, node: RawNode, text: string): boolean {
  return mayDescend(node, text) && cursor.gotoFirstChild();
}

/** Leaves and plain strings hold nothing we want; only f-strings have code inside. */
function mayDescend({ type, start }: RawNode, text: string): boolean {
  switch (type) {
    case 'identifier':
    case 'integer':
    case 'float':
    case 'comment':
    case 'string_content':
      return false;
    case 'string':
      return !plainString.test(text.slice(start, start + 3));
    default:
      return true;
  }
}
