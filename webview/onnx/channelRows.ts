/**
 * Head and rows of the table of channels. Each part says its role, because the style lays rows out
 * as boxes of a fixed size, which takes half the time of a table, and such boxes have no roles.
 */

import type { Column } from './columns';
import { element, setAttributes, setText } from './dom';
import { formatNumber } from './format';
import type { ChannelSort } from './store';
import { explanationAttribute } from './terms';

export function tableHead(
  columns: readonly Column[],
  sort: ChannelSort,
  onSort: (column: string, isDescending: boolean) => void,
): HTMLElement {
  const heads = columns.map((column) => {
    const isSorted = column.key === sort.column;
    const direction = sort.isDescending ? 'descending' : 'ascending';
    const button = element(
      'button',
      { class: 'sort', [explanationAttribute]: column.explanation, type: 'button' },
      column.title,
      element('small', {}, column.unit),
    );
    button.addEventListener('click', () => {
      onSort(column.key, isSorted ? !sort.isDescending : column.key !== 'channel');
    });
    return element(
      'th',
      { role: 'columnheader', scope: 'col', 'aria-sort': isSorted ? direction : 'none' },
      button,
    );
  });
  return element('tr', { role: 'row', 'aria-rowindex': '1' }, ...heads);
}

export interface RowContent {
  readonly channel: number;
  readonly columns: readonly Column[];
  readonly position: number;
  readonly isCurrent: boolean;
  /** Why the channel is remarkable, when it is. */
  readonly words: string | undefined;
}

export function createRow(columns: number): HTMLElement {
  const cells = Array.from({ length: columns }, (_, index) =>
    index === 0
      ? element('th', { role: 'rowheader', scope: 'row' })
      : element('td', { role: 'gridcell' }),
  );
  return element('tr', { role: 'row' }, ...cells);
}

/** Rows are filled again and again while scrolling, which is much cheaper than making them. */
export function fillRow(row: HTMLElement, content: RowContent): void {
  const { channel, columns, position, isCurrent, words } = content;
  setAttributes(row, {
    id: `row-${String(position)}`,
    'aria-rowindex': String(position + 2),
    'aria-selected': String(isCurrent),
    class: words === undefined ? undefined : 'flagged',
    title: words,
  });
  columns.forEach(({ key, valueAt }, index) => {
    const cell = row.children[index];
    const label = words === undefined ? String(channel) : `⚑ ${String(channel)}`;
    if (cell) {
      setText(cell, key === 'channel' ? label : formatNumber(valueAt(channel)));
    }
  });
}

/** Holds the place of rows that are out of sight. */
export function createSpacer(): HTMLElement {
  return element('tr', { class: 'spacer', 'aria-hidden': 'true' });
}
