/** What the model says of each sample, in both modes and among both kinds of neighbours. */

import type { ExperimentDto, SubjectDto } from '../../src/protocol/onnxPanel';
import { element } from './dom';
import { formatNumber } from './format';
import { at } from './measures';
import { asTermLine, explanations, term } from './terms';
import { l10n } from './l10n';

const differenceExplanation = l10n.t(
  'How far the two answers are apart: the length of their difference, divided by the length of the second. 0 means the same answer.',
);

/** Columns of answers, and which answer each has to equal. */
const answers = [
  { key: 'evalMixed', head: l10n.t('Stored statistics, mixed'), same: 'evalMixed' },
  { key: 'evalSimilar', head: l10n.t('Stored statistics, similar'), same: 'evalMixed' },
  { key: 'batchMixed', head: l10n.t('Batch statistics, mixed'), same: 'batchMixed' },
  { key: 'batchSimilar', head: l10n.t('Batch statistics, similar'), same: 'batchMixed' },
] as const;

const differences = [
  l10n.t('Difference, stored: mixed to similar'),
  l10n.t('Difference, batch: mixed to similar'),
  l10n.t('Difference, mixed: stored to batch'),
];

export function subjectTable({ output, subjects }: ExperimentDto): HTMLElement {
  const hasTops = subjects.some(({ tops }) => tops !== null);
  const heads = [
    element('th', { scope: 'col' }, l10n.t('Sample')),
    ...(hasTops
      ? answers.map(({ head }) => element('th', { scope: 'col' }, term(head, explanations.modes)))
      : []),
    ...differences.map((head) =>
      element('th', { scope: 'col' }, term(head, differenceExplanation)),
    ),
  ];
  return element(
    'div',
    {
      class: 'subjects',
      tabindex: '0',
      role: 'group',
      'aria-label': l10n.t('Answers for each sample'),
    },
    element(
      'table',
      {},
      element(
        'caption',
        {},
        hasTops
          ? l10n.t(
              'Class with the largest score in “{0}”. ≠ marks an answer that other neighbours change.',
              output,
            )
          : l10n.t(
              'The output “{0}” has no list of scores; only the differences say something.',
              output,
            ),
      ),
      element('thead', {}, asTermLine(element('tr', {}, ...heads))),
      element('tbody', {}, ...subjects.map((subject, index) => row(subject, index, hasTops))),
    ),
  );
}

function row(
  { tops, differences: apart }: SubjectDto,
  index: number,
  hasTops: boolean,
): HTMLElement {
  const cells = answers.map(({ key, same }) => {
    if (tops === null) {
      return element('td', {}, '–');
    }
    const isChanged = tops[key] !== tops[same];
    const text = `${isChanged ? '≠ ' : ''}${String(tops[key])}`;
    return element('td', { class: isChanged ? 'changed' : undefined }, text);
  });
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }, String(index + 1)),
    ...(hasTops ? cells : []),
    ...differences.map((_, column) => element('td', {}, formatNumber(at(apart, column)))),
  );
}
