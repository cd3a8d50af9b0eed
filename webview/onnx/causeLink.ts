/** From the panel to a finding in the code that can be why. */

import type { CauseDto } from '../../src/protocol/onnxPanel';
import type { Actions } from './controller';
import { element, setAttributes } from './dom';
import { l10n } from './l10n';

/**
 * Its place, to click on, and what the finding says before its first colon, as the rest is what the
 * panel says already; in another language, what its rule finds, which follows the message.
 */
export function causeLink(cause: CauseDto, actions: Actions): readonly (HTMLElement | string)[] {
  const [message = '', summary] = cause.message.split('\n');
  const [what = ''] = message.replace(/^Cell \d+: /, '').split(':');
  return [causeButton(cause, actions), ` ${summary ?? what} (${cause.rule})`];
}

export function causeButton(cause: CauseDto, actions: Actions): HTMLElement {
  // In a notebook the line is one of a cell, which the title names and the click finds.
  const line = cause.path.endsWith('.ipynb') ? '' : `:${String(cause.line0 + 1)}`;
  const place = `${cause.path}${line}`;
  const open = element('button', { type: 'button', class: 'link' }, place);
  open.addEventListener('click', () => {
    actions.openCause(cause);
  });
  setAttributes(open, { 'aria-label': l10n.t('Open {0}', place), title: cause.message });
  return open;
}
