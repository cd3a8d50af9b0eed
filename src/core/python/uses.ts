/** Where the value of an expression goes, as far as the source says it without running it. */

import type { TextRange } from '../base/textRange';
import type { Assignment, Block, Expression, PyModule, With } from './nodes';
import { blocksOf } from './walk';

export function isSameRange(a: TextRange, b: TextRange): boolean {
  return a.start === b.start && a.end === b.end;
}

export function isInside(inner: TextRange, outer: TextRange): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** A value under a name of its own: `updates = read()`. */
export interface NamedValue {
  readonly name: string;
  readonly statement: Assignment;
  /** Every other mention of the name in the module. */
  readonly mentions: readonly Expression[];
}

/** The plain name that an expression is assigned to; `undefined` when it goes elsewhere. */
export function namedValue(module: PyModule, range: TextRange): NamedValue | undefined {
  for (const node of module.nodes) {
    const isIt = node.kind === 'assign' && node.value && isSameRange(node.value.range, range);
    const [target, ...others] = isIt === true ? node.targets : [];
    if (node.kind === 'assign' && target?.kind === 'name' && others.length === 0) {
      return {
        name: target.id,
        statement: node,
        mentions: mentionsOf(target.id, module, target.range),
      };
    }
  }
  return undefined;
}

function mentionsOf(id: string, module: PyModule, target: TextRange): readonly Expression[] {
  const mentions: Expression[] = [];
  for (const node of module.nodes) {
    if (node.kind === 'name' && node.id === id && !isSameRange(node.range, target)) {
      mentions.push(node);
    }
  }
  return mentions;
}

/** The `with` that enters what an expression gives. */
export function withEntering(module: PyModule, range: TextRange): With | undefined {
  for (const node of module.nodes) {
    if (
      node.kind === 'with' &&
      node.items.some(({ context }) => isSameRange(context.range, range))
    ) {
      return node;
    }
  }
  return undefined;
}

/** Whether a value is computed and dropped: the expression is a statement of its own. */
export function isDropped(module: PyModule, range: TextRange): boolean {
  for (const node of module.nodes) {
    if (node.kind === 'expression' && isSameRange(node.value.range, range)) {
      return true;
    }
  }
  return false;
}

/** Whether at most one of two places is ever reached: they are in two branches of one `if`. */
export function areAlternatives(module: PyModule, a: TextRange, b: TextRange): boolean {
  for (const node of module.nodes) {
    if (node.kind === 'if' && isInside(a, node.range) && isInside(b, node.range)) {
      const [ofA, ofB] = [a, b].map((range) =>
        blocksOf(node).findIndex((block) => block.some((own) => isInside(range, own.range))),
      );
      if (ofA !== ofB && ofA !== -1 && ofB !== -1) {
        return true;
      }
    }
  }
  return false;
}

/** The block that holds a statement. */
export function blockAround(block: Block, range: TextRange): Block | undefined {
  for (const statement of block) {
    if (isSameRange(statement.range, range)) {
      return block;
    }
    for (const inner of isInside(range, statement.range) ? blocksOf(statement) : []) {
      const found = blockAround(inner, range);
      if (found !== undefined) {
        return found;
      }
    }
  }
  return undefined;
}
