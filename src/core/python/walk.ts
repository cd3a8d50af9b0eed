/** Finding things in a syntax tree. */

import type { TextRange } from '../base/textRange';
import type { Call, Expression, PyModule, Statement } from './nodes';

type Node = Expression | Statement;

/** Every statement and expression, each before what is inside it. */
export function* nodesIn(part: unknown): Iterable<Node> {
  if (Array.isArray(part)) {
    for (const member of part) {
      yield* nodesIn(member);
    }
  } else if (typeof part === 'object' && part !== null) {
    if (isNode(part)) {
      yield part;
    }
    for (const [field, member] of Object.entries(part)) {
      if (field !== 'range' && typeof member === 'object') {
        yield* nodesIn(member);
      }
    }
  }
}

function isNode(part: object): part is Node {
  return 'kind' in part && 'range' in part;
}

/** The call with exactly this range. */
export function callAt(module: PyModule, range: TextRange): Call | undefined {
  for (const node of nodesIn(module.body)) {
    const isIt =
      node.kind === 'call' && node.range.start === range.start && node.range.end === range.end;
    if (isIt) {
      return node;
    }
  }
  return undefined;
}
