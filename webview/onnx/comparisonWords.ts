/** What a comparison of two models says, in words. */

import type { ComparedDto, Severity } from '../../src/protocol/onnxPanel';
import { count } from './format';
import { l10n } from './l10n';
import { at } from './measures';

/** Differences of KL below this are sampling noise. */
const noticeableKl = 0.02;

export interface ComparisonVerdict {
  readonly severity: Severity;
  readonly summary: string;
  readonly basis: string;
}

export function comparisonVerdict(comparison: ComparedDto, own: string): ComparisonVerdict {
  const { pairs, other, better, input } = comparison;
  const basis = input
    ? l10n.t('both on {0}, {1}', l10n.translate(input.label), count(input.samples, 'sample'))
    : l10n.t('from the files alone');
  if (pairs.length === 0) {
    const summary = l10n.t(
      'No BatchNorm layer of {0} has a counterpart in {1}. Choose a model of the same architecture.',
      own,
      other.fileName,
    );
    return { severity: 'warning', summary, basis };
  }
  const changed = pairs.filter(({ changedChannels }) => changedChannels > 0).length;
  const stored =
    changed === 0
      ? l10n.t('Both models store the same statistics in all {0} layers.', pairs.length)
      : l10n.t(
          'The stored statistics differ in {0} of {1}.',
          changed,
          count(pairs.length, 'layer'),
        );
  return {
    severity: better === 'second' ? 'warning' : 'information',
    summary: better === null ? stored : `${stored} ${fitSentence(better, own, other.fileName)}`,
    basis,
  };
}

function fitSentence(
  better: NonNullable<ComparedDto['better']>,
  own: string,
  other: string,
): string {
  switch (better) {
    case 'first':
      return l10n.t('Those of {0}, this model, fit the samples better.', own);
    case 'second':
      return l10n.t('Those of {0} fit the samples better.', other);
    case 'equal':
      return l10n.t('Both fit the samples equally well or badly.');
  }
}

export function unmatchedLines({ unmatched, other }: ComparedDto, own: string): readonly string[] {
  return [
    ...(unmatched.first.length > 0 ? [onlyIn(own, unmatched.first)] : []),
    ...(unmatched.second.length > 0 ? [onlyIn(other.fileName, unmatched.second)] : []),
  ];
}

function onlyIn(model: string, layers: readonly string[]): string {
  return l10n.t('Only in {0}: {1}.', model, layers.join(', '));
}

/** Which of the two fits the samples in one pair of layers; empty where that was not measured. */
export function betterIn(
  { observedKl }: ComparedDto,
  pair: number,
): 'this' | 'other' | 'same' | '' {
  const difference = at(observedKl.first, pair) - at(observedKl.second, pair);
  if (Number.isNaN(difference)) {
    return '';
  }
  return Math.abs(difference) <= noticeableKl ? 'same' : difference < 0 ? 'this' : 'other';
}
