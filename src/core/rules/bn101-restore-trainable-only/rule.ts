import { addStatistics, pickFromAll, readOtherCollection } from '../../fixes/variableLists';
import type { Fix, TextEdit } from '../../fixes/fix';
import type { Site } from '../../semantics/value';
import { isSameSite } from '../../semantics/sites';
import type { CheckpointUse } from '../../training/tensorflow1/facts';
import type { CollectionRead } from '../../training/tensorflow1/variables';
import { type Rule, type RuleContext, levelFor } from '../context';
import type { Finding, RelatedPlace } from '../finding';
import { isNothingLost, isOfOtherScope, normPlaces, trainableRead } from '../trainableLists';
import doc from './rule.md';

export const restoreTrainableOnly: Rule = {
  id: 'BN101',
  name: 'restore-trainable-only',
  summary: "Only trainable variables are restored, so BatchNorm's moving statistics stay untouched",
  severity: 'error',
  frameworks: ['tensorflow1'],
  since: '0.1.0',
  doc,
  *check(context) {
    const losses = lossesIn(context);
    if (losses.length === 0 || areStatisticsElsewhere(context)) {
      return;
    }
    const level = levelFor(restoreTrainableOnly, context.evidence);
    if (level === undefined) {
      return;
    }
    for (const { use, read } of losses) {
      yield { ...level, ...describe(use, read, context) };
    }
  },
};

/** A list that is restored, and lacks the statistics. */
interface Loss {
  readonly use: CheckpointUse;
  readonly read: CollectionRead;
}

function lossesIn(context: RuleContext): readonly Loss[] {
  return context.facts.tensorflow1.checkpointUses.flatMap((use) => {
    const read = use.direction === 'restore' ? trainableRead(use) : undefined;
    return read === undefined || isOfOtherScope(read, context) ? [] : [{ use, read }];
  });
}

/** Whether the statistics are restored apart, among the trainable variables, or never read. */
function areStatisticsElsewhere(context: RuleContext): boolean {
  const isRestoredApart = context.facts.tensorflow1.checkpointUses.some(
    ({ direction, variables: { membership } }) =>
      direction === 'restore' &&
      membership.runningStatistics !== 'no' &&
      membership.trainable === 'no',
  );
  return isRestoredApart || isNothingLost(context);
}

function describe(
  use: CheckpointUse,
  read: CollectionRead,
  context: RuleContext,
): Pick<Finding, 'path' | 'range' | 'message' | 'related' | 'fixes'> {
  const where = read.scope === undefined ? '' : ` of '${read.scope}'`;
  const isHere = read.site.path === use.takenAt.path;
  const site = isHere ? read.site : (use.variablesSite ?? use.takenAt);
  return {
    ...site,
    message: `Only the trainable variables${where} are restored: BatchNorm's moving mean and moving variance are not among them and keep their initial values, so predictions in evaluation mode will be wrong`,
    related: relatedPlaces(use, { read, site, context }),
    fixes: fixesFor(use, { read, site, context }),
  };
}

interface Place {
  readonly read: CollectionRead;
  readonly site: Site;
  readonly context: RuleContext;
}

function relatedPlaces(
  use: CheckpointUse,
  { read, site, context }: Place,
): readonly RelatedPlace[] {
  const places: RelatedPlace[] = [];
  if (site !== read.site) {
    places.push({ ...read.site, message: 'The trainable variables are collected here' });
  }
  if (use.takenAt !== use.site) {
    places.push({ ...use.takenAt, message: 'The saver takes the list here' });
  }
  places.push({ ...use.site, message: 'The checkpoint is read here' });
  const saving = context.facts.tensorflow1.checkpointUses.find(
    ({ direction, takenAt }) => direction === 'save' && isSameSite(takenAt, use.takenAt),
  );
  if (saving !== undefined) {
    places.push({ ...saving.site, message: 'The same list is saved here, without the statistics' });
  }
  return [...places, ...normPlaces(context)];
}

function fixesFor(use: CheckpointUse, { read, context }: Place): readonly Fix[] {
  const isListShared = context.facts.tensorflow1.otherUses.some(({ reads }) =>
    reads.includes(read),
  );
  const isApart = read.site.path !== use.takenAt.path;
  const fix = isListShared || isApart ? fixAtUse(use, read, context) : fixAtRead(read, context);
  return fix === undefined ? [] : [fix];
}

function suggestion(title: string, edit: TextEdit | undefined): Fix | undefined {
  return edit && { title, safety: 'suggestion', edits: [edit] };
}

/** The list has other readers: only what the saver gets is changed. */
function fixAtUse(use: CheckpointUse, read: CollectionRead, context: RuleContext): Fix | undefined {
  const site = use.variablesSite;
  const module = site && context.moduleAt(site.path);
  const edit =
    module && use.variables.isList ? addStatistics({ ...site, module }, read.scope) : undefined;
  return suggestion('Restore the moving statistics as well', edit);
}

/** Only slim registers model variables: those of other layers, or made by hand, would be missing. */
function isMadeBySlim({ closure }: RuleContext): boolean {
  const norms = closure.flatMap(({ evidence }) => evidence.batchNormCalls);
  const isSlimUsed = closure.some(({ evidence }) => evidence.slimMention !== undefined);
  return isSlimUsed && norms.every(({ name }) => name.startsWith('slim.'));
}

function fixAtRead(read: CollectionRead, context: RuleContext): Fix | undefined {
  const module = context.moduleAt(read.site.path);
  if (module === undefined) {
    return undefined;
  }
  const origin = { ...read.site, module };
  if (isMadeBySlim(context)) {
    // Slim registers what a network is made of, and nothing an optimizer adds.
    const edit = readOtherCollection(origin, 'model');
    return suggestion('Restore all model variables', edit);
  }
  if (read.isAfterOptimizer === 'no') {
    return suggestion('Restore all global variables', readOtherCollection(origin, 'global'));
  }
  // A global list would hold the optimizer's slots, which the checkpoint may not have.
  return suggestion('Restore the moving statistics as well', pickFromAll(origin));
}
