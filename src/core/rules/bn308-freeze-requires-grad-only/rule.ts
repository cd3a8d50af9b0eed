import type { Fix } from '../../fixes/fix';
import type { Freeze, NetCall } from '../../training/torch/facts';
import { isSameNet } from '../../training/torch/net';
import type { Rule, RuleContext } from '../context';
import { leavesModes } from '../lightning';
import { keepPart, keyOf, levelForMode } from '../torchLevels';
import doc from './rule.md';

export const freezeRequiresGradOnly: Rule = {
  id: 'BN308',
  name: 'freeze-requires-grad-only',
  summary: 'Frozen parameters do not freeze the running statistics of BatchNorm',
  severity: 'warning',
  frameworks: ['torch'],
  since: '0.1.0',
  doc,
  *check(context) {
    const { calls, freezes } = context.facts.torch;
    const sites = new Map(freezes.map((freeze) => [keyOf(freeze.site), freeze]));
    const trained = calls.filter(isTraining);
    const drifting = new Set(trained.flatMap(({ frozenAt }) => frozenAt.map(keyOf)));
    for (const [key, freeze] of sites) {
      const call = trained.find(({ frozenAt }) => frozenAt.some((site) => keyOf(site) === key));
      const level = call && levelForMode(freezeRequiresGradOnly, call.hasNorm, context);
      if (
        call !== undefined &&
        level !== undefined &&
        drifting.has(key) &&
        !isMeant(freeze, context) &&
        (!call.isTrainingStep || leavesModes(context))
      ) {
        yield {
          ...level,
          ...freeze.site,
          message:
            'requires_grad=False stops the gradients, not the running statistics: in training mode the BatchNorm layers of this frozen part go on adapting their running mean and variance, so it does not stay what it was',
          related: [
            {
              ...call.site,
              message: 'The model is trained here, with these layers in training mode',
            },
          ],
          fixes: fixesFor(freeze, call, context),
        };
      }
    }
  },
};

function isTraining(call: NetCall): boolean {
  const { isTrained, isTrainingStep, isManaged, isWithoutGradients } = call;
  return (isTrainingStep || (isTrained && !isManaged)) && isWithoutGradients !== 'yes';
}

/** Frozen for a while only, or a copy that keeps statistics of its own. */
function isMeant({ net }: Freeze, { facts }: RuleContext): boolean {
  const { freezes, copies } = facts.torch;
  const isThawed = freezes.some(
    (own) => own.isFrozen !== 'yes' && (own.net === undefined || isSameNet(own.net, net)),
  );
  return isThawed || copies.some(({ target }) => isSameNet(target.net, net));
}

function fixesFor(
  { netCallSite }: Freeze,
  { origins }: NetCall,
  context: RuleContext,
): readonly Fix[] {
  const trained = origins.filter(({ mode }) => mode === 'train');
  return keepPart(netCallSite, trained, context);
}
