/** Whether anybody looks at the second part of what a call gives. */

import type { TextRange } from '../../base/textRange';
import type {
  Assignment,
  Block,
  Expression,
  FunctionDefinition,
  PyModule,
  Statement,
  Subscript,
} from '../../python/nodes';
import { nodesIn } from '../../python/walk';

/** `y, _ = f(x)` with a name that nobody reads, `f(x)[0]`, and a call whose result goes nowhere. */
export function isResultDropped(module: PyModule, call: TextRange): boolean {
  const scope = bodyAround(module, call);
  for (const node of nodesIn(scope)) {
    const answer = isDroppedBy(node, call, scope);
    if (answer !== undefined) {
      return answer;
    }
  }
  return false;
}

/** `undefined` when the node is not what takes the result. */
function isDroppedBy(
  node: Expression | Statement,
  call: TextRange,
  scope: Block,
): boolean | undefined {
  switch (node.kind) {
    case 'assign': {
      const isIt = node.value !== undefined && isSame(node.value.range, call);
      return isIt ? leavesSecond(node, scope) : undefined;
    }
    case 'subscript':
      return isSame(node.object.range, call) ? isFirst(node) : undefined;
    case 'expression':
      return isSame(node.value.range, call) ? true : undefined;
    default:
      return undefined;
  }
}

function leavesSecond({ targets, range }: Assignment, scope: Block): boolean {
  const [target] = targets;
  const second = target?.kind === 'tuple' ? target.elements[1] : undefined;
  return second?.kind === 'name' && !isRead(second.id, scope, range);
}

function isFirst({ indices }: Subscript): boolean {
  const [index] = indices;
  return index?.kind === 'number' && index.value === 0;
}

/** The body of the innermost function around a place, or the module's. */
function bodyAround(module: PyModule, place: TextRange): Block {
  let around: FunctionDefinition | undefined;
  for (const node of module.nodes) {
    const isAround =
      node.kind === 'function' && node.range.start <= place.start && place.end <= node.range.end;
    around = isAround ? node : around;
  }
  return around?.body ?? module.body;
}

function isRead(name: string, scope: Block, assignment: TextRange): boolean {
  return nodesIn(scope).some(
    (node) =>
      node.kind === 'name' &&
      node.id === name &&
      !(assignment.start <= node.range.start && node.range.end <= assignment.end),
  );
}

function isSame(a: TextRange, b: TextRange): boolean {
  return a.start === b.start && a.end === b.end;
}
