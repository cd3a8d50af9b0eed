import { runUpdatesBefore } from '../../fixes/controlDependencies';
import type { Fix } from '../../fixes/fix';
import { areAlternatives } from '../../python/uses';
import type { BatchNormLayer, TrainOp } from '../../training/tensorflow1/updates/facts';
import type { Rule, RuleContext } from '../context';
import type { Finding } from '../finding';
import { eventsBySite } from '../sites';
import {
  areStatisticsRead,
  areUpdatesNamedElsewhere,
  layerPlace,
  waitingLayers,
} from '../waitingLayers';
import doc from './rule.md';

export const missingUpdateOps: Rule = {
  id: 'BN105',
  name: 'missing-update-ops',
  summary: "Nothing runs UPDATE_OPS, so BatchNorm's moving statistics are never updated",
  severity: 'error',
  frameworks: ['tensorflow1'],
  since: '0.1.0',
  doc,
  *check(context) {
    const [trainOp] = context.facts.updates.trainOps;
    const waiting = waitingLayers(context);
    if (trainOp === undefined || waiting.length === 0 || areUpdatesNamedElsewhere([], context)) {
      return;
    }
    yield describe(
      trainOp,
      waiting.map(([layer]) => layer),
      context,
    );
  },
};

function describe(
  trainOp: TrainOp,
  layers: readonly BatchNormLayer[],
  context: RuleContext,
): Finding {
  const isRead = areStatisticsRead(layers, context);
  const isGuessed = layers.every(({ flag }) => flag.source === 'unknown');
  const consequence = isRead
    ? 'so they stay at 0 and 1 however long the model is trained, and predictions in evaluation mode will be wrong'
    : 'so they stay at 0 and 1; here every layer runs in training mode, but with `is_training=False` predictions would be wrong';
  return {
    ...trainOp.site,
    severity: isRead ? 'error' : 'information',
    confidence: isGuessed ? 'likely' : 'certain',
    message: `Nothing runs the update ops that BatchNorm's moving mean and moving variance wait for (\`tf.GraphKeys.UPDATE_OPS\`), ${consequence}`,
    related: layers.slice(0, 3).map(layerPlace),
    fixes: fixesFor(trainOp, context),
  };
}

/** Before one train op, and before those that other branches make in its place. */
function fixesFor({ site }: TrainOp, context: RuleContext): readonly Fix[] {
  const module = context.moduleAt(site.path);
  const edit = module && runUpdatesBefore(module, site);
  const others = eventsBySite(context.facts.updates.trainOps).map(([own]) => own.site);
  const edits = others.flatMap((own) => {
    const isHere = module !== undefined && own.path === site.path;
    const isInstead = isHere && areAlternatives(module, own.range, site.range);
    return isInstead ? (runUpdatesBefore(module, own) ?? []) : [];
  });
  const title = 'Run the update ops before the train op';
  return edit === undefined ? [] : [{ title, safety: 'suggestion', edits: [edit, ...edits] }];
}
