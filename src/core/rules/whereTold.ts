/** Where a program says that a layer runs in training mode. */

import type { Expression, Parameter } from '../python/nodes';
import { argumentFor } from '../python/bind';
import { isSameRange } from '../python/uses';
import { callAt } from '../python/walk';
import { isFlagName } from '../fixes/trainingFlags';
import type { Site } from '../semantics/value';
import type { BuiltLayer, EnteredCall } from '../training/tensorflow1/updates/facts';
import type { RuleContext } from './context';

/** The place that decides: a constant, or a call that leaves the flag out. */
export interface Told {
  readonly site: Site;
  /** What the flag is called where it is left out; absent where it is written. */
  readonly leftOut: string | undefined;
}

/**
 * Follows a layer's flag outwards through the functions that hand it on. `undefined` when the code
 * around gives no choice: a layer that is told True in so many words may be meant to be.
 */
export function whereTold(layer: BuiltLayer, context: RuleContext): Told | undefined {
  const { flag, api, calls, site } = layer;
  if (api === 'network' && flag.source === 'default') {
    return { site, leftOut: 'is_training' };
  }
  const written = flag.site && expressionAt(flag.site, context);
  if (written === undefined || flag.site === undefined) {
    return flag.source === 'constant' ? throughScope(layer, context) : undefined;
  }
  if (isTrue(written)) {
    return api === 'network' ? { site: flag.site, leftOut: undefined } : undefined;
  }
  return written.kind === 'name' ? throughCalls(written.id, calls, context) : undefined;
}

/** The flag came from a scope, which the function around made from its own. */
function throughScope({ calls }: BuiltLayer, context: RuleContext): Told | undefined {
  const code = calls.at(-1)?.code;
  const [flag, ...others] = code?.parameters.filter(({ name }) => isFlagName(name)) ?? [];
  return flag === undefined || others.length > 0
    ? undefined
    : throughCalls(flag.name, calls, context);
}

function throughCalls(
  name: string,
  calls: readonly EnteredCall[],
  context: RuleContext,
): Told | undefined {
  const entered = calls.at(-1);
  const parameter = entered?.code.parameters.find((own) => own.name === name);
  const call = entered && callAt(context.moduleAt(entered.site.path), entered.site.range);
  if (parameter === undefined || entered === undefined || call === undefined) {
    return undefined;
  }
  const given = argumentFor(parameter, { ...entered, call });
  if (given === 'absent') {
    return isDefaultTrue(parameter, entered) ? { site: entered.site, leftOut: name } : undefined;
  }
  if (given?.kind === 'name') {
    return throughCalls(given.id, calls.slice(0, -1), context);
  }
  const { path } = entered.site;
  return given && isTrue(given)
    ? { site: { path, range: given.range }, leftOut: undefined }
    : undefined;
}

/** `@slim.add_arg_scope`: a scope around the call may give what the call leaves out. */
function isDecorated({ code }: EnteredCall): boolean {
  return code.kind === 'function' && code.decorators.length > 0;
}

function isDefaultTrue({ defaultValue }: Parameter, entered: EnteredCall): boolean {
  return defaultValue !== undefined && isTrue(defaultValue) && !isDecorated(entered);
}

function isTrue(expression: Expression): boolean {
  return expression.kind === 'constant' && expression.value === true;
}

function expressionAt({ path, range }: Site, context: RuleContext): Expression | undefined {
  for (const node of context.moduleAt(path)?.nodes ?? []) {
    if (isSameRange(node.range, range) && isExpression(node)) {
      return node;
    }
  }
  return undefined;
}

function isExpression(node: { readonly kind: string }): node is Expression {
  return node.kind === 'name' || node.kind === 'constant' || node.kind === 'attribute';
}
