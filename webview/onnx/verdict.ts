/** The answer, before any chart: one sentence, what it rests on, what to do. */

import type { CauseDto, NextStepDto, PanelVerdictDto } from '../../src/protocol/onnxPanel';
import type { Actions } from './controller';
import { button, element, replaceChildren, setAttributes } from './dom';
import { severityIcon } from './icons';
import { type Part, whenChanged } from './part';
import { verdictOf } from './selectors';
import type { DataView } from './store';

export function createVerdict(actions: Actions): Part {
  const root = element('section', { 'aria-label': 'Verdict', 'aria-live': 'polite' });
  let last: readonly unknown[] = [];
  return {
    element: root,
    update({ host }, view) {
      const verdict = verdictOf(view);
      last = whenChanged(
        () => {
          setAttributes(root, { class: `verdict ${verdict.severity}` });
          replaceChildren(
            root,
            ...verdictContent(verdict, { actions, basis: verdictBasis(view), causes: host.causes }),
          );
        },
        last,
        [verdict, host.causes],
      );
    },
  };
}

/** Says what the verdict was made from, so that nobody takes random numbers for their data. */
export function verdictBasis({ run }: DataView): string {
  if (!run) {
    return 'from the file alone';
  }
  return run.isSynthetic ? 'on a synthetic batch, not on your data' : `on ${run.inputLabel}`;
}

interface VerdictParts {
  readonly actions: Actions;
  readonly basis: string;
  readonly causes?: readonly CauseDto[];
}

export function verdictContent(
  verdict: PanelVerdictDto,
  { actions, basis, causes = [] }: VerdictParts,
): readonly HTMLElement[] {
  const own = causes.filter(({ verdicts }) => verdicts.includes(verdict.kind));
  return [
    element(
      'div',
      { class: 'verdict-head' },
      severityIcon(verdict.severity),
      element('h2', {}, verdict.summary),
      element(
        'span',
        { class: 'tag', title: 'How sure the panel is, and what it looked at.' },
        `${verdict.confidence}, ${basis}`,
      ),
    ),
    element(
      'div',
      { class: 'verdict-body' },
      ...reasons(
        'Why',
        verdict.evidence.map((line) => element('li', {}, line)),
      ),
      ...reasons('Where it can come from', causeItems(own, actions)),
      ...reasons(
        'What to do',
        verdict.nextSteps
          .filter(({ action }) => action !== 'scanWorkspace' || own.length === 0)
          .map((step) => nextStep(step, actions)),
      ),
    ),
  ];
}

function reasons(title: string, items: readonly HTMLElement[]): readonly HTMLElement[] {
  return items.length > 0
    ? [element('div', {}, element('h3', {}, title), element('ul', {}, ...items))]
    : [];
}

/** More would push the numbers out of sight; Problems and the findings view list them all. */
const mostCauses = 3;

function causeItems(causes: readonly CauseDto[], actions: Actions): readonly HTMLElement[] {
  const items = causes.slice(0, mostCauses).map((cause) => causeItem(cause, actions));
  const rest = causes.length - items.length;
  return rest > 0
    ? [...items, element('li', {}, `${String(rest)} more, in the view Findings`)]
    : items;
}

/** What the finding says before its first colon: the rest is what the verdict says already. */
function causeItem(cause: CauseDto, actions: Actions): HTMLElement {
  const place = `${cause.path}:${String(cause.line0 + 1)}`;
  const open = element('button', { type: 'button', class: 'link' }, place);
  open.addEventListener('click', () => {
    actions.openCause(cause);
  });
  setAttributes(open, { 'aria-label': `Open ${place}`, title: cause.message });
  const [what = ''] = cause.message.replace(/^Cell \d+: /, '').split(':');
  return element('li', {}, open, ` ${what} (${cause.rule})`);
}

function nextStep({ text, code, action }: NextStepDto, actions: Actions): HTMLElement {
  if (action === 'scanWorkspace') {
    return element('li', {}, `${text} `, button('Scan Workspace', actions.scanWorkspace));
  }
  if (code === undefined) {
    return element('li', {}, text);
  }
  const copy = button('Copy', () => {
    actions.copy(code);
  });
  setAttributes(copy, { 'aria-label': `Copy: ${code}` });
  return element(
    'li',
    {},
    text,
    element('div', { class: 'code-row' }, element('code', {}, code), copy),
  );
}
