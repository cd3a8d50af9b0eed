import { addArgument } from '../../fixes/trainingFlags';
import type { Fix } from '../../fixes/fix';
import type { KerasFacts, LayerCall } from '../../training/keras/facts';
import { isSameLayer } from '../../training/keras/layer';
import type { Rule, RuleContext } from '../context';
import { levelForModel } from '../kerasLevels';
import { eventsBySite } from '../sites';
import { normPlaces } from '../torchLevels';
import doc from './rule.md';

export const tapeCallWithoutTraining: Rule = {
  id: 'BN201',
  name: 'tape-call-without-training',
  summary: 'A training step calls the model without `training=True`, so BatchNorm learns nothing',
  severity: 'error',
  frameworks: ['tensorflow2', 'keras'],
  since: '0.1.0',
  doc,
  *check(context) {
    const { keras } = context.facts;
    for (const events of eventsBySite(trainedCalls(keras))) {
      const [call] = events;
      const level = levelForModel(tapeCallWithoutTraining, call.hasNorm, context);
      if (level !== undefined && events.every((own) => isUntold(own, keras))) {
        yield {
          ...level,
          ...call.site,
          message:
            'This call does not say `training=True`, so BatchNorm runs in inference mode while the model is trained: its moving mean and moving variance stay as they are, and gamma and beta are fitted to them',
          related: [...gradientPlaces(call, keras), ...normPlaces(context)],
          fixes: fixesFor(call, context),
        };
      }
    }
  },
};

/** Calls of models whose weights get gradients from the tape around the call, and take a step. */
function trainedCalls({ gradients }: KerasFacts): readonly LayerCall[] {
  const applied = gradients.filter(({ isApplied }) => isApplied);
  return [...new Set(applied.flatMap(({ calls }) => calls))];
}

/** Whether nobody said anything, and saying `training=True` would change how BatchNorm runs. */
function isUntold({ training, norms, told, tapes, layer }: LayerCall, facts: KerasFacts): boolean {
  const isLeftOut = training.source === 'absent' || training.source === 'default';
  const isInference =
    norms.some(({ mode }) => mode === 'eval') &&
    norms.every(({ mode }) => mode === 'eval' || mode === 'frozen');
  const isTrainedBeside = facts.calls.some(
    (other) =>
      isSameLayer(other.layer, layer) &&
      other.tapes.some((tape) => tapes.includes(tape)) &&
      other.norms.some(({ mode }) => mode === 'train' || mode === 'unknown'),
  );
  return isLeftOut && isInference && told.some(({ mode }) => mode === 'train') && !isTrainedBeside;
}

function gradientPlaces(call: LayerCall, { gradients }: KerasFacts): readonly RelatedGradient[] {
  const own = gradients.find(({ calls }) => calls.includes(call));
  return own === undefined ? [] : [{ ...own.site, message: 'Its weights get gradients here' }];
}

type RelatedGradient = LayerCall['site'] & { readonly message: string };

/** None where the same line also evaluates, or where `call` has no place for the argument. */
function fixesFor(call: LayerCall, context: RuleContext): readonly Fix[] {
  const { site } = call;
  const module = context.moduleAt(site.path);
  const isShared = context.facts.keras.calls.some(
    (other) =>
      other.site.path === site.path &&
      other.site.range.start === site.range.start &&
      other.tapes.length === 0,
  );
  if (module === undefined || isShared || !call.takesTraining || call.training.site !== undefined) {
    return [];
  }
  const edit = addArgument(module, { ...site, text: 'training=True' });
  const safety = call.hasNorm === 'yes' ? 'safe' : 'suggestion';
  return edit ? [{ title: 'Pass `training=True`', safety, edits: [edit] }] : [];
}
