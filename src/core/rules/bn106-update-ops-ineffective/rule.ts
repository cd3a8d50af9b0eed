import { runUpdatesBefore } from '../../fixes/controlDependencies';
import type { Fix } from '../../fixes/fix';
import { readWhereUsed } from '../../fixes/lateReads';
import { isInside, withEntering } from '../../python/uses';
import type { BuiltLayer, TrainOp } from '../../training/tensorflow1/updates/facts';
import type { Rule, RuleContext } from '../context';
import type { Finding } from '../finding';
import { eventsBySite } from '../sites';
import {
  areStatisticsRead,
  areUpdatesNamedElsewhere,
  layerPlace,
  waitingLayers,
} from '../waitingLayers';
import { type FutileRead, namesOf, onlyControl, whyFutile } from './futileReads';
import doc from './rule.md';

export const updateOpsIneffective: Rule = {
  id: 'BN106',
  name: 'update-ops-ineffective',
  summary: 'UPDATE_OPS is read, but in a way that runs none of the updates BatchNorm waits for',
  severity: 'error',
  frameworks: ['tensorflow1'],
  since: '0.1.0',
  doc,
  *check(context) {
    const { trainOps, reads } = context.facts.updates;
    const waiting = waitingLayers(context).flat();
    const isSeen = trainOps.length > 0 && waiting.length > 0 && reads.length > 0;
    const places = reads.flatMap((read) => [read.site, ...namesOf(read, context)]);
    if (!isSeen || areUpdatesNamedElsewhere(places, context)) {
      return;
    }
    const futile = reads.map((read) => whyFutile(read, waiting, context));
    const known = futile.filter((own) => own !== undefined);
    if (known.length === futile.length) {
      for (const [own] of eventsBySite(known)) {
        yield describe(own, waiting, context);
      }
    }
  },
};

const reasons: Readonly<Record<FutileRead['reason'], string>> = {
  early:
    'UPDATE_OPS is read before the BatchNorm layers are built, so this list lacks their updates',
  otherGraph:
    'UPDATE_OPS is read from another graph than the one the BatchNorm layers are built in, so this list lacks their updates',
  nothingControlled:
    'The update ops run only with ops that are created inside this `with`, and here none is: the train op is created outside',
  neverEntered:
    'This scope is made and never entered (`with` is missing), so no op waits for the update ops',
  unused: 'UPDATE_OPS is read, and nothing runs what is in it',
};

function describe(own: FutileRead, layers: readonly BuiltLayer[], context: RuleContext): Finding {
  const isRead = areStatisticsRead(layers, context);
  const consequence = isRead
    ? 'the moving mean and moving variance stay at 0 and 1 however long the model is trained, and predictions in evaluation mode will be wrong'
    : 'the moving mean and moving variance stay at 0 and 1; here every layer runs in training mode, but with `is_training=False` predictions would be wrong';
  const places = eventsBySite(layers).map(([layer]) => layer);
  const [trainOp] = context.facts.updates.trainOps;
  return {
    ...own.site,
    severity: isRead ? 'error' : 'information',
    confidence: 'certain',
    message: `${reasons[own.reason]}: ${consequence}`,
    related: [
      ...places.slice(0, 3).map(layerPlace),
      ...(trainOp === undefined ? [] : [{ ...trainOp.site, message: 'The model is trained here' }]),
    ],
    fixes: fixesFor(own, layers, context),
  };
}

function fixesFor(
  own: FutileRead,
  layers: readonly BuiltLayer[],
  context: RuleContext,
): readonly Fix[] {
  const late = own.reason === 'early' ? readLater(own, layers, context) : undefined;
  if (late !== undefined) {
    return [late];
  }
  const [trainOp, ...others] = eventsBySite(context.facts.updates.trainOps).map(([op]) => op);
  return trainOp === undefined || others.length > 0 ? [] : wrapped(trainOp, context);
}

function wrapped({ site }: TrainOp, context: RuleContext): readonly Fix[] {
  const module = context.moduleAt(site.path);
  const edit = module && runUpdatesBefore(module, site);
  const title = 'Run the update ops before the train op';
  return edit === undefined ? [] : [{ title, safety: 'suggestion', edits: [edit] }];
}

/** Reads the collection where its one scope is entered, if the layers are not built inside. */
function readLater(
  { read }: FutileRead,
  layers: readonly BuiltLayer[],
  context: RuleContext,
): Fix | undefined {
  const { path } = read.site;
  const module = context.moduleAt(path);
  const only = module && onlyControl(read, module, context);
  if (module === undefined || only === undefined) {
    return undefined;
  }
  const scope = withEntering(module, only.control.site.range);
  const places = layers.flatMap(({ site, calls }) => [site, ...calls.map((call) => call.site)]);
  const isBuiltOutside =
    scope !== undefined &&
    !places.some((place) => place.path === path && isInside(place.range, scope.range));
  const edits = isBuiltOutside
    ? readWhereUsed(module, { read: read.site, mention: only.mention })
    : [];
  return edits.length === 0
    ? undefined
    : { title: 'Read UPDATE_OPS after the model is built', safety: 'suggestion', edits };
}
