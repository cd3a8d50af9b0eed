/** The numbers of one layer. Only the rows in sight exist, so 2,048 channels cost what 20 do. */

import { createRow, createSpacer, fillRow, tableHead } from './channelRows';
import { type Column, columnsOf, sortedChannels } from './columns';
import type { Actions } from './controller';
import { element, replaceChildren, setAttributes, setText, show } from './dom';
import { count } from './format';
import { nextPosition } from './keys';
import { type Part, whenChanged } from './part';
import type { WorkQueue } from './schedule';
import type { DataView, State } from './store';
import { l10n } from './l10n';

const rowHeight = 22;
const columnWidth = 108;
const overscan = 1;
const mostRowsShown = 17;

/** Rows that the browser can lay out and paint in a frame with time to spare. */
const rowsPerFrame = 7;

export interface ChannelTableOptions {
  readonly actions: Actions;
  readonly queue: WorkQueue;
  readonly onPoint: (channel: number) => void;
}

export class ChannelTable implements Part {
  readonly element: HTMLElement;
  readonly #actions: Actions;
  readonly #queue: WorkQueue;
  readonly #onPoint: (channel: number) => void;
  readonly #caption = element('p', { class: 'table-caption', role: 'status' });
  readonly #head = element('thead', { role: 'rowgroup' });
  readonly #body = element('tbody', { role: 'rowgroup' });
  readonly #table = element(
    'table',
    { role: 'grid', 'aria-label': l10n.t('Channels') },
    this.#head,
    this.#body,
  );
  readonly #scroller = element(
    'div',
    {
      class: 'table-scroll',
      tabindex: '0',
      role: 'group',
      'aria-label': l10n.t('Table of channels'),
    },
    this.#table,
  );
  readonly #above = createSpacer();
  readonly #below = createSpacer();
  #rows: readonly HTMLElement[] = [];
  #columns: readonly Column[] = [];
  #channels: readonly number[] = [];
  #words: ReadonlyMap<number, string> = new Map();
  #current = 0;
  /** Position of the first row that exists. */
  #first = 0;
  /** As of the last scroll; asking the element would make the browser lay the page out. */
  #scrollTop = 0;
  #lastHead: readonly unknown[] = [];
  #last: readonly unknown[] = [];

  constructor({ actions, queue, onPoint }: ChannelTableOptions) {
    this.#actions = actions;
    this.#queue = queue;
    this.#onPoint = onPoint;
    this.element = element(
      'section',
      { class: 'channel-table', 'aria-label': l10n.t('Numbers') },
      this.#caption,
      this.#scroller,
    );
    this.#scroller.addEventListener('scroll', () => {
      this.#scrollTop = this.#scroller.scrollTop;
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
        ? l10n.t(
            'Channels {0} to {1}: {2} of {3}',
            range.first,
            range.last,
            this.#channels.length,
            count(channels, 'channel'),
          )
        : count(channels, 'channel'),
    );
    const choose = (column: string, isDescending: boolean): void => {
      this.#actions.dispatch({ type: 'choose', choice: { sort: { column, isDescending } } });
    };
    const keys = this.#columns.map(({ key }) => key).join();
    this.#lastHead = whenChanged(
      () => {
        replaceChildren(this.#head, tableHead(this.#columns, sort, choose));
        this.#table.style.setProperty(
          'min-width',
          `${String(columnWidth * this.#columns.length)}px`,
        );
      },
      this.#lastHead,
      [keys, sort],
    );
    setAttributes(this.#table, {
      'aria-rowcount': String(this.#channels.length + 1),
      'aria-colcount': String(this.#columns.length),
    });
    if (this.#scrollTop !== 0) {
      this.#scrollTop = 0;
      this.#scroller.scrollTop = 0;
    }
    const amount = this.#placeRows();
    for (let start = 0; start < amount; start += rowsPerFrame) {
      this.#queue.add(
        `rows from ${String(start)}`,
        () => {
          this.#fillRows(start, start + rowsPerFrame);
        },
        'heavy',
      );
    }
  }

  #drawRows(): void {
    const amount = this.#placeRows();
    this.#fillRows(0, amount);
  }

  /** Holds the rows in sight and room for those that are not; answers how many exist. */
  #placeRows(): number {
    const inSight = Math.floor(this.#scrollTop / rowHeight);
    const amount = Math.min(this.#channels.length, mostRowsShown + 2 * overscan);
    const first = Math.max(0, Math.min(inSight - overscan, this.#channels.length - amount));
    const end = first + amount;
    this.#holdRows(amount);
    setHeight(this.#above, first * rowHeight);
    setHeight(this.#below, (this.#channels.length - end) * rowHeight);
    this.#first = first;
    return amount;
  }

  #fillRows(start: number, end: number): void {
    this.#rows.slice(start, end).forEach((row, offset) => {
      const position = this.#first + start + offset;
      const channel = this.#channels[position] ?? 0;
      fillRow(row, {
        channel,
        columns: this.#columns,
        position,
        isCurrent: position === this.#current,
        words: this.#words.get(channel),
      });
    });
  }

  /** Makes the body hold exactly so many rows of as many cells as there are columns. */
  #holdRows(amount: number): void {
    const columns = this.#columns.length;
    if (this.#rows.length !== amount || this.#rows[0]?.children.length !== columns) {
      this.#rows = Array.from({ length: amount }, () => createRow(columns));
      replaceChildren(this.#body, this.#above, ...this.#rows, this.#below);
    }
  }

  #moveTo(position: number): void {
    this.#current = position;
    const top = position * rowHeight;
    const visible = this.#scroller.clientHeight - this.#head.offsetHeight;
    if (top < this.#scrollTop) {
      this.#scrollTop = top;
    } else if (top + rowHeight > this.#scrollTop + visible) {
      this.#scrollTop = top + rowHeight - visible;
    }
    this.#scroller.scrollTop = this.#scrollTop;
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

function setHeight(spacer: HTMLElement, height: number): void {
  show(spacer, height > 0);
  spacer.style.setProperty('height', `${String(height)}px`);
}

/** For each channel a flag of the layer is about, the words that say so. */
function flaggedChannels(view: DataView): ReadonlyMap<number, string> {
  const words = new Map<number, string>();
  for (const flag of view.model.layers[view.selected]?.flags ?? []) {
    for (const channel of flag.channels) {
      const before = words.get(channel);
      const title = l10n.translate(flag.title);
      words.set(channel, before === undefined ? title : `${before}, ${title}`);
    }
  }
  return words;
}
