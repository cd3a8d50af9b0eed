import type { Rule } from '../context';
import { buffersFix, evaluatesOldStatistics, foreignSource } from '../copiedNets';
import { bySite, levelForNet, normPlaces } from '../torchLevels';
import doc from './rule.md';

export const flatVectorRoundtrip: Rule = {
  id: 'BN322',
  name: 'flat-vector-roundtrip',
  summary: 'Weights that travel as one vector leave the running statistics behind',
  severity: 'warning',
  frameworks: ['torch'],
  since: '0.1.0',
  doc,
  *check(context) {
    const copies = context.facts.torch.copies.filter(
      ({ isFlat, role }) => isFlat && role === 'parameter',
    );
    for (const events of bySite(copies)) {
      const [copy] = events;
      const source = events.flatMap((own) => foreignSource(own) ?? []).at(0);
      const level = levelForNet(flatVectorRoundtrip, copy.target.hasNorm, context);
      const isLost = events.every((own) => evaluatesOldStatistics(own.target, context));
      if (level !== undefined && source !== undefined && isLost) {
        yield {
          ...level,
          ...copy.site,
          message:
            'The vector that is written into this model was made of parameters, and holds no running mean and running variance: the model keeps its own, and is evaluated with them',
          related: [
            { ...source.site, message: 'The parameters come from this model' },
            ...normPlaces(context),
          ],
          fixes: buffersFix(copy, source, context),
        };
      }
    }
  },
};
