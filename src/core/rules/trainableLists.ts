/** What rules about lists of trainable variables in TensorFlow 1 have in common. */

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
