/** What a repair did, and how the copy does beside the original. */

import type { PanelAgreementDto, RepairedDto } from '../../src/protocol/onnxPanel';
import type { Actions } from './controller';
import { button, element } from './dom';
import { count, formatNumber } from './format';
import { severityIcon } from './icons';
import { l10n } from './l10n';

export function repairResult(
  repair: RepairedDto,
  { compareWith, openModel }: Pick<Actions, 'compareWith' | 'openModel'>,
): readonly HTMLElement[] {
  const { copy, after, before } = repair;
  const compare = button(
    l10n.t('Compare with the Repaired Copy'),
    () => {
      compareWith(copy);
    },
    'primary',
  );
  const open = button(l10n.t('Open the Repaired Copy'), () => {
    openModel(copy);
  });
  return [
    element(
      'div',
      { class: `verdict ${after.severity}`, role: 'status' },
      element(
        'div',
        { class: 'verdict-head' },
        severityIcon(after.severity),
        element('h2', {}, writtenSentence(repair)),
      ),
      fewSentence(repair),
      agreementTable(before, after),
      element('div', { class: 'run-row' }, compare, open),
    ),
  ];
}

function writtenSentence({ copy, layerCount, samples }: RepairedDto): string {
  return l10n.t(
    '{0} was written: {1} store what {2} show.',
    copy.fileName,
    count(layerCount, 'BatchNorm layer'),
    count(samples, 'sample'),
  );
}

function fewSentence({ samples, advisedSamples }: RepairedDto): HTMLElement | undefined {
  return samples < advisedSamples
    ? element(
        'p',
        {},
        l10n.t(
          'Take {0} or more for statistics worth keeping; these show whether a repair helps.',
          count(advisedSamples, 'sample'),
        ),
      )
    : undefined;
}

const sameTopExplanation = l10n.t(
  'Samples for which evaluation mode and batch mode give the same largest score. A model with good statistics answers alike in both.',
);
const differenceExplanation = l10n.t(
  'Median over the samples of how far the answers of both modes are apart: the length of their difference, divided by the length of the answer in batch mode. 0 means the same answer.',
);

function agreementTable(before: RepairedDto['before'], after: RepairedDto['after']): HTMLElement {
  const old = new Map(before?.agreements.map((own) => [own.output, own]));
  return element(
    'div',
    { class: 'subjects', tabindex: '0', role: 'group', 'aria-label': l10n.t('Before and after') },
    element(
      'table',
      {},
      element('caption', {}, l10n.t('How the original and the copy do on the same samples.')),
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          ...['', l10n.t('Original'), l10n.t('Copy')].map((head) =>
            element('th', { scope: 'col' }, head),
          ),
        ),
      ),
      element(
        'tbody',
        {},
        row(
          l10n.t('Verdict'),
          before ? l10n.translate(before.summary) : undefined,
          l10n.translate(after.summary),
        ),
        ...after.agreements.flatMap((own) => agreementRows(old.get(own.output), own)),
      ),
    ),
  );
}

function agreementRows(
  before: PanelAgreementDto | undefined,
  after: PanelAgreementDto,
): readonly HTMLElement[] {
  const share = (value: number | null | undefined): string =>
    typeof value === 'number' ? `${String(Math.round(100 * value))} %` : '–';
  return [
    ...(after.sameTop === null
      ? []
      : [
          row(
            l10n.t('Same answer in both modes, {0}', after.output),
            share(before?.sameTop),
            share(after.sameTop),
            sameTopExplanation,
          ),
        ]),
    row(
      l10n.t('Difference of both modes, {0}', after.output),
      formatNumber(before?.relativeDifference),
      formatNumber(after.relativeDifference),
      differenceExplanation,
    ),
  ];
}

function row(head: string, before = '–', after = '–', title?: string): HTMLElement {
  return element(
    'tr',
    {},
    element('th', { scope: 'row', title }, head),
    element('td', {}, before),
    element('td', {}, after),
  );
}
