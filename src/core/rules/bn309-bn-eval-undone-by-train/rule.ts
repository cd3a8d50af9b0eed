import type { ModeObject } from '../../training/torch/modes';
import type { Rule } from '../context';
import { undoneByFit } from '../lightning';
import { bySite, keepPart, keyOf } from '../torchLevels';
import doc from './rule.md';

export const evalUndoneByTrain: Rule = {
  id: 'BN309',
  name: 'bn-eval-undone-by-train',
  summary: 'BatchNorm was put into evaluation mode once, and a later .train() undoes it',
  severity: 'warning',
  frameworks: ['torch'],
  since: '0.1.0',
  doc,
  *check(context) {
    const { facts } = context;
    for (const [{ site }] of bySite(undoneByFit(context))) {
      yield {
        severity: 'warning',
        confidence: 'certain',
        ...site,
        message:
          'These BatchNorm layers are put into evaluation mode here, and Trainer.fit() undoes it: before Lightning 2.2 it calls .train() on the whole module when the training starts and after each validation, and their running statistics change after all',
        related: [],
        fixes: keepPart(site, [], context),
      };
    }
    for (const [{ site, name, methodSite }] of bySite(facts.torch.hiddenFreezes)) {
      yield {
        severity: 'warning',
        confidence: 'certain',
        ...site,
        message: `This attribute hides the method \`${name}\` that puts BatchNorm layers into evaluation mode: nothing can call it on the model, and their running statistics go on changing`,
        related: [{ ...methodSite, message: 'The method that is hidden' }],
        fixes: [],
      };
    }
    const seen = new Set<string>();
    for (const call of facts.torch.calls.filter(
      ({ isTrained, isManaged }) => isTrained && !isManaged,
    )) {
      for (const origin of call.mode === 'train' ? call.origins : []) {
        const { undid, site } = origin;
        if (site === undefined || !isFreeze(undid) || seen.has(keyOf(undid.site))) {
          continue;
        }
        seen.add(keyOf(undid.site));
        yield {
          severity: 'warning',
          confidence: 'certain',
          ...undid.site,
          message:
            'These BatchNorm layers are put into evaluation mode here, and .train() on the model undoes it before training: their running statistics change after all',
          related: [
            { ...site, message: 'This puts them back into training mode' },
            { ...call.site, message: 'The model is trained here' },
          ],
          fixes: keepPart(undid.site, [origin], context),
        };
      }
    }
  },
};

/** Not a pause for an evaluation, after which training mode is what is wanted. */
function isFreeze(
  origin: ModeObject | undefined,
): origin is ModeObject & { readonly site: NonNullable<ModeObject['site']> } {
  return origin?.site !== undefined && !origin.wasUsedForInference;
}
