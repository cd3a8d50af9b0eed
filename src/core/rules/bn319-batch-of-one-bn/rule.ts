import type { NetCall } from '../../training/torch/facts';
import type { Rule } from '../context';
import { keyOf } from '../torchLevels';
import doc from './rule.md';

export const batchOfOne: Rule = {
  id: 'BN319',
  name: 'batch-of-one-bn',
  summary: 'BatchNorm is trained on batches of one sample',
  severity: 'hint',
  frameworks: ['torch'],
  since: '0.1.0',
  doc,
  *check({ facts }) {
    const seen = new Set<string>();
    for (const call of facts.torch.calls.filter(isTrainedWithNorm)) {
      for (const { batchSize, site } of call.loaders) {
        if (batchSize === 1 && !seen.has(keyOf(site))) {
          seen.add(keyOf(site));
          yield {
            severity: 'hint',
            confidence: 'certain',
            ...site,
            message:
              'BatchNorm is trained on batches of one sample here: it normalizes each sample with itself, and its running variance lacks what differs between samples, so evaluation sees other numbers than training',
            related: [{ ...call.site, message: 'The model is trained here' }],
            fixes: [],
          };
        }
      }
    }
  },
};

/** Layers in evaluation mode do not look at the batch. */
function isTrainedWithNorm({ isTrained, hasNorm, mode }: NetCall): boolean {
  return isTrained && hasNorm === 'yes' && mode === 'train';
}
