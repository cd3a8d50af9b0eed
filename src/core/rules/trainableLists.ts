/** What rules about lists of trainable variables in TensorFlow 1 have in common. */

import { isInside } from '../python/uses';
import type { CheckpointUse } from '../training/tensorflow1/facts';
import type { CollectionRead } from '../training/tensorflow1/variables';
import type { RuleContext } from './context';
import type { RelatedPlace } from './finding';

/** The read of trainable variables that a list comes from, if it comes from nothing else. */
export function trainableRead({
  variables,
}: Pick<CheckpointUse, 'variables'>): CollectionRead | undefined {
  const { membership, reads } = variables;
  const losesStatistics = membership.trainable !== 'no' && membership.runningStatistics === 'no';
  const [read] = reads;
  const isAllTrainable = reads.every(({ collection }) => collection === 'trainable');
  return losesStatistics && isAllTrainable ? read : undefined;
}

/** Whether the statistics are among the trainable variables, or no layer ever reads them. */
export function isNothingLost(context: RuleContext): boolean {
  return context.once(areStatisticsUnused);
}

function areStatisticsUnused({ closure }: RuleContext): boolean {
  const norms = closure.flatMap(({ evidence }) => evidence.batchNormCalls);
  const isNeverRead = norms.length > 0 && norms.every(({ mode }) => mode === 'train');
  return isNeverRead || norms.some(({ hasTrainableStatistics }) => hasTrainableStatistics !== 'no');
}

/**
 * Whether no layer is in the scope that a list is of. All that is known to build BatchNorm must have
 * been seen at it, and each layer where its variables get other names.
 */
export function isOfOtherScope({ scope }: CollectionRead, context: RuleContext): boolean {
  const { layers } = context.facts.updates;
  return (
    scope !== undefined &&
    layers.length > 0 &&
    context.once(areAllNormsSeen) &&
    layers.every(({ scopes }) => scopes.every((own) => !mayHold(scope, own)))
  );
}

function areAllNormsSeen({ closure, facts: { updates } }: RuleContext): boolean {
  const names = new Set(updates.layers.map(({ name }) => name));
  return closure.every(({ evidence }) => {
    const mentions = evidence.mentions.filter((own) => own.evidence === 'batchNorm');
    return (
      mentions.every(({ name }) => names.has(name)) &&
      evidence.batchNormCalls.every(({ site }) =>
        // `BatchNormalization()` is in `BatchNormalization()(x)`.
        updates.layers.some(
          (layer) => layer.site.path === site.path && isInside(site.range, layer.site.range),
        ),
      )
    );
  });
}

/** Whether names that begin with `start` may match a scope, which is a pattern for their beginning. */
function mayHold(scope: string, start: string): boolean {
  const shared = Math.min(scope.length, start.length);
  const isPlain = /^[\w/-]*$/.test(scope);
  return !isPlain || scope.slice(0, shared) === start.slice(0, shared);
}

/** Where BatchNorm was seen, when it was. */
export function normPlaces({ evidence }: RuleContext): readonly RelatedPlace[] {
  return evidence.level === 'certain'
    ? [{ ...evidence.site, message: `BatchNorm comes from \`${evidence.name}\`` }]
    : [];
}

/** ` of 'resnet'`, or nothing when the list is of all scopes or of one nobody knows. */
export function scopeWords({ scope }: CollectionRead): string {
  return scope === undefined ? '' : ` of '${scope}'`;
}
