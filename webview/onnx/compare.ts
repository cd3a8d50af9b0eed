/** Two models side by side, and a repaired copy of this one. */

import type { CreateChart } from './chart';
import { ComparisonCharts } from './comparisonCharts';
import { createComparisonTable } from './comparisonTable';
import { comparisonVerdict, unmatchedLines } from './comparisonWords';
import type { Actions } from './controller';
import { button, element, replaceChildren, setText, show } from './dom';
import { severityIcon } from './icons';
import { l10n } from './l10n';
import { type Part, whenChanged } from './part';
import { repairResult } from './repairResult';
import { failureWords, inputName, showProgress } from './runBar';
import { progressSentence } from './runWords';
import type { WorkQueue } from './schedule';
import { chosenInput } from './selectors';
import type { DataView, State } from './store';
import { panelIds } from './tabs';
import type { Theme } from './theme';
import { type RunState, type WorkStates, isWorking } from './work';

export interface CompareOptions {
  readonly actions: Actions;
  readonly theme: () => Theme;
  readonly createChart: CreateChart;
  readonly queue: WorkQueue;
  readonly width: () => number;
}

const explanation = l10n.t(
  'Compares what this model stores with what another one does, layer by layer. A repaired copy stores the mean and variance that each layer sees of your samples when every layer before it normalises with the batch; the model itself is never changed.',
);

export function createCompare(options: CompareOptions): Part {
  const bar = createBar(options.actions);
  const repaired = element('div', { class: 'repaired' });
  const comparison = createComparison(options);
  let last: readonly unknown[] = [];
  return {
    element: element(
      'section',
      {
        ...{ class: 'compare run', id: panelIds.compare, role: 'tabpanel' },
        'aria-label': l10n.t('Compare and Repair'),
      },
      element('p', { class: 'explanation' }, explanation),
      bar.element,
      repaired,
      comparison.element,
    ),
    update(state, view) {
      bar.update(state, view);
      last = whenChanged(
        () => {
          const { repair } = view;
          replaceChildren(repaired, ...(repair ? repairResult(repair, options.actions) : []));
        },
        last,
        [view.repair],
      );
      comparison.update(state, view);
    },
  };
}

function createBar(actions: Actions): Part {
  const samples = element('p');
  const compare = button(l10n.t('Compare with Another Model…'), () => {
    actions.compareWith(null);
  });
  const repair = button(l10n.t('Repair…'), actions.repair, 'primary');
  const choose = button(l10n.t('Choose Input…'), actions.pickInput);
  const trust = button(l10n.t('Manage Workspace Trust'), actions.manageTrust, 'primary');
  const cancel = button(l10n.t('Cancel'), actions.cancel);
  const bar = element('progress', { max: '1', 'aria-label': l10n.t('Comparison or repair') });
  const status = element('span', { class: 'run-status', role: 'status' });
  const failure = element('p', { class: 'failure', role: 'alert' });
  return {
    element: element(
      'div',
      {},
      samples,
      element(
        'div',
        { class: 'run-row' },
        ...[repair, choose, compare, trust, bar, cancel, status],
      ),
      failure,
    ),
    update(state, { work }) {
      const { isTrusted } = state.host;
      const input = chosenInput(state);
      const isFree = !isWorking(work);
      const own = ownState(work);
      setText(samples, samplesSentence(state));
      show(compare, isFree);
      show(repair, isFree && isTrusted && input.kind !== 'synthetic');
      show(choose, isFree && isTrusted && input.kind === 'synthetic');
      show(trust, !isTrusted);
      showProgress(bar, own);
      show(cancel, own.kind === 'running');
      setText(status, own.kind === 'running' ? progressSentence(own.last, own.first) : '');
      replaceChildren(failure, ...failureWords(own));
      show(failure, own.kind === 'failed');
    },
  };
}

/** What runs, else what failed. */
function ownState({ comparison, repair }: WorkStates): RunState {
  const states = [repair, comparison];
  return (
    states.find(({ kind }) => kind === 'running') ??
    states.find(({ kind }) => kind === 'failed') ??
    comparison
  );
}

function samplesSentence(state: State): string {
  if (!state.host.isTrusted) {
    return l10n.t(
      'In a workspace that is not trusted nothing is run: models are compared by what they store.',
    );
  }
  const input = chosenInput(state);
  return input.kind === 'synthetic'
    ? l10n.t(
        'No samples are chosen, so models are compared by what they store. Choose samples of your own to see which one fits them, or to repair this one.',
      )
    : l10n.t(
        'Samples: {0}. Both models run on them, and a repair estimates its statistics from them.',
        inputName(input),
      );
}

function createComparison(options: CompareOptions): Part {
  const verdict = element('div', { class: 'comparison-verdict' });
  const table = createComparisonTable(options.actions);
  const charts = new ComparisonCharts(options);
  const root = element(
    'div',
    { class: 'comparison' },
    verdict,
    element('div', { class: 'comparison-columns' }, table.element, charts.element),
  );
  let last: readonly unknown[] = [];
  return {
    element: root,
    update(state, view) {
      show(root, view.comparison !== null);
      last = whenChanged(
        () => {
          replaceChildren(verdict, ...verdictOf(view, options.actions));
        },
        last,
        [view.comparison],
      );
      table.update(state, view);
      charts.update(state, view);
    },
  };
}

function verdictOf({ comparison, model }: DataView, actions: Actions): readonly HTMLElement[] {
  if (!comparison) {
    return [];
  }
  const { severity, summary, basis } = comparisonVerdict(comparison, model.fileName);
  const open = button(l10n.t('Open {0}', comparison.other.fileName), () => {
    actions.openModel(comparison.other);
  });
  return [
    element(
      'div',
      { class: `verdict ${severity}`, role: 'status' },
      element(
        'div',
        { class: 'verdict-head' },
        severityIcon(severity),
        element('h2', {}, summary),
        element('span', { class: 'tag' }, basis),
        open,
      ),
      ...unmatchedLines(comparison, model.fileName).map((line) => element('p', {}, line)),
    ),
  ];
}
