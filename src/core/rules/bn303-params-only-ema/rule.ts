import { isSameNet } from '../../training/torch/net';
import type { Rule } from '../context';
import { buffersFix, evaluatesOldStatistics } from '../copiedNets';
import { bySite, levelForNet, normPlaces } from '../torchLevels';
import doc from './rule.md';

export const paramsOnlyEma: Rule = {
  id: 'BN303',
  name: 'params-only-ema',
  summary: 'An averaged copy of a model takes over parameters, but not the running statistics',
  severity: 'warning',
  frameworks: ['torch'],
  since: '0.1.0',
  doc,
  *check(context) {
    const { copies } = context.facts.torch;
    for (const events of bySite(
      copies.filter(({ isBlend, isFlat, role }) => isBlend && !isFlat && role === 'parameter'),
    )) {
      const [copy] = events;
      const source = copy.sources.find(({ net }) => !isSameNet(net, copy.target.net));
      const level = levelForNet(paramsOnlyEma, copy.target.hasNorm, context);
      if (
        level !== undefined &&
        events.every((own) => evaluatesOldStatistics(own.target, context))
      ) {
        yield {
          ...level,
          ...copy.site,
          message:
            'Only parameters are averaged into this copy of the model: its running mean and running variance stay what they were when the copy was made, and it is evaluated with them',
          related: normPlaces(context),
          fixes: source === undefined ? [] : buffersFix(copy, source, context),
        };
      }
    }
  },
};
