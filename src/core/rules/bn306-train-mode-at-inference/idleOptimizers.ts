import type { Expression, PyModule, Statement } from '../../python/nodes';
import { type NamedValue, isSameRange, namedValue } from '../../python/uses';
import type { Site } from '../../semantics/value';
import type { RuleContext } from '../context';

/** Whether an optimizer is made that something may take a step with. */
export function hasOptimizerInUse(context: RuleContext): boolean {
  return context.facts.torch.optimizers.some((site) => !isIdle(site, context));
}

/** Whether an optimizer has a plain name, and all that is done with it is to read or fill its state. */
function isIdle({ path, range }: Site, context: RuleContext): boolean {
  const module = context.moduleAt(path);
  const named = module && namedValue(module, range);
  if (module === undefined || named === undefined) {
    return false;
  }
  return (
    isOnlyLookedAt(named, module) &&
    !context.companions().some((other) => other !== path && names(named, context.moduleAt(other)))
  );
}

const looks: ReadonlySet<string> = new Set(['load_state_dict', 'state_dict', 'param_groups']);

function isOnlyLookedAt({ mentions }: NamedValue, module: PyModule): boolean {
  const isMention = (own: Expression): boolean =>
    mentions.some(({ range }) => isSameRange(range, own.range));
  const harmless = [...module.nodes].filter((node) => looksAt(node, isMention));
  return harmless.length === mentions.length;
}

/** `optimizer.load_state_dict`, and `optimizer = ` for another one. */
function looksAt(node: Expression | Statement, isMention: (own: Expression) => boolean): boolean {
  return node.kind === 'attribute'
    ? looks.has(node.name) && isMention(node.object)
    : node.kind === 'assign' && node.targets.length === 1 && node.targets.some(isMention);
}

/** Whether another module may reach it by its name. */
function names({ name }: NamedValue, module: PyModule | undefined): boolean {
  for (const node of module?.nodes ?? []) {
    const isImported = node.kind === 'importFrom' && node.names.some((own) => own.name === name);
    if (isImported || (node.kind === 'attribute' && node.name === name)) {
      return true;
    }
  }
  return false;
}
