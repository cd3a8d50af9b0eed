import type { ProgramFacts } from '../../training/facts';
import type { BuiltLayer, Freeze, UpdateFacts } from '../../training/tensorflow1/updates/facts';
import type { Rule, RuleContext } from '../context';
import type { Finding, RelatedPlace } from '../finding';
import { eventsBySite } from '../sites';
import { layerWords } from '../waitingLayers';
import { whereTold } from '../whereTold';
import doc from './rule.md';

export const freezeTrainingGraph: Rule = {
  id: 'BN112',
  name: 'freeze-training-graph',
  summary: 'A graph with BatchNorm in training mode is frozen for inference',
  severity: 'warning',
  frameworks: ['tensorflow1'],
  since: '0.1.0',
  doc,
  *check(context) {
    const { freezes, layers } = context.facts.updates;
    const isImported = context.facts.tensorflow1.metaGraphs.length > 0;
    const frozen = isImported && layers.length === 0 ? importedLayer(context) : ownLayer(context);
    for (const [freeze] of frozen === undefined ? [] : eventsBySite(freezes)) {
      yield describe(freeze, frozen, context);
    }
  },
};

/** A layer of the program's own graph, if all in it run in training mode and could run otherwise. */
function ownLayer(context: RuleContext): BuiltLayer | undefined {
  const { updates } = context.facts;
  return areAllTraining(updates)
    ? updates.layers.find((layer) => isChoice(layer, context))
    : undefined;
}

function areAllTraining({ layers, hasUnseenLayers }: UpdateFacts): boolean {
  return !hasUnseenLayers && layers.every(({ flag }) => flag.mode === 'train');
}

/** A layer that is told True in so many words may be meant to use the batch for ever. */
function isChoice(layer: BuiltLayer, context: RuleContext): boolean {
  const isForTraining =
    layer.flag.source === 'default' && context.facts.updates.trainOps.length > 0;
  return isForTraining || whereTold(layer, context) !== undefined;
}

/** A layer of the graph that was imported, if every program around that trains builds it so. */
function importedLayer(context: RuleContext): BuiltLayer | undefined {
  const trainers = context
    .companions()
    .map((path) => context.factsOf(path))
    .filter((facts): facts is ProgramFacts => facts !== undefined && isTrainer(facts));
  const layers = trainers.flatMap(({ updates }) => updates.layers);
  const isEach = trainers.every(
    ({ updates }) => updates.layers.length > 0 && areAllTraining(updates),
  );
  return isEach ? layers[0] : undefined;
}

function isTrainer({ updates, tensorflow1 }: ProgramFacts): boolean {
  return updates.trainOps.length > 0 && tensorflow1.writes.length > 0;
}

function describe(
  { site }: Freeze,
  layer: BuiltLayer | undefined,
  { facts }: RuleContext,
): Finding {
  const [imported] = facts.tensorflow1.metaGraphs;
  const places: RelatedPlace[] = [];
  if (layer !== undefined) {
    places.push({ ...layer.site, message: `${layerWords(layer)} is built in training mode` });
  }
  if (imported !== undefined) {
    places.push({ ...imported.site, message: 'The graph of training is imported here' });
  }
  return {
    ...site,
    severity: 'warning',
    confidence: 'likely',
    message:
      'The graph that is frozen here has BatchNorm in training mode: it goes on normalizing with the statistics of each batch, the moving mean and moving variance are left out of the file, and a prediction depends on what else is in its batch',
    related: places,
    fixes: [],
  };
}
