import type { NormWrite } from '../../training/torch/facts';
import type { Rule, RuleContext } from '../context';
import { bySite } from '../torchLevels';
import doc from './rule.md';

export const weightPortMissingBuffers: Rule = {
  id: 'BN321',
  name: 'weight-port-missing-bn-buffers',
  summary: 'Weights are carried over from another framework without the running statistics',
  severity: 'warning',
  frameworks: ['torch'],
  since: '0.1.0',
  doc,
  *check(context) {
    const { normWrites } = context.facts.torch;
    const ported = normWrites.filter(({ role, isForeign }) => role === 'parameter' && isForeign);
    const [events] = bySite(ported);
    if (events !== undefined && !carriesStatistics(context)) {
      yield {
        severity: 'warning',
        confidence: 'likely',
        ...events[0].site,
        message:
          "BatchNorm's weight and bias are filled from arrays here, and nothing fills its running_mean and running_var: the ported model evaluates with the initial 0 and 1",
        related: [],
        fixes: [],
      };
    }
  },
};

const statistics = /(?:running|moving)_?(?:mean|var)|moving_average/;

/** Whether statistics are written, or spoken of at all: under a name that is put together, say. */
function carriesStatistics(context: RuleContext): boolean {
  const { facts, path } = context;
  const isWritten = ({ role }: NormWrite): boolean => role === 'statistics';
  return (
    facts.torch.normWrites.some(isWritten) || statistics.test(context.moduleAt(path)?.text ?? '')
  );
}
