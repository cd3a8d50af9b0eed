import { letStatisticsThrough } from '../../fixes/nameFilters';
import type { Fix } from '../../fixes/fix';
import { isSameSite } from '../../semantics/sites';
import type { CheckpointUse } from '../../training/tensorflow1/facts';
import type { CollectionRead } from '../../training/tensorflow1/variables';
import { type Rule, type RuleContext, levelFor } from '../context';
import type { Finding } from '../finding';
import { isNothingLost, normPlaces, scopeWords } from '../trainableLists';
import doc from './rule.md';

export const nameFilterDropsMovingStats: Rule = {
  id: 'BN104',
  name: 'name-filter-drops-moving-stats',
  summary: "A filter by name leaves BatchNorm's moving statistics out of what is saved or restored",
  severity: 'warning',
  frameworks: ['tensorflow1'],
  since: '0.1.0',
  doc,
  *check(context) {
    const losses = lossesIn(context);
    if (losses.length === 0 || isNothingLost(context)) {
      return;
    }
    const level = levelFor(nameFilterDropsMovingStats, context.evidence);
    if (level === undefined) {
      return;
    }
    for (const { uses, read } of losses) {
      if (!uses.every((use) => areStatisticsElsewhere(use, context))) {
        yield { ...level, ...describe({ uses, read }, context) };
      }
    }
  },
};

/** Everything that is done with one filtered list. */
interface Loss {
  readonly uses: readonly CheckpointUse[];
  readonly read: CollectionRead;
}

function lossesIn({ facts }: RuleContext): readonly Loss[] {
  const all = facts.tensorflow1.checkpointUses;
  const reads = new Set(all.flatMap((use) => filteredRead(use) ?? []));
  const places: CollectionRead[] = [];
  for (const read of reads) {
    if (!places.some(({ site }) => isSameSite(site, read.site))) {
      places.push(read);
    }
  }
  return places.flatMap((read): readonly Loss[] => {
    const uses = all.filter(({ variables }) =>
      variables.reads.some(({ site }) => isSameSite(site, read.site)),
    );
    const losing = uses.filter((use) => filteredRead(use) !== undefined);
    // A list that keeps them for one caller is no mistake of the filter.
    const isSure = losing.every(({ takenAt }) =>
      uses.every((use) => !isSameSite(use.takenAt, takenAt) || filteredRead(use) !== undefined),
    );
    return isSure ? [{ uses: losing, read }] : [];
  });
}

/** The read of all variables of which surely no statistics are left. */
function filteredRead({
  variables: { membership, reads },
}: CheckpointUse): CollectionRead | undefined {
  const losesStatistics = membership.trainable !== 'no' && membership.runningStatistics === 'no';
  return losesStatistics
    ? reads.find(({ collection }) => collection === 'global' || collection === 'model')
    : undefined;
}

/** Whether the statistics are saved in another file as well, or restored from one. */
function areStatisticsElsewhere({ direction }: CheckpointUse, { facts }: RuleContext): boolean {
  return facts.tensorflow1.checkpointUses.some(
    ({ direction: other, variables: { membership } }) => {
      const hasStatistics = other === direction && membership.runningStatistics !== 'no';
      return hasStatistics && (direction === 'save' || membership.trainable === 'no');
    },
  );
}

function describe(
  { uses, read }: Loss,
  context: RuleContext,
): Pick<Finding, 'path' | 'range' | 'message' | 'related' | 'fixes'> {
  const isRestored = uses.some(({ direction }) => direction === 'restore');
  const isSaved = uses.some(({ direction }) => direction === 'save');
  const done = isRestored && isSaved ? 'saved and not restored' : isSaved ? 'saved' : 'restored';
  const places = uses.map(({ site, direction }) => ({
    ...site,
    message:
      direction === 'save' ? 'The checkpoint is written here' : 'The checkpoint is read here',
  }));
  return {
    ...read.site,
    message: `The names that are kept of these variables${scopeWords(read)} leave out BatchNorm's moving mean and moving variance: they are not ${done}, so evaluation mode predicts with initial statistics`,
    related: [...places, ...normPlaces(context)],
    fixes: fixesFor(read, context),
  };
}

function fixesFor({ site }: CollectionRead, context: RuleContext): readonly Fix[] {
  const module = context.moduleAt(site.path);
  const edit = module && letStatisticsThrough({ ...site, module });
  return edit === undefined
    ? []
    : [{ title: 'Keep the moving statistics as well', safety: 'suggestion', edits: [edit] }];
}
