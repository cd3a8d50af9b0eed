import type { Fix } from '../../fixes/fix';
import { indentAt } from '../../fixes/statements';
import type { PyModule } from '../../python/nodes';
import type { Site } from '../../semantics/value';
import type { StateUse } from '../../training/torch/facts';
import { isSameNet } from '../../training/torch/net';
import type { Rule, RuleContext } from '../context';
import { bySite, levelForNet, normPlaces } from '../torchLevels';
import doc from './rule.md';

export const strictFalseUnchecked: Rule = {
  id: 'BN305',
  name: 'strict-false-unchecked',
  summary: 'A load that accepts missing keys does not look whether running statistics are missing',
  severity: 'warning',
  frameworks: ['torch'],
  since: '0.1.0',
  doc,
  *check(context) {
    for (const events of bySite(context.facts.torch.stateUses)) {
      const [use] = events;
      const level = levelForNet(strictFalseUnchecked, use.netHasNorm, context);
      if (level === undefined || !events.every((own) => isUnchecked(own, context))) {
        continue;
      }
      const isLost = events.every((own) => lacksStatistics(own, context));
      yield {
        ...level,
        severity: isLost ? level.severity : 'hint',
        ...use.site,
        message: isLost ? lostMessage : uncheckedMessage,
        related: isLost ? normPlaces(context) : [],
        fixes: fixesFor(use.site, context),
      };
    }
  },
};

const lostMessage =
  'These are parameters only, and strict=False hides it: the running mean and running variance of BatchNorm stay what they are in this model, 0 and 1 if it is new, and evaluation uses them';
const uncheckedMessage =
  'strict=False also accepts a file without the running mean and running variance of BatchNorm, and nothing looks at the keys that were missing: evaluation would use the initial 0 and 1';

/**
 * What a filter took out of a state dict is another rule's finding, and a net that gets its own
 * parameters back has its own statistics still.
 */
function isUnchecked(use: StateUse, context: RuleContext): boolean {
  const { direction, isStrict, set, net, site } = use;
  const isFiltered =
    set.reads.some(({ kind }) => kind !== 'parameters') && set.membership.statistics === 'no';
  const isComplete =
    set.membership.statistics === 'yes' && set.reads.every(({ kind }) => kind !== 'checkpoint');
  const isOwn = set.reads.length > 0 && set.reads.every((read) => isSameNet(read.net, net));
  const module = context.moduleAt(site.path);
  return (
    direction === 'load' &&
    isStrict === 'no' &&
    !isComplete &&
    !isFiltered &&
    !isOwn &&
    module !== undefined &&
    isStatement(site, module)
  );
}

/** Whether the answer of a call is thrown away. */
function isStatement({ range }: Site, module: PyModule): boolean {
  for (const node of module.nodes) {
    if (node.kind === 'expression' && node.value.range.start === range.start) {
      return node.value.range.end === range.end;
    }
  }
  return false;
}

/** Parameters of another net, for one that learns no statistics of its own afterwards. */
function lacksStatistics({ set, net }: StateUse, { facts }: RuleContext): boolean {
  const { membership, reads } = set;
  const isOnlyParameters = membership.parameter !== 'no' && membership.statistics === 'no';
  const isForeign = reads.length > 0 && reads.every((read) => !isSameNet(read.net, net));
  const isTrained = facts.torch.calls.some(
    (call) => isSameNet(call.net, net) && call.mode !== 'eval' && call.isTrained,
  );
  return isOnlyParameters && isForeign && !isTrained;
}

function fixesFor({ path, range }: Site, context: RuleContext): readonly Fix[] {
  const module = context.moduleAt(path);
  const indent = module && indentAt(module.text, range.start);
  if (module === undefined || indent === undefined) {
    return [];
  }
  const name = /\bmissing\b/.test(module.text) ? 'missing_keys' : 'missing';
  const check = `assert not any("running_" in key for key in ${name}), ${name}`;
  const end = range.end;
  return [
    {
      title: 'Stop when running statistics are missing',
      safety: 'suggestion',
      edits: [
        { path, range: { start: range.start, end: range.start }, newText: `${name} = ` },
        { path, range: { start: end, end }, newText: `.missing_keys\n${indent}${check}` },
      ],
    },
  ];
}
