/** The answer, before any chart: one sentence, what it rests on, what to do. */

import type { CauseDto, NextStepDto, PanelVerdictDto } from '../../src/protocol/onnxPanel';
import { causeLink } from './causeLink';
import type { Actions } from './controller';
import { button, element, replaceChildren, setAttributes } from './dom';
import { severityIcon } from './icons';
import { type Part, whenChanged } from './part';
import { verdictOf } from './selectors';
import type { DataView } from './store';
import { panelIds } from './tabs';
import { l10n } from './l10n';

export function createVerdict(actions: Actions): Part {
  const root = element('section', { 'aria-label': l10n.t('Verdict'), 'aria-live': 'polite' });
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
    return l10n.t('from the file alone');
  }
  return run.isSynthetic
    ? l10n.t('on a synthetic batch, not on your data')
    : l10n.t('on {0}', l10n.translate(run.inputLabel));
}

export const confidenceWords: Readonly<Record<PanelVerdictDto['confidence'], string>> = {
  certain: l10n.t('certain'),
  likely: l10n.t('likely'),
  possible: l10n.t('possible'),
};

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
      element('h2', {}, l10n.translate(verdict.summary)),
      element(
        'span',
        { class: 'tag', title: l10n.t('How sure the panel is, and what it looked at.') },
        `${confidenceWords[verdict.confidence]}, ${basis}`,
      ),
    ),
    element(
      'div',
      { class: 'verdict-body' },
      ...reasons(
        l10n.t('Why'),
        verdict.evidence.map((line) => element('li', {}, l10n.translate(line))),
      ),
      ...reasons(l10n.t('Where it can come from'), causeItems(own, actions)),
      ...reasons(
        l10n.t('What to do'),
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
  const items = causes
    .slice(0, mostCauses)
    .map((cause) => element('li', {}, ...causeLink(cause, actions)));
  const rest = causes.length - items.length;
  return rest > 0
    ? [...items, element('li', {}, l10n.t('{0} more, in the view Findings', rest))]
    : items;
}

function nextStep({ text: own, code, action }: NextStepDto, actions: Actions): HTMLElement {
  const text = l10n.translate(own);
  if (action === 'scanWorkspace') {
    return element('li', {}, `${text} `, button(l10n.t('Scan Workspace'), actions.scanWorkspace));
  }
  if (action === 'repair') {
    const show = button(l10n.t('Show Repair'), () => {
      actions.dispatch({ type: 'choose', choice: { tab: 'compare' } });
      document.getElementById(panelIds.compare)?.scrollIntoView({ block: 'nearest' });
    });
    return element('li', {}, `${text} `, show);
  }
  if (code === undefined) {
    return element('li', {}, text);
  }
  const copy = button(l10n.t('Copy'), () => {
    actions.copy(code);
  });
  setAttributes(copy, { 'aria-label': l10n.t('Copy: {0}', code) });
  return element(
    'li',
    {},
    text,
    element('div', { class: 'code-row' }, element('code', {}, code), copy),
  );
}
