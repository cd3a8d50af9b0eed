import type { LayerCall } from '../../training/keras/facts';
import { namesKerasUpdates } from '../../training/tensorflow1/updates/updateWords';
import type { Rule, RuleContext } from '../context';
import type { Finding } from '../finding';
import { eventsBySite } from '../sites';
import doc from './rule.md';

export const kerasLayerInTf1Loop: Rule = {
  id: 'BN113',
  name: 'keras-layer-in-tf1-loop',
  summary: 'A session trains a Keras BatchNorm, whose updates no UPDATE_OPS holds',
  severity: 'warning',
  frameworks: ['tensorflow1', 'keras'],
  since: '0.1.0',
  doc,
  *check(context) {
    const { trainOps, graphMode } = context.facts.updates;
    const { calls } = context.facts.keras;
    const [trainOp] = calls.length > 0 ? trainOps : [];
    if (trainOp === undefined || graphMode === undefined || mayRunUpdates(context)) {
      return;
    }
    for (const events of eventsBySite(calls)) {
      const [call] = events;
      const reasons = events.map((own) => whyLost(own, context));
      const [reason] = reasons;
      if (reason !== undefined && !reasons.includes(undefined)) {
        yield describe(call, reason, trainOp.site);
      }
    }
  },
};

/** Keras trains the model itself, a tape does, or somebody takes the updates out of it. */
function mayRunUpdates(context: RuleContext): boolean {
  const { fits, gradients } = context.facts.keras;
  if (fits.length > 0 || gradients.length > 0) {
    return true;
  }
  return context.companions().some((path) => {
    const module = context.moduleAt(path);
    return module !== undefined && namesKerasUpdates(module);
  });
}

type Reason = 'trained' | 'untold';

function whyLost(call: LayerCall, context: RuleContext): Reason | undefined {
  if (call.hasNorm !== 'yes' || call.norms.length === 0) {
    return undefined;
  }
  if (call.norms.some(({ mode }) => mode === 'train' || mode === 'unknown')) {
    return call.training.source === 'absent' ? untold(call, context) : 'trained';
  }
  const isUntold =
    call.training.source === 'absent' && call.norms.some(({ mode }) => mode === 'eval');
  return isUntold ? untold(call, context) : undefined;
}

/** A layer that is told nothing uses what is stored: right for one whose statistics were loaded. */
function untold({ isLoaded, layer }: LayerCall, { facts }: RuleContext): Reason | undefined {
  const { checkpointUses } = facts.tensorflow1;
  const isRestored = checkpointUses.some(({ direction }) => direction === 'restore');
  const isOwn = layer.kind === 'object' || ownLayers.test(layer.object.name);
  return isLoaded || isRestored || !isOwn ? undefined : 'untold';
}

/** Not the models that come with weights. */
const ownLayers = /^keras\.(?:layers\.\w+|Sequential|Model)$/;

const messages: Readonly<Record<Reason, string>> = {
  trained:
    "Keras keeps this BatchNorm's updates to itself: they are not in UPDATE_OPS, and the train op does not run them. The moving mean and moving variance stay at 0 and 1, and predictions in evaluation mode will be wrong",
  untold:
    'This Keras BatchNorm is not told whether it trains: in a session it runs in evaluation mode unless the learning phase is fed, with moving mean 0 and moving variance 1, and nothing runs its updates (they are not in UPDATE_OPS). It normalizes nothing in training, and wrongly at evaluation',
};

function describe(call: LayerCall, reason: Reason, trained: LayerCall['site']): Finding {
  return {
    ...call.site,
    severity: 'warning',
    confidence: reason === 'trained' ? 'certain' : 'likely',
    message: messages[reason],
    related: [{ ...trained, message: 'The model is trained here' }],
    fixes: [],
  };
}
