import type { Fix } from '../../fixes/fix';
import { insertBefore } from '../../fixes/statements';
import type { Block } from '../../python/nodes';
import { calledName } from '../../python/walk';
import type { Site } from '../../semantics/value';
import type { NetCall } from '../../training/torch/facts';
import type { ModeObject } from '../../training/torch/modes';
import type { Rule, RuleContext } from '../context';
import { bySite, levelForMode } from '../torchLevels';
import doc from './rule.md';

export const noTrainAfterEval: Rule = {
  id: 'BN307',
  name: 'no-train-after-eval',
  summary: 'Training goes on in evaluation mode after an evaluation',
  severity: 'warning',
  frameworks: ['torch'],
  since: '0.1.0',
  doc,
  *check(context) {
    const trained = context.facts.torch.calls.filter(
      ({ isTrained, isManaged, isWithoutGradients }) =>
        isTrained && !isManaged && isWithoutGradients !== 'yes',
    );
    for (const events of bySite(trained)) {
      const [call] = events;
      const level = levelForMode(noTrainAfterEval, call.hasNorm, context);
      const left = leftInEvaluation(events, context);
      if (level !== undefined && left?.site !== undefined) {
        yield {
          ...level,
          ...call.site,
          message:
            'After the first evaluation the model is still in evaluation mode when it is trained here: BatchNorm normalizes with its running statistics and no longer updates them, so training goes on with those of the time before',
          related: [{ ...left.site, message: 'It is put into evaluation mode here' }],
          fixes: fixesFor(events, context),
        };
      }
    }
  },
};

/** The evaluation mode in which a net is trained that is also trained, here, in training mode. */
function leftInEvaluation(
  events: readonly NetCall[],
  context: RuleContext,
): ModeObject | undefined {
  const first = events.filter(({ mode }) => mode === 'train');
  const later = events.filter(({ mode }) => mode !== 'train');
  const origins = later.flatMap((call) => call.origins);
  const entered = origins.filter(({ mode }) => mode === 'train');
  return first.length === 0
    ? undefined
    : origins.find(
        (own) =>
          own.mode === 'eval' &&
          own.wasUsedForInference &&
          !entered.some((other) => areAlternatives(own, other, context)),
      );
}

/** Whether the two modes are set in the two arms of one `if`: a function for both. */
function areAlternatives(a: ModeObject, b: ModeObject, context: RuleContext): boolean {
  const [first, second] = [a.site, b.site].flatMap((site) => site ?? []);
  const isOneFile = first?.path === second?.path;
  if (first === undefined || second === undefined || !isOneFile) {
    return false;
  }
  const nodes = context.moduleAt(first.path)?.nodes ?? [];
  return nodes.some(
    (node) =>
      node.kind === 'if' &&
      ((holds(node.body, first) && holds(node.orElse, second)) ||
        (holds(node.body, second) && holds(node.orElse, first))),
  );
}

function holds(block: Block, { range }: Site): boolean {
  return block.some((own) => own.range.start <= range.start && range.end <= own.range.end);
}

/** `.train()` where it is trained, unless a part of it is meant to stay in evaluation mode. */
function fixesFor(
  [call, ...others]: readonly [NetCall, ...NetCall[]],
  context: RuleContext,
): readonly Fix[] {
  const isWhole = [call, ...others].every(
    ({ mode, origins }) => mode !== 'train' || origins.every((own) => own.mode === 'train'),
  );
  const module = context.moduleAt(call.site.path);
  const net = module && calledName(module, call.site.range);
  if (module === undefined || net === undefined || !isWhole) {
    return [];
  }
  const edit = insertBefore({ ...call.site, module }, `${net}.train()`);
  return edit ? [{ title: `Call ${net}.train() first`, safety: 'suggestion', edits: [edit] }] : [];
}
