/** Every pair of layers of two models as a row. */

import type { ComparedDto } from '../../src/protocol/onnxPanel';
import { betterIn } from './comparisonWords';
import type { Actions } from './controller';
import { element, replaceChildren, setAttributes, show } from './dom';
import { formatNumber } from './format';
import { nextPosition } from './keys';
import { l10n } from './l10n';
import { at } from './measures';
import { type Part, whenChanged } from './part';
import { selectedPair } from './selectors';
import { asTermLine, term } from './terms';

interface Head {
  readonly title: string;
  readonly unit: string;
  readonly explanation: string;
}

const storedHeads: readonly Head[] = [
  {
    title: l10n.t('Layer'),
    unit: '',
    explanation: l10n.t(
      'BatchNorm layers of both models, paired by name. Where the names differ, by their order in the graph and their number of channels.',
    ),
  },
  {
    title: l10n.t('Changed'),
    unit: l10n.t('channels'),
    explanation: l10n.t(
      'Channels whose stored mean or variance differs visibly between the models. A layer with 0 normalises the same way in both.',
    ),
  },
  {
    title: l10n.t('Apart'),
    unit: l10n.t('nats'),
    explanation: l10n.t(
      'Median over the channels of the Kullback–Leibler divergence between what the two models store. 0 means the same statistics.',
    ),
  },
];

const observedHeads: readonly Head[] = [
  {
    title: l10n.t('This model'),
    unit: l10n.t('KL, nats'),
    explanation: l10n.t(
      'How far the samples are from what this model stores, as a median over the channels in the batch pass. Below 0.03 the layer fits; from 0.1 on it does not.',
    ),
  },
  {
    title: l10n.t('The other'),
    unit: l10n.t('KL, nats'),
    explanation: l10n.t(
      'How far the samples are from what the other model stores, as a median over the channels in the batch pass. Below 0.03 the layer fits; from 0.1 on it does not.',
    ),
  },
  {
    title: l10n.t('Fits better'),
    unit: '',
    explanation: l10n.t(
      'The model whose stored statistics are nearer to what the samples show. A difference below 0.02 nats is sampling noise.',
    ),
  },
];

export function createComparisonTable({ selectPair }: Pick<Actions, 'selectPair'>): Part {
  const head = element('thead');
  const body = element('tbody');
  const table = element(
    'table',
    { role: 'grid', 'aria-label': l10n.t('Layers of both models') },
    head,
    body,
  );
  const root = element(
    'div',
    { class: 'pairs', tabindex: '0', role: 'group', 'aria-label': l10n.t('Table of layer pairs') },
    table,
  );
  let rows: readonly HTMLElement[] = [];
  let selected = -1;
  let last: readonly unknown[] = [];
  const build = (comparison: ComparedDto): void => {
    rows = comparison.pairs.map((_, pair) => rowOf(comparison, pair));
    rows.forEach((row, pair) => {
      row.addEventListener('click', () => {
        selectPair(pair);
      });
    });
    const heads = comparison.input ? [...storedHeads, ...observedHeads] : storedHeads;
    replaceChildren(head, asTermLine(element('tr', {}, ...heads.map(headCell))));
    replaceChildren(body, ...rows);
    selected = -1;
  };
  const mark = (pair: number | undefined): void => {
    if (pair !== undefined && pair !== selected) {
      markSelected(root, rows[selected], rows[pair]);
      selected = pair;
    }
  };
  root.addEventListener('keydown', (event) => {
    const target = nextPosition(event.key, selected, rows.length);
    if (target !== undefined) {
      event.preventDefault();
      selectPair(target);
    }
  });
  return {
    element: root,
    update(state, view) {
      const { comparison } = view;
      show(root, (comparison?.pairs.length ?? 0) > 0);
      last = whenChanged(
        () => {
          if (comparison) {
            build(comparison);
          }
        },
        last,
        [comparison],
      );
      mark(selectedPair(state, view));
    },
  };
}

function markSelected(
  root: HTMLElement,
  before: HTMLElement | undefined,
  row: HTMLElement | undefined,
): void {
  before?.setAttribute('aria-selected', 'false');
  row?.setAttribute('aria-selected', 'true');
  row?.scrollIntoView({ block: 'nearest' });
  setAttributes(root, { 'aria-activedescendant': row?.id });
}

function headCell({ title, unit, explanation }: Head): HTMLElement {
  const small = unit === '' ? undefined : element('small', {}, unit);
  return element('th', { scope: 'col' }, term(title, explanation, small));
}

const betterWords = {
  this: l10n.t('this model'),
  other: l10n.t('the other'),
  same: l10n.t('equal'),
  '': '–',
};

function rowOf(comparison: ComparedDto, pair: number): HTMLElement {
  const { names, channels = 0, changedChannels = 0 } = comparison.pairs[pair] ?? {};
  const [first = '', second = ''] = [names?.first, names?.second];
  const better = betterIn(comparison, pair);
  const cell = (text: string, name?: string): HTMLElement => element('td', { class: name }, text);
  const observed = comparison.input
    ? [
        cell(formatNumber(at(comparison.observedKl.first, pair))),
        cell(formatNumber(at(comparison.observedKl.second, pair))),
        cell(betterWords[better], `better ${better}`),
      ]
    : [];
  return element(
    'tr',
    {
      id: `pair-${String(pair)}`,
      'aria-selected': 'false',
      class: changedChannels > 0 ? 'changed-pair' : undefined,
    },
    element('th', { scope: 'row' }, first === second ? first : `${first} / ${second}`),
    cell(l10n.t('{0} of {1}', changedChannels, channels)),
    cell(formatNumber(at(comparison.storedKl, pair))),
    ...observed,
  );
}
