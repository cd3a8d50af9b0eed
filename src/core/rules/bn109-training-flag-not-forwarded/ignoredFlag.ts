/** Parameters that tell training from evaluation, and whether a layer can feel them. */

import type { Expression, FunctionDefinition, Parameter, Statement } from '../../python/nodes';
import type { TextRange } from '../../base/textRange';
import { isFlagName } from '../../fixes/trainingFlags';
import { isInside } from '../../python/uses';
import { nodesIn } from '../../python/walk';

type Node = Expression | Statement;

/**
 * The flag that a function was given and that cannot reach a call in it; `undefined` when there is
 * none, or when a condition or a scope around the call may depend on it.
 */
export function ignoredFlag(code: FunctionDefinition, call: TextRange): Parameter | undefined {
  const [flag, ...others] = code.parameters.filter(isFlag);
  if (flag === undefined || others.length > 0 || !isInside(call, code.range)) {
    return undefined;
  }
  for (const node of nodesIn(code.body)) {
    if (mayReach(node, flag.name, call) || isOtherUse(node, flag.name)) {
      return undefined;
    }
  }
  return flag;
}

function isFlag({ name, role, defaultValue }: Parameter): boolean {
  const isPlain =
    defaultValue === undefined ||
    (defaultValue.kind === 'constant' && defaultValue.value !== 'ellipsis');
  return role === 'plain' && isPlain && isFlagName(name);
}

function mayReach(node: Node, flag: string, call: TextRange): boolean {
  switch (node.kind) {
    case 'if':
      return names(node.test, flag) && (isInside(call, node.range) || leaves(node.body));
    case 'conditional':
      return names(node.test, flag) && isInside(call, node.range);
    case 'with':
      return isInside(call, node.range) && names(node.items, flag);
    case 'call':
      // `tf.cond(is_training, ...)` around the layer.
      return isInside(call, node.argsRange) && names(node.args, flag);
    case 'lambda':
    case 'function':
      return isInside(call, node.range);
    default:
      return false;
  }
}

/** Whether something is used as more than a flag, or is not what was given. */
function isOtherUse(node: Node, flag: string): boolean {
  switch (node.kind) {
    case 'attribute':
    case 'subscript':
      return isName(node.object, flag);
    case 'comparison':
      return node.operands.some((own) => isName(own, flag));
    case 'assign':
      return node.targets.some((target) => isName(target, flag));
    default:
      return false;
  }
}

function leaves(body: readonly Statement[]): boolean {
  return nodesIn(body).some(({ kind }) => kind === 'return' || kind === 'raise');
}

function names(part: unknown, flag: string): boolean {
  return nodesIn(part).some((node) => node.kind === 'name' && node.id === flag);
}

function isName(node: Expression, id: string): boolean {
  return node.kind === 'name' && node.id === id;
}
