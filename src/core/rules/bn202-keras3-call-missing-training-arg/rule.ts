import { takeTraining } from '../../fixes/parameters';
import type { Fit } from '../../training/keras/facts';
import type { Rule, RuleContext } from '../context';
import type { Finding } from '../finding';
import { kerasThree, levelForModel } from '../kerasLevels';
import { normPlaces } from '../torchLevels';
import doc from './rule.md';

export const kerasCallMissingTraining: Rule = {
  id: 'BN202',
  name: 'keras3-call-missing-training-arg',
  summary:
    "A model's `call` takes no `training`, so under Keras 3 `fit` never trains its BatchNorm",
  severity: 'error',
  frameworks: ['keras'],
  since: '0.1.0',
  doc,
  *check(context) {
    const seen = new Set<unknown>();
    for (const fit of context.facts.keras.fits.filter(leavesNormsUntold)) {
      const finding = seen.has(fit.callWithoutTraining?.code) ? undefined : describe(fit, context);
      seen.add(fit.callWithoutTraining?.code);
      if (finding !== undefined) {
        yield finding;
      }
    }
  },
};

/** Whether Keras's own step runs `call` with BatchNorm that would listen, and tells it nothing. */
function leavesNormsUntold({ callWithoutTraining, hasOwnStep, untold, told }: Fit): boolean {
  const isInference =
    untold.some(({ mode }) => mode === 'eval') &&
    untold.every(({ mode }) => mode === 'eval' || mode === 'frozen');
  return (
    callWithoutTraining !== undefined &&
    !hasOwnStep &&
    isInference &&
    told.some(({ mode }) => mode === 'train')
  );
}

function describe(fit: Fit, context: RuleContext): Finding | undefined {
  const { callWithoutTraining: own, hasNorm, site, through } = fit;
  const level = levelForModel(kerasCallMissingTraining, hasNorm, context);
  if (own === undefined || level === undefined) {
    return undefined;
  }
  // Asked last: to find out which version runs takes time.
  const keras = kerasThree(context);
  if (keras.isUsed === 'no') {
    return undefined;
  }
  const isSure = keras.isUsed === 'yes';
  const severity = isSure || level.severity !== 'error' ? level.severity : 'warning';
  return {
    severity,
    confidence: isSure || level.confidence === 'possible' ? level.confidence : 'likely',
    path: own.path,
    range: own.code.parametersRange,
    message: `\`call\` of \`${own.type.name}\` has no parameter \`training\`, so ${keras.words} \`${through}\` cannot say that it trains: BatchNorm runs in inference mode all the time, and its moving mean and moving variance stay 0 and 1`,
    related: [
      { ...site, message: 'The model is trained here' },
      ...keras.related,
      ...normPlaces(context),
    ],
    fixes: [takeTraining({ path: own.path, code: own.code })],
  };
}
