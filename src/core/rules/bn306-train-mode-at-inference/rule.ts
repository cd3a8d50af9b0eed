import { insertAtTop, insertBefore } from '../../fixes/statements';
import type { Fix, TextEdit } from '../../fixes/fix';
import { isInside } from '../../python/uses';
import { calledName } from '../../python/walk';
import type { Block, PyModule } from '../../python/nodes';
import type { Site } from '../../semantics/value';
import type { NetCall } from '../../training/torch/facts';
import { isSameNet } from '../../training/torch/net';
import type { Rule, RuleContext } from '../context';
import { bySite, levelForMode, normPlaces } from '../torchLevels';
import { hasOptimizerInUse } from './idleOptimizers';
import doc from './rule.md';

export const trainModeAtInference: Rule = {
  id: 'BN306',
  name: 'train-mode-at-inference',
  summary: 'A model predicts in training mode, so BatchNorm uses the batch and learns from it',
  severity: 'warning',
  frameworks: ['torch'],
  since: '0.1.0',
  doc,
  *check(context) {
    const { calls, settings, trains } = context.facts.torch;
    // With momentum=1 there is only the last batch to evaluate with: batches are what is meant.
    if (settings.some(({ setting, value }) => setting === 'momentum' && value === 1)) {
      return;
    }
    const isTraining =
      trains || calls.some(({ isTrained }) => isTrained) || context.once(hasOptimizerInUse);
    // A call whose mode nobody could tell says nothing against those whose mode is known.
    for (const events of bySite(calls.filter(({ mode }) => mode !== 'unknown'))) {
      const [call] = events;
      const level = levelForMode(trainModeAtInference, call.hasNorm, context);
      const isWrong = (own: NetCall): boolean =>
        isPrediction(own, isTraining) && isTaught(own, calls);
      if (level !== undefined && events.every(isWrong)) {
        yield {
          ...level,
          ...call.site,
          message: messageFor(call),
          related: normPlaces(context),
          fixes: fixesFor(call, context),
        };
      }
    }
  },
};

const evaluationName =
  /^(?:_*(?:valid|val|test|eval|evaluate|predict|infer|inference|embed|extract)|.*_(?:valid|val|eval|test|evaluate|predict|inference|infer))(?:$|_)/i;

function isPrediction(call: NetCall, isTraining: boolean): boolean {
  const isInference =
    call.isWithoutGradients === 'yes' || isInEvaluation(call) || (call.isLoaded && !isTraining);
  const isMeant = call.isFromNoise || call.isManaged || wasAskedForHere(call);
  return call.mode === 'train' && call.isUsed && !call.isTrained && isInference && !isMeant;
}

/** Whether somebody taught the net, or a part of it: a new one has no statistics to lose. */
function isTaught({ isLoaded, parts }: NetCall, calls: readonly NetCall[]): boolean {
  return (
    isLoaded ||
    calls.some(
      (own) =>
        own.isTrained && own.parts.some((part) => parts.some((mine) => isSameNet(part, mine))),
    )
  );
}

function isInEvaluation({ functions }: NetCall): boolean {
  return functions.some(({ code }) => code.kind === 'function' && evaluationName.test(code.name));
}

/** Whether the function that predicts puts the model into training mode itself, as for dropout. */
function wasAskedForHere({ origins, functions }: NetCall): boolean {
  const here = functions.at(-1)?.code;
  return here !== undefined && origins.some(({ by, root }) => root !== undefined && by === here);
}

function messageFor({ isWithoutGradients }: NetCall): string {
  const grad = isWithoutGradients === 'yes' ? ', which no_grad does not change' : '';
  return `The model is in training mode here${grad}: BatchNorm normalizes with the other samples of the batch instead of its running statistics, and these take in the data that is evaluated`;
}

/** `model.eval()` at the top of the function that predicts; none where the same function trains. */
function fixesFor({ site, functions }: NetCall, context: RuleContext): readonly Fix[] {
  const module = context.moduleAt(site.path);
  const code = functions.at(-1)?.code;
  const net = module && calledName(module, site.range);
  if (module === undefined || code?.kind !== 'function' || net === undefined) {
    return [];
  }
  const isHere = isInside(site.range, code.range);
  const isAtHand = net.startsWith('self.') || code.parameters.some(({ name }) => name === net);
  const isTrainedHere = context.facts.torch.calls.some(
    (own) => own.isTrained && own.site.path === site.path && isInside(own.site.range, code.range),
  );
  const edit =
    isHere && isAtHand && !isTrainedHere ? insertEval(code.body, { site, module, net }) : undefined;
  return edit
    ? [{ title: `Evaluate with ${net}.eval()`, safety: 'suggestion', edits: [edit] }]
    : [];
}

/** At the top, or after what does something else with the model and may set its mode. */
function insertEval(
  body: Block,
  { site, module, net }: { readonly site: Site; readonly module: PyModule; readonly net: string },
): TextEdit | undefined {
  const { path, range } = site;
  const own = body.find((statement) => range.end <= statement.range.end);
  const before = module.text.slice(body[0]?.range.start, own?.range.start);
  const isFirstUse = own === undefined || !before.includes(net);
  return isFirstUse
    ? insertAtTop(body, { path, module }, `${net}.eval()`)
    : insertBefore({ path, module, range: own.range }, `${net}.eval()`);
}
