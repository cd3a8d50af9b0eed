/** Chooses what the model is run on, starts and stops the run, and says how far it is. */

import type { InputChoice } from '../../src/protocol/onnxPanel';
import type { Actions } from './controller';
import { button, element, replaceChildren, setText, show } from './dom';
import type { Part } from './part';
import { runSentence } from './runWords';
import type { DataView, State } from './store';

export function createRunBar(actions: Actions): Part {
  let input: InputChoice = { kind: 'synthetic' };
  const inputText = element('strong', { class: 'input-name' });
  const choose = button('Choose Input…', actions.pickInput);
  const synthetic = button('Use Synthetic Batch', () => {
    actions.dispatch({ type: 'choose', choice: { input: { kind: 'synthetic' } } });
  });
  const run = button(
    'Run Model',
    () => {
      actions.run(input);
    },
    'primary',
  );
  const cancel = button('Cancel', actions.cancel);
  const trust = button('Manage Workspace Trust', actions.manageTrust, 'primary');
  const status = element('span', { class: 'run-status', role: 'status' });
  const ring = element('vscode-progress-ring', { 'aria-hidden': 'true' });
  const retry = button('Retry', () => {
    actions.run(input);
  });
  const failure = element('p', { class: 'failure', role: 'alert' });
  return {
    element: element(
      'section',
      { class: 'run', 'aria-label': 'Run the model' },
      element(
        'div',
        { class: 'run-row' },
        element('span', {}, 'Input'),
        inputText,
        choose,
        synthetic,
        run,
        trust,
        ring,
        cancel,
        status,
      ),
      element('div', { class: 'failure-row' }, failure, retry),
    ),
    update(state, view) {
      input = inputOf(state);
      const { isTrusted } = state.host;
      const isRunning = view.runState.kind === 'running';
      const isFailed = view.runState.kind === 'failed';
      setText(inputText, nameOf(input));
      show(choose, !isRunning && isTrusted);
      show(synthetic, !isRunning && isTrusted && input.kind !== 'synthetic');
      show(run, !isRunning && isTrusted);
      show(trust, !isTrusted);
      show(ring, isRunning);
      show(cancel, isRunning);
      setText(status, isTrusted ? statusOf(view) : untrustedText);
      replaceChildren(failure, view.runState.kind === 'failed' ? view.runState.error.message : '');
      show(failure, isFailed);
      show(retry, isFailed && isTrusted);
    },
  };
}

const untrustedText =
  'Running a model executes native code on a file you may not know, so it asks for a trusted workspace. What the file says is shown either way.';

function inputOf({ choice, host }: State): InputChoice {
  return choice.input ?? host.lastInput;
}

function nameOf(input: InputChoice): string {
  if (input.kind === 'synthetic') {
    return 'Synthetic batch (random numbers, not your data)';
  }
  return input.fileName;
}

function statusOf({ runState, run }: DataView): string {
  if (runState.kind === 'running') {
    const { progress } = runState;
    return progress
      ? `${progress.message} (${String(Math.round(100 * progress.fraction))} %)`
      : 'Starting the runtime';
  }
  return runSentence(run);
}
