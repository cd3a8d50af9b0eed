import { passFlag } from '../../fixes/trainingFlags';
import type { Fix } from '../../fixes/fix';
import type { PyModule } from '../../python/nodes';
import { isSameRange } from '../../python/uses';
import type { BuiltLayer } from '../../training/tensorflow1/updates/facts';
import type { Rule, RuleContext } from '../context';
import type { Finding } from '../finding';
import { eventsBySite } from '../sites';
import { ignoredFlag } from './ignoredFlag';
import doc from './rule.md';

export const trainingFlagNotForwarded: Rule = {
  id: 'BN109',
  name: 'training-flag-not-forwarded',
  summary: 'A function is told whether it trains, and its BatchNorm is not',
  severity: 'warning',
  frameworks: ['tensorflow1'],
  since: '0.1.0',
  doc,
  *check(context) {
    for (const events of eventsBySite(context.facts.updates.layers)) {
      const [layer] = events;
      const flag = ignoredBy(layer, context);
      if (flag !== undefined && events.every((own) => ignoredBy(own, context) !== undefined)) {
        yield describe(layer, flag, context);
      }
    }
  },
};

/** A flag that a function takes and its layer does not. */
interface Ignored {
  readonly flag: string;
  readonly taker: string;
}

function ignoredBy(layer: BuiltLayer, context: RuleContext): Ignored | undefined {
  // A `tf.layers` layer that is trained without its flag is BN107's.
  const isTold = layer.flag.source !== 'default';
  const isOther = layer.api === 'layers' && context.facts.updates.trainOps.length > 0;
  if (isTold || isOther) {
    return undefined;
  }
  const code = layer.calls.at(-1)?.code;
  if (code?.kind !== 'function') {
    return undefined;
  }
  const flag = ignoredFlag(code, layer.site.range);
  if (layer.api !== 'layers' && isEntryNamed(layer, context)) {
    return undefined;
  }
  return flag && { flag: flag.name, taker: code.name };
}

/**
 * Whether the outermost function was read on its own although something names it, or decorates it:
 * whoever calls it, in code that was not followed, may do so under an `arg_scope` that says what the
 * layer is told.
 */
function isEntryNamed({ calls: [entry] }: BuiltLayer, context: RuleContext): boolean {
  const code = entry?.code;
  if (code?.kind !== 'function' || !isSameRange(entry?.site.range ?? code.nameRange, code.range)) {
    return false;
  }
  const isDecorated = code.decorators.length > 0;
  const paths = isDecorated ? [] : context.companions();
  return isDecorated || paths.some((path) => isNamedIn(context.moduleAt(path), code.name));
}

function isNamedIn(module: PyModule | undefined, name: string): boolean {
  for (const node of module?.nodes ?? []) {
    const isName = node.kind === 'name' && node.id === name;
    if (isName || (node.kind === 'attribute' && node.name === name)) {
      return true;
    }
  }
  return false;
}

function describe(layer: BuiltLayer, { flag, taker }: Ignored, context: RuleContext): Finding {
  return {
    ...layer.site,
    severity: 'warning',
    confidence: 'certain',
    message: `\`${taker}\` takes \`${flag}\` and does not pass it to this BatchNorm, ${consequenceOf(layer)}`,
    related: [],
    fixes: fixesFor(layer, context),
  };
}

function consequenceOf({ flag, updates }: BuiltLayer): string {
  if (flag.mode === 'eval') {
    return 'whose default is False: it always normalizes with its moving mean 0 and moving variance 1 and never updates them, in training as at evaluation';
  }
  const overwrites =
    updates === 'inline' ? ', and updates its moving mean and moving variance with them' : '';
  return `whose default is True: at evaluation it still normalizes with the statistics of each batch${overwrites}, so predictions depend on what else is in the batch`;
}

function fixesFor({ name, api, site }: BuiltLayer, context: RuleContext): readonly Fix[] {
  const keyword = api === 'layers' ? 'training' : 'is_training';
  const isOwnCall = api !== 'slim' || name.endsWith('batch_norm');
  const module = isOwnCall ? context.moduleAt(site.path) : undefined;
  const fix = module && passFlag(module, { ...site, keyword });
  return fix === undefined ? [] : [{ ...fix, safety: 'suggestion' }];
}
