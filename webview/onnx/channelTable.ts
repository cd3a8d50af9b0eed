/** The numbers of one layer. Only the rows in sight exist, so 2,048 channels cost what 20 do. */

import { channelRow, spacerRow, tableHead } from './channelRows';
import { type Column, columnsOf, sortedChannels } from './columns';
import type { Actions } from './controller';
import { element, replaceChildren, setAttributes, setText } from './dom';
import { count } from './format';
import { nextPosition } from './keys';
import { type Part, whenChanged } from './part';
import type { DataView, State } from './store';

const rowHeight = 22;
const overscan = 6;
const mostRowsShown = 16;

export class ChannelTable implements Part {
  readonly element: HTMLElement;
  readonly #actions: Actions;
  readonly #onPoint: (channel: number) => void;
  readonly #caption = element('p', { class: 'table-caption', role: 'status' });
  readonly #head = element('thead');
  readonly #body = element('tbody');
  readonly #table = element(
    'table',
    { role: 'grid', 'aria-label': 'Channels' },
    this.#head,
    this.#body,
  );
  readonly #scroller = element(
    'div',
    { class: 'table-scroll', tabindex: '0', role: 'group', 'aria-label': 'Table of channels' },
    this.#table,
  );
  #columns: readonly Column[] = [];
  #channels: readonly number[] = [];
  #words: ReadonlyMap<number, string> = new Map();
  #current = 0;
  #last: readonly unknown[] = [];

  constructor(actions: Actions, onPoint: (channel: number) => void) {
    this.#actions = actions;
    this.#onPoint = onPoint;
    this.element = element(
      'section',
      { class: 'channel-table', 'aria-label': 'Numbers' },
      this.#caption,
      this.#scroller,
    );
    this.#scroller.addEventListener('scroll', () => {
      this.#drawRows();
    });
    this.#scroller.addEventListener('keydown', (event) => {
      this.#onKey(event);
    });
    this.#body.addEventListener('click', ({ target }) => {
      const row = target instanceof Element ? target.closest('tr[id]') : null;
      if (row) {
        this.#choose(Number(row.id.slice('row-'.length)));
      }
    });
  }

  update(state: State, view: DataView): void {
    const data = view.layers.get(view.selected);
    const { sort, range } = state.choice;
    this.#last = whenChanged(
      () => {
        this.#build(state, view);
      },
      this.#last,
      [view.model.layers[view.selected], data, sort, range],
    );
  }

  /** Marks the channel's row and brings it into view. */
  point(channel: number): void {
    const position = this.#channels.indexOf(channel);
    if (position >= 0) {
      this.#moveTo(position);
    }
  }

  #build(state: State, view: DataView): void {
    const layer = view.model.layers[view.selected];
    const data = view.layers.get(view.selected);
    const { sort, range } = state.choice;
    const channels = layer?.channels ?? 0;
    this.#columns = data ? columnsOf(data) : [];
    this.#channels = sortedChannels(this.#columns, { channels, sort, range });
    this.#words = flaggedChannels(view);
    this.#current = 0;
    setText(
      this.#caption,
      range
        ? `Channels ${String(range.first)} to ${String(range.last)}: ${String(this.#channels.length)} of ${count(channels, 'channel')}`
        : count(channels, 'channel'),
    );
    const choose = (column: string, isDescending: boolean): void => {
      this.#actions.dispatch({ type: 'choose', choice: { sort: { column, isDescending } } });
    };
    replaceChildren(this.#head, tableHead(this.#columns, sort, choose));
    setAttributes(this.#table, {
      'aria-rowcount': String(this.#channels.length + 1),
      'aria-colcount': String(this.#columns.length),
    });
    this.#scroller.scrollTop = 0;
    this.#drawRows();
  }

  #drawRows(): void {
    const inSight = Math.floor(this.#scroller.scrollTop / rowHeight);
    const first = Math.max(0, Math.min(inSight, this.#channels.length - 1) - overscan);
    const end = Math.min(this.#channels.length, first + mostRowsShown + 2 * overscan);
    const rows = this.#channels.slice(first, end).map((channel, offset) =>
      channelRow(channel, {
        columns: this.#columns,
        position: first + offset,
        isCurrent: first + offset === this.#current,
        words: this.#words.get(channel),
      }),
    );
    replaceChildren(
      this.#body,
      spacerRow(first * rowHeight),
      ...rows,
      spacerRow((this.#channels.length - end) * rowHeight),
    );
  }

  #moveTo(position: number): void {
    this.#current = position;
    const top = position * rowHeight;
    const visible = this.#scroller.clientHeight - this.#head.offsetHeight;
    if (top < this.#scroller.scrollTop) {
      this.#scroller.scrollTop = top;
    } else if (top + rowHeight > this.#scroller.scrollTop + visible) {
      this.#scroller.scrollTop = top + rowHeight - visible;
    }
    this.#drawRows();
    setAttributes(this.#scroller, { 'aria-activedescendant': `row-${String(position)}` });
  }

  #choose(position: number): void {
    this.#moveTo(position);
    this.#onPoint(this.#channels[position] ?? 0);
  }

  #onKey(event: KeyboardEvent): void {
    const target = nextPosition(event.key, this.#current, this.#channels.length);
    if (target !== undefined && event.target === this.#scroller) {
      event.preventDefault();
      this.#choose(target);
    }
  }
}

/** For each channel a flag of the layer is about, the words that say so. */
function flaggedChannels(view: DataView): ReadonlyMap<number, string> {
  const words = new Map<number, string>();
  for (const flag of view.model.layers[view.selected]?.flags ?? []) {
    for (const channel of flag.channels) {
      const before = words.get(channel);
      words.set(channel, before === undefined ? flag.title : `${before}, ${flag.title}`);
    }
  }
  return words;
}
