import type { KerasFacts, NotedCall } from '../../training/keras/facts';
import { isSameLayer } from '../../training/keras/layer';
import type { Rule } from '../context';
import { levelForModel } from '../kerasLevels';
import { eventsBySite } from '../sites';
import { normPlaces } from '../torchLevels';
import doc from './rule.md';

export const optimizerAverage: Rule = {
  id: 'BN210',
  name: 'optimizer-ema-skips-bn',
  summary: 'An optimizer averages weights, but the moving statistics belong to the raw ones',
  severity: 'hint',
  frameworks: ['keras', 'tensorflow2'],
  since: '0.1.0',
  doc,
  *check(context) {
    const { keras } = context.facts;
    const notes = keras.notes.filter(
      (own) => own.kind === 'emaOptimizer' && !isRefreshed(own, keras),
    );
    for (const [{ site, hasNorm }] of eventsBySite(notes)) {
      const level = levelForModel(optimizerAverage, hasNorm, context);
      if (level !== undefined) {
        yield {
          ...level,
          ...site,
          message:
            'This optimizer averages trainable weights only: the moving mean and moving variance of BatchNorm stay those of the weights before averaging. Run some batches through the averaged model in training mode before you evaluate or save it',
          related: normPlaces(context),
          fixes: [],
        };
      }
    }
  },
};

/** Whether batches are run through the averaged model to make its statistics anew. */
function isRefreshed({ layer }: NotedCall, { calls }: KerasFacts): boolean {
  return calls.some(
    (call) =>
      isSameLayer(call.layer, layer) &&
      call.tapes.length === 0 &&
      call.isTrained === 'yes' &&
      call.norms.some(({ mode }) => mode === 'train'),
  );
}
