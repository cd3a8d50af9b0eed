/** What the lower part of the page shows: the layers, the experiment, or another model. */

import type { Actions } from './controller';
import { element, setAttributes } from './dom';
import type { Part } from './part';
import type { Tab } from './store';
import { l10n } from './l10n';

const tabs: readonly (readonly [Tab, string])[] = [
  ['layers', l10n.t('Layers')],
  ['neighbours', l10n.t('Neighbours')],
  ['compare', l10n.t('Compare and Repair')],
];

export const panelIds: Readonly<Record<Tab, string>> = {
  layers: 'panel-layers',
  neighbours: 'panel-neighbours',
  compare: 'panel-compare',
};

export function createTabs({ dispatch }: Pick<Actions, 'dispatch'>): Part {
  const choose = (tab: Tab): void => {
    dispatch({ type: 'choose', choice: { tab } });
  };
  const buttons = new Map(
    tabs.map(([tab, label]): [Tab, HTMLElement] => {
      const made = element(
        'button',
        { type: 'button', role: 'tab', 'aria-controls': panelIds[tab] },
        label,
      );
      made.addEventListener('click', () => {
        choose(tab);
      });
      return [tab, made];
    }),
  );
  const root = element(
    'div',
    { class: 'tabs', role: 'tablist', 'aria-label': l10n.t('What is shown') },
    ...buttons.values(),
  );
  root.addEventListener('keydown', ({ key }) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
    const position = tabs.findIndex(([tab]) => buttons.get(tab) === document.activeElement);
    const next = step === undefined ? undefined : tabs.at((position + step) % tabs.length);
    if (next) {
      choose(next[0]);
      buttons.get(next[0])?.focus();
    }
  });
  return {
    element: root,
    update({ choice }) {
      for (const [tab, made] of buttons) {
        const isChosen = tab === choice.tab;
        setAttributes(made, {
          'aria-selected': String(isChosen),
          tabindex: isChosen ? '0' : '-1',
        });
      }
    },
  };
}

export function showTab(root: HTMLElement, shown: Tab): void {
  for (const [tab] of tabs) {
    const panel = root.querySelector<HTMLElement>(`#${panelIds[tab]}`);
    if (panel) {
      panel.hidden = tab !== shown;
    }
  }
}
