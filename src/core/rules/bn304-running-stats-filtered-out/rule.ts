import { dropConditions } from '../../fixes/stateDicts';
import type { Fix } from '../../fixes/fix';
import type { Known, Site } from '../../semantics/value';
import type { StateUse } from '../../training/torch/facts';
import type { Rule, RuleContext } from '../context';
import { bySite, levelForNet, normPlaces } from '../torchLevels';
import doc from './rule.md';

export const runningStatsFilteredOut: Rule = {
  id: 'BN304',
  name: 'running-stats-filtered-out',
  summary: "A filter over a state dict drops BatchNorm's running statistics",
  severity: 'error',
  frameworks: ['torch'],
  since: '0.1.0',
  doc,
  *check(context) {
    for (const events of bySite(context.facts.torch.stateUses)) {
      const use = events.find(losesStatistics);
      const isOwn = events.some(({ isTrainedBefore }) => isTrainedBefore);
      const level =
        use !== undefined && !isOwn
          ? levelForNet(runningStatsFilteredOut, hasNorm(use), context)
          : undefined;
      if (level !== undefined && use?.valueSite !== undefined) {
        yield {
          ...level,
          ...use.valueSite,
          message: messageFor(use),
          related: normPlaces(context),
          fixes: fixesFor(use.valueSite, context),
        };
      }
    }
  },
};

/** A strict load without the statistics raises an error, which nobody can miss. */
function losesStatistics({ direction, set: { membership, reads }, isStrict }: StateUse): boolean {
  const isFiltered =
    reads.length > 0 && reads.every(({ kind }) => kind === 'state' || kind === 'checkpoint');
  const isSilent = direction === 'save' || isStrict === 'no';
  return isFiltered && isSilent && membership.parameter !== 'no' && membership.statistics === 'no';
}

/** A net that has none to lose loses none, wherever the weights come from. */
function hasNorm({ net, netHasNorm, set: { reads } }: StateUse): Known {
  if (netHasNorm === 'no') {
    return 'no';
  }
  const known = reads.map((read) => read.hasNorm);
  return known.includes('yes')
    ? 'yes'
    : net === undefined && known.includes('no')
      ? 'no'
      : 'unknown';
}

function messageFor({ direction }: StateUse): string {
  return direction === 'save'
    ? 'The running mean and running variance of BatchNorm are filtered out before the weights are saved, so whoever loads this file evaluates with the initial 0 and 1'
    : 'The running mean and running variance of BatchNorm are filtered out before the weights are loaded, and strict=False hides it: the model evaluates with the statistics it already had, 0 and 1 if it is new';
}

function fixesFor(site: Site, context: RuleContext): readonly Fix[] {
  const module = context.moduleAt(site.path);
  const edit = module && dropConditions({ ...site, module });
  return edit ? [{ title: 'Keep all entries', safety: 'suggestion', edits: [edit] }] : [];
}
