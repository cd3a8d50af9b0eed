import type { Site } from '../../semantics/value';
import type { VersionAnswer } from '../../project/versions/frameworkVersions';
import type { Rule, RuleContext } from '../context';
import { levelForModel } from '../kerasLevels';
import { eventsBySite } from '../sites';
import doc from './rule.md';

export const frozenNormOldKeras: Rule = {
  id: 'BN204',
  name: 'frozen-bn-old-keras-semantics',
  summary: 'Before TensorFlow 2, BatchNorm that is not trainable still normalizes with the batch',
  severity: 'information',
  frameworks: ['keras', 'tensorflow1'],
  since: '0.1.0',
  doc,
  *check(context) {
    const frozen = context.facts.keras.fits
      .filter(({ learningPhase }) => learningPhase?.isTraining !== false)
      .flatMap((fit) => fit.frozenAt.map((site) => ({ site, fit })));
    const old = frozen.length === 0 ? undefined : oldSemantics(context);
    if (old === undefined) {
      return;
    }
    for (const [{ site, fit }] of eventsBySite(frozen)) {
      const level = levelForModel(frozenNormOldKeras, fit.hasNorm, context);
      if (level !== undefined) {
        yield {
          ...level,
          ...site,
          message: `\`trainable = False\` freezes gamma and beta only: before TensorFlow 2 (${wordsFor(old)}) these BatchNorm layers still normalize with the batch while \`${fit.through}\` runs, and differently in \`predict\``,
          related: [
            { ...fit.site, message: 'The model is trained here' },
            ...old.because.flatMap(({ text, site: own }) =>
              own ? [{ ...own, message: text }] : [],
            ),
          ],
          fixes: [],
        };
      }
    }
  },
};

/** The answer that says that freezing means less here; silent when nobody knows. */
function oldSemantics({ versions }: RuleContext): VersionAnswer | undefined {
  const answers = [versions.runsUnder('tensorflow', '<2'), versions.runsUnder('keras', '<2.3')];
  return answers.find(({ answer }) => answer === 'yes');
}

function wordsFor({ because }: VersionAnswer): string {
  const [reason] = because;
  const place: Site | undefined = reason?.site;
  return reason === undefined
    ? 'as this program is'
    : `${place?.path.split('/').at(-1) ?? 'your settings'}: ${reason.text.replace(/^.*?: /, '')}`;
}
