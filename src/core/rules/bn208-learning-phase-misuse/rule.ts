import type { Site } from '../../semantics/value';
import type { LearningPhase } from '../../training/keras/facts';
import type { Known } from '../../semantics/value';
import type { Rule, RuleContext } from '../context';
import type { RelatedPlace } from '../finding';
import { levelForModel } from '../kerasLevels';
import { eventsBySite } from '../sites';
import doc from './rule.md';

interface Misuse {
  readonly site: Site;
  readonly hasNorm: Known;
  readonly message: string;
  readonly related: readonly RelatedPlace[];
}

export const learningPhaseMisuse: Rule = {
  id: 'BN208',
  name: 'learning-phase-misuse',
  summary: 'The global learning phase is 1 while a model predicts, or 0 while it is trained',
  severity: 'warning',
  frameworks: ['keras', 'tensorflow1'],
  since: '0.1.0',
  doc,
  *check(context) {
    const found = eventsBySite(misuses(context));
    if (found.length === 0) {
      return;
    }
    const { answer } = context.versions.runsUnder('tensorflow', '<2');
    if (answer === 'no' || context.versions.runsUnder('keras', '>=2.4').answer === 'yes') {
      return;
    }
    for (const [misuse] of found) {
      const level = levelForModel(learningPhaseMisuse, misuse.hasNorm, context);
      if (level !== undefined) {
        const isSure = answer === 'yes';
        yield {
          ...misuse.site,
          message: misuse.message,
          related: misuse.related,
          severity: isSure ? level.severity : 'information',
          confidence: isSure ? level.confidence : 'possible',
          fixes: [],
        };
      }
    }
  },
};

function misuses({ facts: { keras } }: RuleContext): readonly Misuse[] {
  const trained = keras.fits.flatMap(({ learningPhase, hasNorm, through, site }) =>
    learningPhase?.isTraining === false
      ? [
          describe(learningPhase, hasNorm, {
            message: `The learning phase is still 0 when \`${through}\` runs: before TensorFlow 2, BatchNorm then uses its moving mean and moving variance in training and never updates them`,
            related: [{ ...site, message: 'The model is trained here' }],
          }),
        ]
      : [],
  );
  const used = keras.uses.flatMap(({ learningPhase, hasNorm, through, site }) =>
    learningPhase?.isTraining === true && /^(?:predict|evaluate|test)/.test(through)
      ? [
          describe(learningPhase, hasNorm, {
            message: `The learning phase is 1 when \`${through}\` runs: before TensorFlow 2, BatchNorm then uses the batch, so the result depends on what else is in it`,
            related: [{ ...site, message: 'The model is used here' }],
          }),
        ]
      : [],
  );
  return [...trained, ...used];
}

function describe(
  { site }: LearningPhase,
  hasNorm: Known,
  words: Pick<Misuse, 'message' | 'related'>,
): Misuse {
  return { site, hasNorm, ...words };
}
