import type { Fit, KerasFacts, LayerCall, ModelUse } from '../../training/keras/facts';
import { type GraphNode, isSameLayer } from '../../training/keras/layer';
import type { Rule, RuleContext } from '../context';
import { kerasThree, levelForModel } from '../kerasLevels';
import { eventsBySite } from '../sites';
import { normPlaces } from '../torchLevels';
import doc from './rule.md';

export const trainingTrueAtInference: Rule = {
  id: 'BN207',
  name: 'training-true-at-inference',
  summary: 'A model predicts with `training=True`: it uses the batch and changes its statistics',
  severity: 'warning',
  frameworks: ['keras', 'tensorflow2'],
  since: '0.1.0',
  doc,
  *check(context) {
    const { keras } = context.facts;
    if (keras.hasOtherTraining || trainsAdversaries(keras)) {
      return;
    }
    for (const [{ node, use }] of eventsBySite(builtInTraining(context))) {
      yield {
        severity: 'warning',
        confidence: 'certain',
        ...node.site,
        message: `\`training=True\` is built into the model here, and before Keras 3 \`${use.through}\` runs BatchNorm that way too: what is predicted depends on what else is in the batch`,
        related: [
          { ...use.site, message: 'The model predicts here' },
          ...kerasThree(context).related,
        ],
        fixes: [],
      };
    }
    for (const events of eventsBySite(keras.calls)) {
      const [call] = events;
      const level = levelForModel(trainingTrueAtInference, call.hasNorm, context);
      if (level !== undefined && events.every((own) => isInference(own, keras))) {
        yield {
          ...level,
          ...(call.training.site ?? call.site),
          message:
            'BatchNorm runs in training mode in this prediction: the result depends on what else is in the batch, and every call changes the moving mean and moving variance that are saved',
          related: normPlaces(context),
          fixes: [],
        };
      }
    }
  },
};

/** Layers of functional models that predict in training mode; Keras 3 overrides what the graph says. */
function builtInTraining(context: RuleContext): readonly {
  readonly node: GraphNode;
  readonly use: ModelUse;
  readonly site: GraphNode['site'];
}[] {
  const built = context.facts.keras.uses
    .filter(({ through }) => /^(?:predict|evaluate)/.test(through))
    .flatMap((use) => use.trainingNodes.map((node) => ({ node, use, site: node.site })));
  // Versions take long to find out; hardly any program has such a model.
  return built.length > 0 && kerasThree(context).isUsed === 'no' ? built : [];
}

/** A generator is meant to run as it does in training; who looks at its images knows. */
function trainsAdversaries({ gradients, fits }: KerasFacts): boolean {
  const [first, ...others] = gradients.filter(({ isApplied }) => isApplied);
  const isByTapes = others.some(
    ({ tape, calls }) =>
      tape !== first?.tape &&
      calls.every(({ layer }) => !first?.calls.some((own) => isSameLayer(own.layer, layer))),
  );
  return isByTapes || fits.some((fit) => fits.some((other) => isPartOf(fit, other)));
}

/** Whether one model is trained inside another: a judge, alone and behind what it judges. */
function isPartOf(part: Fit, whole: Fit): boolean {
  return (
    !isSameLayer(part.layer, whole.layer) &&
    part.norms.some((norm) => whole.norms.some((own) => isSameLayer(own, norm)))
  );
}

function isInference(call: LayerCall, { gradients }: KerasFacts): boolean {
  const { training, norms, tapes, hasDropout, isFromNoise, isPrediction, isLoaded } = call;
  const isTold = training.source === 'constant' || training.source === 'default';
  const isTrained = gradients.some(({ calls }) =>
    calls.some(({ layer }) => isSameLayer(layer, call.layer)),
  );
  return (
    isTold &&
    norms.some(({ mode }) => mode === 'train') &&
    tapes.length === 0 &&
    !hasDropout &&
    !isFromNoise &&
    (isPrediction || call.isInTestStep || (isLoaded && !isTrained && call.isTrained === 'no'))
  );
}
