import type { NormSetting } from '../../training/torch/facts';
import type { Rule } from '../context';
import { bySite } from '../torchLevels';
import doc from './rule.md';

export const trackRunningStatsFalse: Rule = {
  id: 'BN313',
  name: 'track-running-stats-false',
  summary: 'BatchNorm keeps no running statistics, so evaluation depends on the batch',
  severity: 'information',
  frameworks: ['torch'],
  since: '0.1.0',
  doc,
  *check({ facts }) {
    const settings = facts.torch.settings.filter(
      ({ setting }) => setting === 'track_running_stats',
    );
    for (const events of bySite(settings)) {
      const [{ site }] = events;
      if (events.every(isOff)) {
        yield {
          severity: 'information',
          confidence: 'certain',
          ...site,
          message:
            'This BatchNorm layer keeps no running mean and running variance: after .eval() it still normalizes with the batch, so a prediction depends on what else is in the batch',
          related: [],
          fixes: [],
        };
      }
    }
  },
};

function isOff({ value }: NormSetting): boolean {
  return value === false;
}
