/** Chooses what the model is run on, starts and stops the run, and says how far it is. */

import type { InputChoice } from '../../src/protocol/onnxPanel';
import type { Actions } from './controller';
import { button, element, replaceChildren, setAttributes, setText, show } from './dom';
import { severityIcon } from './icons';
import type { Part } from './part';
import { comparisonSentence, progressSentence, runSentence } from './runWords';
import { chosenInput } from './selectors';
import type { DataView, RunState } from './store';
import { l10n } from './l10n';

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
      const isRunning = view.runState.kind === 'running';
      setText(inputText, inputName(input));
      show(choose, !isRunning && isTrusted);
      show(synthetic, !isRunning && isTrusted && input.kind !== 'synthetic');
      show(run, !isRunning && isTrusted);
      show(trust, !isTrusted);
      show(bar, isRunning);
      setAttributes(bar, { value: shareOf(view) });
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
    update({ host }, { runState }) {
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

function statusOf({ runState, run }: DataView): string {
  return runState.kind === 'running'
    ? progressSentence(runState.last, runState.first)
    : runSentence(run);
}

/** Without a share the bar says that something goes on. */
function shareOf({ runState }: DataView): string | undefined {
  return runState.kind === 'running' && runState.last
    ? String(runState.last.progress.fraction)
    : undefined;
}
