import type { Rule } from '../context';
import { levelForModel } from '../kerasLevels';
import { eventsBySite } from '../sites';
import doc from './rule.md';

export const unfreezeAll: Rule = {
  id: 'BN205',
  name: 'unfreeze-all-including-bn',
  summary: 'A second phase of training makes the BatchNorm layers trainable with all the others',
  severity: 'hint',
  frameworks: ['keras', 'tensorflow2'],
  since: '0.1.0',
  doc,
  *check(context) {
    const unfrozen = context.facts.keras.fits.flatMap((fit) =>
      fit.unfrozenAt.map((site) => ({ site, fit })),
    );
    for (const [{ site, fit }] of eventsBySite(unfrozen)) {
      const level = levelForModel(unfreezeAll, fit.hasNorm, context);
      if (level !== undefined) {
        yield {
          ...level,
          ...site,
          message:
            'BatchNorm layers become trainable with all the others: fine-tuning then changes their moving mean and moving variance, which small batches make worse. Keeping them frozen is the usual recipe',
          related: [{ ...fit.site, message: 'The model is trained further here' }],
          fixes: [],
        };
      }
    }
  },
};
