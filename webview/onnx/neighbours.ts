/** The experiment: how far what the model says of a sample depends on the rest of its batch. */

import type { ExperimentDto } from '../../src/protocol/onnxPanel';
import type { Actions } from './controller';
import { button, element, replaceChildren, setText, show } from './dom';
import { severityIcon } from './icons';
import { subjectTable } from './neighbourTable';
import { type Part, whenChanged } from './part';
import { failureWords, inputName, showProgress } from './runBar';
import { progressSentence } from './runWords';
import { chosenInput } from './selectors';
import { type RunState, isWorking } from './work';
import { panelIds } from './tabs';
import { l10n } from './l10n';

const explanation = l10n.t(
  'Each sample is judged four times: among samples of all kinds and among near-identical variations of itself, with the stored statistics and with those of the batch. With good stored statistics its neighbours do not matter. A model that only works with the statistics of the batch looks right among mixed samples and wrong among similar ones.',
);

export function createNeighbours(actions: Actions): Part {
  const samples = element('p');
  const choose = button(l10n.t('Choose Similar Samples…'), actions.pickSimilar);
  const make = button(l10n.t('Make Similar Samples'), () => {
    actions.dispatch({ type: 'choose', choice: { similar: null } });
  });
  const start = button(l10n.t('Try Neighbours'), actions.tryNeighbours, 'primary');
  const cancel = button(l10n.t('Cancel'), actions.cancel);
  const bar = element('progress', { max: '1', 'aria-label': l10n.t('Experiment') });
  const status = element('span', { class: 'run-status', role: 'status' });
  const failure = element('p', { class: 'failure', role: 'alert' });
  const result = element('div', { class: 'experiment' });
  let last: readonly unknown[] = [];
  return {
    element: element(
      'section',
      {
        ...{ class: 'neighbours run', id: panelIds.neighbours, role: 'tabpanel' },
        'aria-label': l10n.t('Neighbours'),
      },
      element('p', { class: 'explanation' }, explanation),
      samples,
      element('div', { class: 'run-row' }, start, choose, make, bar, cancel, status),
      failure,
      result,
    ),
    update(state, { experiment, work }) {
      const experimentState = work.experiment;
      const { isTrusted } = state.host;
      const { similar } = state.choice;
      const isRunning = experimentState.kind === 'running';
      const isFree = !isWorking(work) && isTrusted;
      setText(
        samples,
        samplesSentence(
          inputName(chosenInput(state)),
          similar === null ? undefined : inputName(similar),
        ),
      );
      show(start, isFree);
      show(choose, isFree);
      show(make, isFree && similar !== null);
      showProgress(bar, experimentState);
      show(cancel, isRunning);
      setText(
        status,
        isTrusted ? statusOf(experimentState) : l10n.t('Trust the workspace to try it.'),
      );
      replaceChildren(failure, ...failureWords(experimentState));
      show(failure, experimentState.kind === 'failed');
      last = whenChanged(
        () => {
          replaceChildren(result, ...(experiment ? resultOf(experiment) : []));
        },
        last,
        [experiment],
      );
    },
  };
}

function samplesSentence(input: string, similar: string | undefined): string {
  return l10n.t(
    'Mixed samples: {0}. Similar samples: {1}.',
    input,
    similar ?? l10n.t('made from each sample'),
  );
}

function statusOf(state: RunState): string {
  return state.kind === 'running' ? progressSentence(state.last, state.first) : '';
}

function resultOf(experiment: ExperimentDto): readonly HTMLElement[] {
  const { verdict, notes, inputLabel, batchSize, similar } = experiment;
  const label = l10n.translate(inputLabel);
  const basis =
    similar === 'made'
      ? l10n.t('{0}, {1} samples in each batch, similar ones made', label, batchSize)
      : l10n.t('{0}, {1} samples in each batch, similar ones given', label, batchSize);
  return [
    verdictBox(verdict, basis),
    subjectTable(experiment),
    ...notes.map((note) => element('p', { class: 'facts-line' }, l10n.translate(note))),
  ];
}

function verdictBox(verdict: ExperimentDto['verdict'], basis: string): HTMLElement {
  return element(
    'div',
    { class: `verdict ${verdict.severity}`, role: 'status' },
    element(
      'div',
      { class: 'verdict-head' },
      severityIcon(verdict.severity),
      element('h2', {}, l10n.translate(verdict.summary)),
      element('span', { class: 'tag' }, basis),
    ),
    element('ul', {}, ...verdict.evidence.map((line) => element('li', {}, l10n.translate(line)))),
  );
}
