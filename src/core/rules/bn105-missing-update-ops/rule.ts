import { runUpdatesBefore } from '../../fixes/controlDependencies';
import type { Fix } from '../../fixes/fix';
import type { BatchNormLayer, TrainOp } from '../../training/tensorflow1/updates/facts';
import { namesUpdateOps } from '../../training/tensorflow1/updates/updateWords';
import type { Rule, RuleContext } from '../context';
import type { Finding, RelatedPlace } from '../finding';
import { eventsBySite } from '../sites';
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
    const { layers, trainOps } = context.facts.updates;
    const [trainOp] = trainOps;
    const waiting = eventsBySite(layers).filter(isWaiting);
    const [first] = waiting;
    if (trainOp === undefined || first === undefined || someoneRunsUpdates(context)) {
      return;
    }
    yield describe(
      trainOp,
      waiting.map(([layer]) => layer),
      context,
    );
  },
};

/** Whether a layer is trained and leaves its updates to somebody else. */
function isWaiting(events: readonly BatchNormLayer[]): boolean {
  return (
    events.every(({ updates }) => updates === 'deferred') &&
    events.some(({ flag }) => flag.mode !== 'eval')
  );
}

function someoneRunsUpdates(context: RuleContext): boolean {
  return context.companions().some((path) => {
    const module = context.moduleAt(path);
    return module !== undefined && namesUpdateOps(module);
  });
}

/** Whether some program runs one of these layers with its stored statistics, or may. */
function areStatisticsRead(layers: readonly BatchNormLayer[], context: RuleContext): boolean {
  const paths = context.companions();
  const everywhere = paths.flatMap((path) => context.factsOf(path)?.updates.layers ?? []);
  return everywhere.some(
    ({ site, flag }) =>
      flag.mode !== 'train' &&
      layers.some(
        (own) => own.site.path === site.path && own.site.range.start === site.range.start,
      ),
  );
}

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
    related: layers.slice(0, 3).map(placeOf),
    fixes: fixesFor(trainOp, context),
  };
}

function placeOf({ site, name }: BatchNormLayer): RelatedPlace {
  const short = name.replace('tensorflow', 'tf');
  return { ...site, message: `\`${short}\` leaves its updates in UPDATE_OPS` };
}

function fixesFor({ site }: TrainOp, context: RuleContext): readonly Fix[] {
  const module = context.moduleAt(site.path);
  const edit = module && runUpdatesBefore(module, site);
  const title = 'Run the update ops before the train op';
  return edit === undefined ? [] : [{ title, safety: 'suggestion', edits: [edit] }];
}
