import type { Rule } from '../context';
import { bySite } from '../torchLevels';
import doc from './rule.md';

export const checkpointedNorm: Rule = {
  id: 'BN317',
  name: 'checkpointed-bn-double-update',
  summary: 'BatchNorm in an activation checkpoint updates its running statistics twice a step',
  severity: 'hint',
  frameworks: ['torch'],
  since: '0.1.0',
  doc,
  *check({ facts }) {
    const notes = facts.torch.notes.filter(({ kind }) => kind === 'checkpointed');
    for (const events of bySite(notes)) {
      if (events.some(({ hasNorm }) => hasNorm === 'yes')) {
        yield {
          severity: 'hint',
          confidence: 'certain',
          ...events[0].site,
          message:
            'The checkpoint runs this part again when gradients are computed: its BatchNorm layers take every batch into their running mean and running variance twice, so momentum=0.1 acts like 0.19',
          related: [],
          fixes: [],
        };
      }
    }
  },
};
