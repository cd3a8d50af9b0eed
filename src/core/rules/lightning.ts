/** What Lightning does to the modes of the models it trains. */

import type { Evaluation, NetCall } from '../training/torch/facts';
import { isLightningModule } from '../training/torch/net';
import type { RuleContext } from './context';

/** Evaluation modes that Lightning modules set themselves, with the method that Lightning calls. */
function evaluationsByModules({
  facts,
}: RuleContext): readonly (Evaluation & { readonly method: string })[] {
  return facts.torch.evaluations.flatMap((own) => {
    const method = own.functions.find(
      ({ owner }) => owner !== undefined && isLightningModule(owner),
    );
    return method?.code.kind === 'function' ? [{ ...own, method: method.code.name }] : [];
  });
}

/** Whether the modules of this file leave all modes to Lightning. */
export function leavesModes(context: RuleContext): boolean {
  return evaluationsByModules(context).length === 0;
}

/** Called once, before the training starts. */
const once = /^(?:__init__|setup|prepare_data|configure_\w+|on_fit_start)$/;

/**
 * Evaluation modes that are set before the training and never again: `fit()` called `train()` on
 * the whole module when it started, up to version 2.2.
 *
 * @source https://github.com/Lightning-AI/pytorch-lightning/pull/18951
 */
export function undoneByFit(context: RuleContext): readonly Evaluation[] {
  const set = evaluationsByModules(context);
  if (set.length === 0) {
    return [];
  }
  const isOnce = set.every(({ method }) => once.test(method));
  const isTrained = context.facts.torch.calls.some(
    ({ isTrainingStep, hasNorm }: NetCall) => isTrainingStep && hasNorm === 'yes',
  );
  const isOld = context.versions.runsUnder('lightning', '<2.2').answer === 'yes';
  return isOnce && isTrained && isOld ? set.filter(({ hasNorm }) => hasNorm === 'yes') : [];
}
