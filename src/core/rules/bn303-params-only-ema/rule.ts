import { copyBuffersAfter } from '../../fixes/bufferLoops';
import type { Fix } from '../../fixes/fix';
import type { EntryCopy, NetCall } from '../../training/torch/facts';
import { type Net, isSameNet } from '../../training/torch/net';
import type { Rule, RuleContext } from '../context';
import { bySite, levelForNet, normPlaces } from '../torchLevels';
import doc from './rule.md';

export const paramsOnlyEma: Rule = {
  id: 'BN303',
  name: 'params-only-ema',
  summary: 'An averaged copy of a model takes over parameters, but not the running statistics',
  severity: 'warning',
  frameworks: ['torch'],
  since: '0.1.0',
  doc,
  *check(context) {
    const { copies } = context.facts.torch;
    for (const events of bySite(
      copies.filter(({ isBlend, role }) => isBlend && role === 'parameter'),
    )) {
      const [copy] = events;
      const level = levelForNet(paramsOnlyEma, copy.target.hasNorm, context);
      if (level !== undefined && events.every((own) => leavesStatistics(own, context))) {
        yield {
          ...level,
          ...copy.site,
          message:
            'Only parameters are averaged into this copy of the model: its running mean and running variance stay what they were when the copy was made, and it is evaluated with them',
          related: normPlaces(context),
          fixes: fixesFor(copy, context),
        };
      }
    }
  },
};

function leavesStatistics({ target: { net, kind } }: EntryCopy, { facts }: RuleContext): boolean {
  const { calls, copies, stateUses } = facts.torch;
  if (net === undefined || kind !== 'parameters') {
    return false;
  }
  const isRefreshed =
    copies.some(({ role, target }) => role === 'statistics' && isSameNet(target.net, net)) ||
    stateUses.some(
      (use) =>
        use.direction === 'load' &&
        isSameNet(use.net, net) &&
        use.set.membership.statistics !== 'no',
    );
  const own = calls.filter((call) => isAbout(call, net));
  return (
    !isRefreshed &&
    own.some(({ mode }) => mode === 'eval') &&
    own.every(({ mode }) => mode === 'eval')
  );
}

function isAbout({ net }: NetCall, other: Net): boolean {
  return isSameNet(net, other);
}

/** A suggestion: the copy is evaluated with other numbers than before. */
function fixesFor({ target, sources: [source] }: EntryCopy, context: RuleContext): readonly Fix[] {
  const { path, range } = target.site;
  const module = context.moduleAt(path);
  const edit =
    module && source?.site.path === path
      ? copyBuffersAfter({ path, module, target: range, source: source.site.range })
      : undefined;
  return edit ? [{ title: 'Copy the buffers too', safety: 'suggestion', edits: [edit] }] : [];
}
