import { freezeNormsAfter } from '../../fixes/freezeNorms';
import type { Fix } from '../../fixes/fix';
import type { Fit } from '../../training/keras/facts';
import type { Site } from '../../semantics/value';
import type { Rule, RuleContext } from '../context';
import { kerasThree } from '../kerasLevels';
import { eventsBySite } from '../sites';
import doc from './rule.md';

type InferenceNode = Fit['inferenceNodes'][number] & { readonly site: Site; readonly fit: Fit };

export const trainingFalseNotFrozen: Rule = {
  id: 'BN203',
  name: 'keras3-training-false-not-frozen',
  summary:
    'Under Keras 3 `training=False` in a functional model does not freeze BatchNorm in `fit`',
  severity: 'warning',
  frameworks: ['keras'],
  since: '0.1.0',
  doc,
  *check(context) {
    for (const [found] of eventsBySite(unfrozenNodes(context))) {
      const { site, unfrozenAt, fit } = found;
      // Asked last: to find out which version runs takes time.
      const keras = kerasThree(context);
      const isSure = keras.isUsed === 'yes';
      if (keras.isUsed === 'no') {
        return;
      }
      yield {
        ...site,
        severity: isSure ? 'warning' : 'information',
        confidence: isSure ? 'certain' : 'possible',
        message: `\`training=False\` does not keep this BatchNorm in inference mode: ${keras.words} \`${fit.through}\` overrides it, and the layers are trainable, so their moving mean and moving variance are changed and the batch is used`,
        related: [
          ...(unfrozenAt ? [{ ...unfrozenAt, message: 'They are made trainable here' }] : []),
          { ...fit.site, message: 'The model is trained here' },
          ...keras.related,
        ],
        fixes: fixesFor(unfrozenAt, context),
      };
    }
  },
};

function unfrozenNodes({ facts }: RuleContext): readonly InferenceNode[] {
  return facts.keras.fits
    .filter(({ hasOwnStep }) => !hasOwnStep)
    .flatMap((fit) =>
      fit.inferenceNodes
        .filter(({ isTrainable }) => isTrainable === 'yes')
        .map((own) => ({ ...own, fit, site: own.node.site })),
    );
}

function fixesFor(unfrozenAt: Site | undefined, context: RuleContext): readonly Fix[] {
  const module = unfrozenAt && context.moduleAt(unfrozenAt.path);
  const edit = unfrozenAt && module && freezeNormsAfter({ ...unfrozenAt, module });
  return edit
    ? [{ title: 'Keep the BatchNorm layers frozen', safety: 'suggestion', edits: [edit] }]
    : [];
}
