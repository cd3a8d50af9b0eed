import type { EntryCopy } from '../../training/torch/facts';
import type { Rule, RuleContext } from '../context';
import { buffersFix, evaluatesOldStatistics, foreignSource } from '../copiedNets';
import { bySite, levelForNet, normPlaces } from '../torchLevels';
import doc from './rule.md';

export const paramsOnlyCopy: Rule = {
  id: 'BN302',
  name: 'params-only-copy',
  summary: 'A model takes over the parameters of another, but not the running statistics',
  severity: 'warning',
  frameworks: ['torch'],
  since: '0.1.0',
  doc,
  *check(context) {
    const copies = context.facts.torch.copies.filter(
      ({ isBlend, isFlat, role }) => !isBlend && !isFlat && role === 'parameter',
    );
    for (const events of bySite(copies)) {
      const [copy] = events;
      const source = events.flatMap((own) => foreignSource(own) ?? []).at(0);
      const level = levelForNet(paramsOnlyCopy, copy.target.hasNorm, context);
      const isLost = events.every((own) => evaluatesOldStatistics(own.target, context));
      if (level !== undefined && source !== undefined && isLost) {
        yield {
          ...level,
          ...copy.site,
          message: messageFor(copy),
          related: normPlaces(context),
          fixes: fixesFor(copy, source, context),
        };
      }
    }
  },
};

function messageFor({ isSum }: EntryCopy): string {
  return isSum
    ? 'Only parameters are added up in this model: its running mean and running variance are not those of any model that was trained, and it is evaluated with them'
    : 'Only parameters are copied into this model: its running mean and running variance stay what they were, and it is evaluated with them instead of those that belong to these weights';
}

/** Statistics that have to be averaged are not copied. */
function fixesFor(
  copy: EntryCopy,
  source: EntryCopy['target'],
  context: RuleContext,
): ReturnType<typeof buffersFix> {
  return copy.isSum ? [] : buffersFix(copy, source, context);
}
