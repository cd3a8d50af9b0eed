/** Chooses what the model is run on, starts and stops the run, and says how far it is. */

import type { InputChoice } from '../../src/protocol/onnxPanel';
import type { Actions } from './controller';
import { button, element, replaceChildren, setAttributes, setText, show } from './dom';
import { severityIcon } from './icons';
import type { Part } from './part';
import { comparisonSentence, progressSentence, runSentence } from './runWords';
import { chosenInput } from './selectors';
import type { DataView } from './store';
import { l10n } from './l10n';
import { type RunState, isWorking } from './work';

export function createRunBar(actions: Actions): Part {
  let input: InputChoice = { kind: 'synthetic' };
  const inputText = element('strong', { class: 'input-name' });
  const choose = button(l10n.t('Choose Input…'), actions.pickInput);
  const synthetic = button(l10n.t('Use Synthetic Batch'), () => {
    actions.dispatch({ type: 'choose', choice: { input: { kind: 'synthetic' } } });
  });
  const run = button(
    l10n.t('Run Model'),
    () => {
      actions.run(input);
    },
    'primary',
  );
  const cancel = button(l10n.t('Cancel'), actions.cancel);
  const trust = button(l10n.t('Manage Workspace Trust'), actions.manageTrust, 'primary');
  const status = element('span', { class: 'run-status', role: 'status' });
  const bar = element('progress', { max: '1', 'aria-label': l10n.t('Run of the model') });
  const comparison = element('p', { class: 'run-comparison' });
  const failure = createFailure(() => {
    actions.run(input);
  });
  return {
    element: element(
      'section',
      { class: 'run', 'aria-label': l10n.t('Run the model') },
      element(
        'div',
        { class: 'run-row' },
        element('span', {}, l10n.t('Input')),
        inputText,
        choose,
        synthetic,
        run,
        trust,
        bar,
        cancel,
        status,
      ),
      comparison,
      failure.element,
    ),
    update(state, view) {
      input = chosenInput(state);
      const { isTrusted } = state.host;
      const isRunning = view.work.run.kind === 'running';
      setText(inputText, inputName(input));
      const isFree = !isWorking(view.work) && isTrusted;
      show(choose, isFree);
      show(synthetic, isFree && input.kind !== 'synthetic');
      show(run, isFree);
      show(trust, !isTrusted);
      showProgress(bar, view.work.run);
      setText(comparison, comparisonSentence(view));
      show(cancel, isRunning);
      setText(status, isTrusted ? statusOf(view) : untrustedText);
      failure.update(state, view);
    },
  };
}

/** Why the last run ended early, and the way to try again. */
function createFailure(onRetry: () => void): Part {
  const message = element('p', { class: 'failure', role: 'alert' });
  const retry = button(l10n.t('Retry'), onRetry);
  return {
    element: element('div', { class: 'failure-row' }, message, retry),
    update({ host }, { work }) {
      const runState = work.run;
      replaceChildren(message, ...failureWords(runState));
      show(message, runState.kind === 'failed');
      show(retry, runState.kind === 'failed' && host.isTrusted);
    },
  };
}

export function failureWords(state: RunState): readonly Element[] {
  return state.kind === 'failed'
    ? [severityIcon('error'), element('span', {}, l10n.translate(state.error.message))]
    : [];
}

const untrustedText = l10n.t(
  'Running a model executes native code on a file you may not know, so it asks for a trusted workspace. What the file says is shown either way.',
);

export function inputName(input: InputChoice): string {
  if (input.kind === 'synthetic') {
    return l10n.t('Synthetic batch (random numbers, not your data)');
  }
  return input.fileName;
}

function statusOf({ work, run }: DataView): string {
  return work.run.kind === 'running'
    ? progressSentence(work.run.last, work.run.first)
    : runSentence(run);
}

/** Without a share the bar says that something goes on. */
export function showProgress(bar: HTMLElement, state: RunState): void {
  const last = state.kind === 'running' ? state.last : null;
  show(bar, state.kind === 'running');
  setAttributes(bar, { value: last ? String(last.progress.fraction) : undefined });
}
