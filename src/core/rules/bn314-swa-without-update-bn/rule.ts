import type { NetCall } from '../../training/torch/facts';
import type { Rule, RuleContext } from '../context';
import { bySite, levelForNet, normPlaces } from '../torchLevels';
import doc from './rule.md';

export const swaWithoutUpdateBn: Rule = {
  id: 'BN314',
  name: 'swa-without-update-bn',
  summary: 'Averaged weights are evaluated without estimating the running statistics anew',
  severity: 'warning',
  frameworks: ['torch'],
  since: '0.1.0',
  doc,
  *check(context) {
    for (const [{ site, call }] of bySite(context.facts.torch.calls.flatMap(evaluations))) {
      const level = levelForNet(swaWithoutUpdateBn, call.hasNorm, context);
      if (!isUpdatedSomewhere(context) && level !== undefined) {
        yield {
          ...level,
          ...site,
          message:
            'The weights are averaged here, and nothing estimates the running mean and running variance for the average: evaluation normalizes with the statistics of another set of weights',
          related: [
            { ...call.site, message: 'The averaged model is evaluated here' },
            ...normPlaces(context),
          ],
          fixes: [],
        };
      }
    }
  },
};

interface Evaluation {
  readonly site: NetCall['site'];
  readonly call: NetCall;
}

function evaluations(call: NetCall): readonly Evaluation[] {
  const { averagedAt, mode } = call;
  return mode === 'eval' && averagedAt !== undefined ? [{ site: averagedAt, call }] : [];
}

/** Whoever calls `update_bn` at all knows of it. */
function isUpdatedSomewhere({ closure }: RuleContext): boolean {
  return closure.some(({ torch }) => torch.notes.some(({ kind }) => kind === 'updateBn'));
}
