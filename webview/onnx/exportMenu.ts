/** What the panel's numbers can be taken away as, behind one button. */

import type { Actions, ExportFormat } from './controller';
import { element, setAttributes, show } from './dom';
import { nextPosition } from './keys';
import type { Part } from './part';
import { l10n } from './l10n';

const formats: readonly (readonly [ExportFormat, string])[] = [
  ['csv', l10n.t('Every Channel as CSV…')],
  ['json', l10n.t('All Numbers as JSON…')],
  ['html', l10n.t('Report as HTML…')],
  ['png', l10n.t('Overview as PNG…')],
  ['markdown', l10n.t('Copy Summary as Markdown')],
];

export function createExportMenu({ exportAs }: Pick<Actions, 'exportAs'>): Part {
  const menu = element('div', { class: 'menu', role: 'menu', 'aria-label': l10n.t('Export') });
  // The toolkit's button keeps from its inner one what opens a menu.
  const opener = element(
    'button',
    { class: 'opener', type: 'button', 'aria-haspopup': 'menu' },
    l10n.t('Export…'),
  );
  opener.addEventListener('click', () => {
    setOpen(menu.hidden === true);
  });
  const items = formats.map(([format, label]) => {
    const item = element('button', { type: 'button', role: 'menuitem', tabindex: '-1' }, label);
    item.addEventListener('click', () => {
      setOpen(false);
      opener.focus();
      exportAs(format);
    });
    return item;
  });
  menu.append(...items);
  const root = element('div', { class: 'menu-holder' }, opener, menu);
  const setOpen = (isOpen: boolean): void => {
    show(menu, isOpen);
    setAttributes(opener, { 'aria-expanded': String(isOpen) });
    if (isOpen) {
      items[0]?.focus();
    }
  };
  setOpen(false);
  menu.addEventListener('keydown', (event) => {
    const target = targetOf(event.key, items);
    if (target) {
      event.preventDefault();
      target.focus();
    } else if (event.key === 'Escape') {
      setOpen(false);
      opener.focus();
    }
  });
  root.addEventListener('focusout', ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node && root.contains(relatedTarget))) {
      setOpen(false);
    }
  });
  return {
    element: root,
    update(_, { model, layers }) {
      // A file with only some of the layers would look like a whole one.
      const isComplete = layers.size === model.layers.length;
      setAttributes(opener, { disabled: isComplete ? undefined : '' });
    },
  };
}

/** A menu goes round, unlike a list. */
function targetOf(key: string, items: readonly HTMLElement[]): HTMLElement | undefined {
  const position = items.findIndex((item) => item === document.activeElement);
  const last = items.length - 1;
  if (key === 'ArrowDown' && position === last) {
    return items[0];
  }
  if (key === 'ArrowUp' && position === 0) {
    return items[last];
  }
  const target = nextPosition(key, position, items.length);
  return target === undefined ? undefined : items[target];
}
