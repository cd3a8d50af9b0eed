import type { Fix } from '../../fixes/fix';
import { callAt } from '../../python/walk';
import { isSameSite } from '../../semantics/sites';
import type { KnownCheckpoint } from '../../training/tensorflow1/checkpointPaths';
import type { CheckpointWrite } from '../../training/tensorflow1/facts';
import type { Rule, RuleContext } from '../context';
import type { Finding, RelatedPlace } from '../finding';
import { eventsBySite } from '../sites';
import doc from './rule.md';

export const saveInsteadOfRestore: Rule = {
  id: 'BN114',
  name: 'save-instead-of-restore',
  summary: 'Initial values are saved over a checkpoint that was meant to be restored',
  severity: 'error',
  frameworks: ['tensorflow1'],
  since: '0.1.0',
  doc,
  *check(context) {
    if (areValuesFromElsewhere(context)) {
      return;
    }
    for (const [write, ...others] of eventsBySite(context.facts.tensorflow1.writes)) {
      if ([write, ...others].every((own) => isSlip(own, context))) {
        yield describe(write, context);
      }
    }
  },
};

/** Whether initial values may be worth saving: a conversion reads them from a checkpoint. */
function areValuesFromElsewhere({ facts }: RuleContext): boolean {
  const { checkpointUses, readers, warmStarts } = facts.tensorflow1;
  const isAssigned = checkpointUses.some(
    ({ direction, through }) => direction === 'restore' && through !== 'tensorflow.train.Saver',
  );
  return isAssigned || readers.length > 0 || warmStarts.length > 0;
}

/** A saver that never restores writes what initializers gave over a checkpoint that was there. */
function isSlip({ target, isChanged, saver }: CheckpointWrite, { facts }: RuleContext): boolean {
  const isRestored = facts.tensorflow1.checkpointUses.some(
    ({ direction, takenAt }) => direction === 'restore' && isSameSite(takenAt, saver.site),
  );
  return isChanged === 'no' && !isRestored && target !== undefined && isSure(target, saver, facts);
}

/** Whoever converts a model names the file as the published one; whoever fine-tunes reads it. */
function isSure(
  { kind }: KnownCheckpoint,
  { variables }: CheckpointWrite['saver'],
  { updates }: RuleContext['facts'],
): boolean {
  const isFineTuning = updates.trainOps.length > 0 && variables !== undefined;
  return kind !== 'published' || isFineTuning;
}

function describe(write: CheckpointWrite, context: RuleContext): Finding {
  const statistics =
    context.evidence.level === 'certain'
      ? ', and BatchNorm starts from moving mean 0 and moving variance 1'
      : '';
  return {
    ...write.site,
    severity: 'error',
    confidence: 'certain',
    message: `\`save\` writes the initial values${scopeOf(write)} over the checkpoint ${wordsFor(write.target)}; \`restore\` is what reads it. The stored weights are lost, the model starts untrained${statistics}, and no error says so`,
    related: relatedPlaces(write),
    fixes: fixesFor(write, context),
  };
}

function scopeOf({ saver }: CheckpointWrite): string {
  const scope = saver.variables?.reads[0]?.scope;
  return scope === undefined ? '' : ` of '${scope}'`;
}

function wordsFor(target: CheckpointWrite['target']): string {
  switch (target?.kind) {
    case 'published':
      return `'${target.name}'`;
    case 'metaGraph':
      return 'whose graph was imported';
    default:
      return 'that was just looked up';
  }
}

function relatedPlaces({ target, saver }: CheckpointWrite): readonly RelatedPlace[] {
  const made = { ...saver.site, message: 'The saver is made here' };
  if (target === undefined || target.kind === 'published') {
    return [made];
  }
  const message =
    target.kind === 'found' ? 'The checkpoint is looked up here' : 'Its graph is imported here';
  return isSameSite(target.site, saver.site) ? [made] : [{ ...target.site, message }, made];
}

function fixesFor({ site }: CheckpointWrite, context: RuleContext): readonly Fix[] {
  const call = callAt(context.moduleAt(site.path), site.range);
  const isPlain =
    call?.callee.kind === 'attribute' &&
    call.args.length === 2 &&
    call.args.every(
      ({ kind, name }) => kind === 'positional' || /^(?:sess|save_path)$/.test(name ?? ''),
    );
  if (call?.callee.kind !== 'attribute' || !isPlain) {
    return [];
  }
  const edit = { path: site.path, range: call.callee.nameRange, newText: 'restore' };
  return [{ title: 'Restore the checkpoint', safety: 'suggestion', edits: [edit] }];
}
