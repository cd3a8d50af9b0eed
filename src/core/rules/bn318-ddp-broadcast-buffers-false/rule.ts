import type { Rule, RuleContext } from '../context';
import { bySite } from '../torchLevels';
import doc from './rule.md';

export const buffersNotBroadcast: Rule = {
  id: 'BN318',
  name: 'ddp-broadcast-buffers-false',
  summary: 'With broadcast_buffers=False each process keeps running statistics of its own',
  severity: 'hint',
  frameworks: ['torch'],
  since: '0.1.0',
  doc,
  *check(context) {
    const notes = context.facts.torch.notes.filter(({ kind }) => kind === 'noBroadcast');
    for (const events of bySite(notes)) {
      if (!areStatisticsReduced(context) && events.every(({ hasNorm }) => hasNorm === 'yes')) {
        yield {
          severity: 'hint',
          confidence: 'certain',
          ...events[0].site,
          message:
            'Every process keeps a running mean and running variance of its own data: they evaluate differently, and a checkpoint holds those of the process that writes it; where this only silences an in-place error, SyncBatchNorm is the way out',
          related: [],
          fixes: [],
        };
      }
    }
  },
};

/** Whether the program itself brings the statistics of its processes together. */
function areStatisticsReduced({ closure }: RuleContext): boolean {
  return closure.some(({ torch }) => torch.notes.some(({ kind }) => kind === 'reducedStatistics'));
}
