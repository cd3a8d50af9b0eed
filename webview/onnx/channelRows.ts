/** Head and rows of the table of channels. */

import type { Column } from './columns';
import { element } from './dom';
import { formatNumber } from './format';
import type { ChannelSort } from './store';

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
      { class: 'sort', title: column.explanation, type: 'button' },
      column.title,
      element('small', {}, column.unit),
    );
    button.addEventListener('click', () => {
      onSort(column.key, isSorted ? !sort.isDescending : column.key !== 'channel');
    });
    return element('th', { scope: 'col', 'aria-sort': isSorted ? direction : 'none' }, button);
  });
  return element('tr', { 'aria-rowindex': '1' }, ...heads);
}

export function channelRow(
  channel: number,
  options: {
    readonly columns: readonly Column[];
    readonly position: number;
    readonly isCurrent: boolean;
    /** Why the channel is remarkable, when it is. */
    readonly words: string | undefined;
  },
): HTMLElement {
  const { columns, position, isCurrent, words } = options;
  const label = words === undefined ? String(channel) : `⚑ ${String(channel)}`;
  return element(
    'tr',
    {
      id: `row-${String(position)}`,
      'aria-rowindex': String(position + 2),
      'aria-selected': String(isCurrent),
      class: words === undefined ? undefined : 'flagged',
      title: words,
    },
    ...columns.map(({ key, valueAt }) =>
      key === 'channel'
        ? element('th', { scope: 'row' }, label)
        : element('td', {}, formatNumber(valueAt(channel))),
    ),
  );
}

/** Holds the place of rows that are out of sight. */
export function spacerRow(height: number): HTMLElement | undefined {
  if (height <= 0) {
    return undefined;
  }
  const row = element('tr', { class: 'spacer', 'aria-hidden': 'true' });
  row.style.setProperty('height', `${String(height)}px`);
  return row;
}
