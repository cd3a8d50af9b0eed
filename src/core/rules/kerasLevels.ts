/** What rules about Keras models have in common. */

import type { Known } from '../semantics/value';
import { type RuleContext, levelFor } from './context';
import type { Confidence, RelatedPlace, Severity } from './finding';
import type { RuleInfo } from './rule';

interface Level {
  readonly severity: Severity;
  readonly confidence: Confidence;
}

/**
 * The level of a finding about one model; `undefined` when it has no BatchNorm. A model that nobody
 * can look into may be without, whatever other models of the program have.
 */
export function levelForModel(
  rule: RuleInfo,
  hasNorm: Known,
  context: RuleContext,
): Level | undefined {
  switch (hasNorm) {
    case 'yes':
      return { severity: rule.severity, confidence: 'certain' };
    case 'no':
      return undefined;
    case 'unknown':
      return (
        levelFor(rule, context.evidence) && {
          severity: weaker(rule.severity),
          confidence: 'possible',
        }
      );
  }
}

function weaker(severity: Severity): Severity {
  return severity === 'hint' ? 'hint' : 'information';
}

/** What is assumed about the version of Keras, and how to say so. */
export interface KerasThree {
  readonly isUsed: Known;
  /** `under Keras 3 (requirements.txt: keras>=3)`, to go on with. */
  readonly words: string;
  readonly related: readonly RelatedPlace[];
}

/** Whether the module runs under Keras 3, and why that is thought. */
export function kerasThree({ versions }: RuleContext): KerasThree {
  const { answer, because } = versions.runsUnder('keras', '>=3');
  const reasons = because.map(
    ({ text, site }) =>
      `${site?.path.split('/').at(-1) ?? 'your settings'}: ${text.replace(/^.*?: /, '')}`,
  );
  const why =
    answer === 'unknown'
      ? 'nothing here says which version runs'
      : [...new Set(reasons)].join('; ');
  return {
    isUsed: answer,
    words: why === '' ? 'under Keras 3' : `under Keras 3 (${why})`,
    related: because.flatMap(({ text, site }) => (site ? [{ ...site, message: text }] : [])),
  };
}
