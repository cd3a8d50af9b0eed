import type { Fix } from '../../fixes/fix';
import { widenWeightList } from '../../fixes/weightLists';
import type { KerasFacts, WeightCopy, WeightWrite } from '../../training/keras/facts';
import { isSameLayer } from '../../training/keras/layer';
import type { WeightRead } from '../../training/keras/weights';
import type { Rule, RuleContext } from '../context';
import type { Finding } from '../finding';
import { levelForModel } from '../kerasLevels';
import { eventsBySite } from '../sites';
import { normPlaces } from '../torchLevels';
import doc from './rule.md';

export const trainableWeightsOnlyCopy: Rule = {
  id: 'BN206',
  name: 'trainable-weights-only-copy',
  summary: "Only a model's trainable weights are copied or saved, without the moving statistics",
  severity: 'error',
  frameworks: ['tensorflow2', 'keras'],
  since: '0.1.0',
  doc,
  *check(context) {
    yield* copied(context);
    yield* written(context);
  },
};

function* copied(context: RuleContext): Iterable<Finding> {
  const { keras } = context.facts;
  const lost = keras.copies.filter((copy) => losesStatistics(copy, keras));
  for (const [copy] of eventsBySite(lost.map((own) => ({ ...own, site: own.target.site })))) {
    const level = levelForModel(trainableWeightsOnlyCopy, copy.target.hasNorm, context);
    if (level !== undefined) {
      yield {
        ...level,
        ...copy.target.site,
        message:
          "Only the trainable weights are copied into this model: BatchNorm's moving mean and moving variance are not among them, so they stay what they were and inference uses them",
        related: normPlaces(context),
        fixes: fixesFor([copy.target, ...copy.sources], 'safe', context),
      };
    }
  }
}

function losesStatistics({ role, target, sources }: WeightCopy, facts: KerasFacts): boolean {
  const isOther = facts.copies.some(
    (other) => other.role === 'runningStatistics' && isSameLayer(other.target.layer, target.layer),
  );
  const isRefreshed = facts.refreshes.some(
    ({ layer, isAfterTraining }) => isSameLayer(layer, target.layer) && isAfterTraining !== 'no',
  );
  const calls = facts.calls.filter(({ layer }) => isSameLayer(layer, target.layer));
  const keepsItsOwn = calls.some(({ norms }) => norms.some(({ mode }) => mode === 'train'));
  return (
    role === 'trainable' &&
    target.kind === 'trainable' &&
    sources.some(({ isTrained }) => isTrained !== 'no') &&
    !isOther &&
    !isRefreshed &&
    !keepsItsOwn
  );
}

function* written(context: RuleContext): Iterable<Finding> {
  for (const [write] of eventsBySite(context.facts.keras.writes)) {
    const read = onlyTrainable(write);
    const level = read && levelForModel(trainableWeightsOnlyCopy, read.hasNorm, context);
    if (read !== undefined && level !== undefined) {
      yield {
        ...level,
        ...read.site,
        message:
          "Only the trainable weights of the model are saved: BatchNorm's moving mean and moving variance are not among them, so whoever loads this file evaluates with the initial 0 and 1",
        related: [{ ...write.site, message: 'The file is written here' }, ...normPlaces(context)],
        fixes: fixesFor([read], 'suggestion', context),
      };
    }
  }
}

/** The read that what is written comes from, when nothing but trainable weights is in it. */
function onlyTrainable({ set: { membership, reads } }: WeightWrite): WeightRead | undefined {
  const [read] = reads.filter(({ hasNorm }) => hasNorm !== 'no');
  const isOnly =
    reads.every(({ kind }) => kind === 'trainable') &&
    membership.trainable !== 'no' &&
    membership.runningStatistics === 'no';
  return isOnly ? read : undefined;
}

function fixesFor(
  reads: readonly WeightRead[],
  safety: Fix['safety'],
  context: RuleContext,
): readonly Fix[] {
  const places = eventsBySite(reads).map(([read]) => read.site);
  const edits = places.flatMap((site) => {
    const module = context.moduleAt(site.path);
    return (module && widenWeightList({ ...site, module })) ?? [];
  });
  const title =
    safety === 'safe' ? 'Copy all weights' : "Save all weights (load into the model's `weights`)";
  return edits.length === places.length ? [{ title, safety, edits }] : [];
}
