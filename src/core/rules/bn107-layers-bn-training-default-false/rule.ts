import { passFlag } from '../../fixes/trainingFlags';
import type { BatchNormLayer } from '../../training/tensorflow1/updates/facts';
import type { Rule, RuleContext } from '../context';
import type { Finding } from '../finding';
import { eventsBySite } from '../sites';
import doc from './rule.md';

export const layersBnTrainingDefaultFalse: Rule = {
  id: 'BN107',
  name: 'layers-bn-training-default-false',
  summary:
    'A `tf.layers` BatchNorm without `training=` never sees a batch while the model is trained',
  severity: 'error',
  frameworks: ['tensorflow1'],
  since: '0.1.0',
  doc,
  *check(context) {
    const [trainOp] = context.facts.updates.trainOps;
    if (trainOp === undefined || restoresStatistics(context)) {
      return;
    }
    const layers = context.facts.updates.layers.filter(({ api }) => api === 'layers');
    for (const [layer, ...others] of eventsBySite(layers)) {
      if ([layer, ...others].every(({ flag }) => flag.source === 'default')) {
        yield describe(layer, trainOp.site, context);
      }
    }
  },
};

/** Whoever restores the statistics into chosen variables may mean to leave them as they are. */
function restoresStatistics({ facts }: RuleContext): boolean {
  return facts.tensorflow1.checkpointUses.some(
    ({ direction, variables }) =>
      direction === 'restore' && variables.membership.runningStatistics !== 'no',
  );
}

function describe(
  { name, site }: BatchNormLayer,
  trained: BatchNormLayer['site'],
  context: RuleContext,
): Finding {
  const module = context.moduleAt(site.path);
  const fix = module && passFlag(module, { ...site, keyword: 'training' });
  const short = name.replace('tensorflow', 'tf');
  return {
    ...site,
    severity: 'error',
    confidence: 'certain',
    message: `\`${short}\` gets no \`training=\`, and its default is False: while the model is trained this layer normalizes with its initial moving mean 0 and moving variance 1 and never updates them, so it normalizes nothing, in training or at evaluation`,
    related: [{ ...trained, message: 'The model is trained here' }],
    fixes: fix === undefined ? [] : [fix],
  };
}
