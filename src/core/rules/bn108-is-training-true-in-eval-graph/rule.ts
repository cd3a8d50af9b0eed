import type { Fix } from '../../fixes/fix';
import { addArgument } from '../../fixes/trainingFlags';
import type { BuiltLayer } from '../../training/tensorflow1/updates/facts';
import type { Rule, RuleContext } from '../context';
import type { Finding } from '../finding';
import { eventsBySite } from '../sites';
import { layerWords } from '../waitingLayers';
import { type Told, whereTold } from '../whereTold';
import doc from './rule.md';

export const isTrainingTrueInEvalGraph: Rule = {
  id: 'BN108',
  name: 'is-training-true-in-eval-graph',
  summary: 'A program that only restores and predicts builds BatchNorm in training mode',
  severity: 'warning',
  frameworks: ['tensorflow1'],
  since: '0.1.0',
  doc,
  *check(context) {
    const { layers, hasUnseenLayers } = context.facts.updates;
    const areAllTraining = !hasUnseenLayers && layers.every(({ flag }) => flag.mode === 'train');
    if (!areAllTraining || !isOnlyInference(context) || isPartOfTraining(context)) {
      return;
    }
    const told = layers.flatMap((layer) => {
      const place = whereTold(layer, context);
      return place === undefined ? [] : [{ ...place, layer }];
    });
    for (const [place] of eventsBySite(told)) {
      yield describe(place, place.layer, context);
    }
  },
};

/** Whether the program reads a checkpoint, runs something, and neither trains nor writes one. */
function isOnlyInference({ facts }: RuleContext): boolean {
  const { checkpointUses } = facts.tensorflow1;
  const { trainOps, reads, runs } = facts.updates;
  const isRead = checkpointUses.some(({ direction }) => direction === 'restore');
  const isWritten = checkpointUses.some(({ direction }) => direction === 'save');
  // Whoever freezes the graph hears of it from BN112.
  const isFrozen = facts.updates.freezes.length > 0;
  return (
    isRead &&
    !isFrozen &&
    runs.length > 0 &&
    !isWritten &&
    trainOps.length === 0 &&
    reads.length === 0
  );
}

/** Whether a program that trains uses this module. */
function isPartOfTraining(context: RuleContext): boolean {
  const name = /([^/\\]+?)(?:\.py|\.ipynb)?$/.exec(context.path)?.[1] ?? '';
  return context.companions().some((path) => {
    const trains = (context.factsOf(path)?.updates.trainOps.length ?? 0) > 0;
    return trains && path !== context.path && imports(path, name, context);
  });
}

function imports(path: string, name: string, context: RuleContext): boolean {
  for (const node of context.moduleAt(path)?.nodes ?? []) {
    const names =
      node.kind === 'import' || node.kind === 'importFrom'
        ? [...node.names.map((own) => own.name), node.kind === 'importFrom' ? node.module : '']
        : [];
    if (names.some((own) => own.split('.').at(-1) === name)) {
      return true;
    }
  }
  return false;
}

function describe(told: Told, layer: BuiltLayer, context: RuleContext): Finding {
  const how = told.leftOut === undefined ? '' : ` (\`${told.leftOut}\` is True by default)`;
  const overwrites =
    layer.updates === 'inline'
      ? ', and every prediction overwrites the moving mean and moving variance'
      : '';
  const restored = context.facts.tensorflow1.checkpointUses.find(
    ({ direction }) => direction === 'restore',
  );
  return {
    ...told.site,
    severity: 'warning',
    confidence: 'likely',
    message: `BatchNorm is built in training mode${how} in a program that only restores a checkpoint and predicts: the restored moving mean and moving variance are not used, so a prediction depends on what else is in its batch${overwrites}`,
    related: [
      {
        ...layer.site,
        message: `${layerWords(layer)} normalizes with the statistics of the batch`,
      },
      ...(restored === undefined
        ? []
        : [{ ...restored.site, message: 'The checkpoint is read here' }]),
    ],
    fixes: fixesFor(told, context),
  };
}

function fixesFor({ site, leftOut }: Told, context: RuleContext): readonly Fix[] {
  const module = context.moduleAt(site.path);
  const edit =
    leftOut === undefined
      ? { ...site, newText: 'False' }
      : module && addArgument(module, { ...site, text: `${leftOut}=False` });
  const title = 'Build it in evaluation mode';
  return edit === undefined ? [] : [{ title, safety: 'suggestion', edits: [edit] }];
}
