import { readOtherCollection, addStatistics } from '../../fixes/variableLists';
import type { Fix } from '../../fixes/fix';
import { callAt } from '../../python/walk';
import { isSameSite } from '../../semantics/sites';
import type { CheckpointUse } from '../../training/tensorflow1/facts';
import type { CollectionRead } from '../../training/tensorflow1/variables';
import { type Rule, type RuleContext, levelFor } from '../context';
import type { Finding, RelatedPlace } from '../finding';
import {
  isNothingLost,
  isOfOtherScope,
  normPlaces,
  scopeWords,
  trainableRead,
} from '../trainableLists';
import doc from './rule.md';

export const saveTrainableOnly: Rule = {
  id: 'BN102',
  name: 'save-trainable-only',
  summary:
    "Only trainable variables are saved, so a checkpoint lacks BatchNorm's moving statistics",
  severity: 'error',
  frameworks: ['tensorflow1'],
  since: '0.1.0',
  doc,
  *check(context) {
    const losses = areStatisticsSaved(context) ? [] : lossesIn(context);
    if (losses.length === 0 || isNothingLost(context)) {
      return;
    }
    const level = levelFor(saveTrainableOnly, context.evidence);
    if (level === undefined) {
      return;
    }
    for (const loss of losses) {
      yield { ...level, ...describe(loss, context) };
    }
  },
};

/** A list that is saved, and lacks the statistics. */
interface Loss {
  readonly use: CheckpointUse;
  readonly read: CollectionRead;
}

/** Whether anything that is saved may hold the statistics. */
function areStatisticsSaved({ facts }: RuleContext): boolean {
  return facts.tensorflow1.checkpointUses.some(
    ({ direction, variables }) =>
      direction === 'save' && variables.membership.runningStatistics !== 'no',
  );
}

/** One for each place that takes a list; lists that are restored as well are BN101's. */
function lossesIn(context: RuleContext): readonly Loss[] {
  const uses = context.facts.tensorflow1.checkpointUses;
  const restored = uses.filter(({ direction }) => direction === 'restore');
  const losses: Loss[] = [];
  for (const use of uses) {
    const read = use.direction === 'save' && isWhole(use) ? trainableRead(use) : undefined;
    const isKnown = losses.some((loss) => isSameSite(loss.use.takenAt, use.takenAt));
    const isRestored = restored.some(
      (other) => isSameSite(other.takenAt, use.takenAt) || trainableRead(other) === read,
    );
    const isLost = read !== undefined && !isOfOtherScope(read, context);
    if (isLost && !isKnown && !isRestored) {
      losses.push({ use, read });
    }
  }
  return losses;
}

/** A few arrays in a file are for looking at; a network is saved with all of its weights. */
function isWhole({ through, variables }: CheckpointUse): boolean {
  return (
    through === saverName || (!variables.isFiltered && variables.membership.trainable === 'yes')
  );
}

const saverName = 'tensorflow.train.Saver';

function describe(
  { use, read }: Loss,
  context: RuleContext,
): Pick<Finding, 'path' | 'range' | 'message' | 'related' | 'fixes'> {
  const isHere = read.site.path === use.takenAt.path;
  const site = isHere ? read.site : (use.variablesSite ?? use.takenAt);
  const file = use.through === saverName ? 'checkpoint' : 'file';
  return {
    ...site,
    message: `Only the trainable variables${scopeWords(read)} are saved: BatchNorm's moving mean and moving variance are missing from the ${file}, so a model restored from it has initial statistics and predicts wrongly in evaluation mode, or cannot be restored at all`,
    related: relatedPlaces({ use, read }, context),
    fixes: fixesFor({ use, read }, context),
  };
}

function relatedPlaces({ use, read }: Loss, context: RuleContext): readonly RelatedPlace[] {
  const places: RelatedPlace[] = [];
  if (read.site.path !== use.takenAt.path) {
    places.push({ ...read.site, message: 'The trainable variables are collected here' });
  }
  if (use.takenAt !== use.site) {
    places.push({ ...use.takenAt, message: 'The saver takes the list here' });
  }
  const message =
    'Written here; what was written so far has no statistics and keeps needing the old list';
  return [...places, { ...use.site, message }, ...normPlaces(context)];
}

function fixesFor({ use, read }: Loss, context: RuleContext): readonly Fix[] {
  const isShared = context.facts.tensorflow1.otherUses.some(({ reads }) => reads.includes(read));
  const isApart = read.site.path !== use.takenAt.path;
  const fix =
    isShared || isApart ? fixAtUse({ use, read }, context) : fixAtRead({ use, read }, context);
  return fix === undefined ? [] : [fix];
}

function fixAtUse({ use, read }: Loss, context: RuleContext): Fix | undefined {
  const site = use.variablesSite;
  const module = site && context.moduleAt(site.path);
  const edit =
    module && use.variables.isList ? addStatistics({ ...site, module }, read.scope) : undefined;
  return (
    edit && { title: 'Save the moving statistics as well', safety: 'suggestion', edits: [edit] }
  );
}

function fixAtRead({ use, read }: Loss, context: RuleContext): Fix | undefined {
  const module = context.moduleAt(read.site.path);
  const isAttribute = module && callAt(module, read.site.range)?.callee.kind === 'attribute';
  if (!isAttribute) {
    return undefined;
  }
  const edit = readOtherCollection({ ...read.site, module }, 'global');
  // A list in parentheses has no other reader, and a saver that only saves takes any variable.
  const isInline = use.variablesSite !== undefined && isSameSite(use.variablesSite, read.site);
  const safety = isInline ? 'safe' : 'suggestion';
  return edit && { title: 'Save all global variables', safety, edits: [edit] };
}
