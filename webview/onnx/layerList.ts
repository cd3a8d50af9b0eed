/** Every BatchNorm layer as one row: its name, its channels as a strip, and how bad it is. */

import type { LayerSummaryDto } from '../../src/protocol/onnxPanel';
import type { PassDto } from '../../src/protocol/runtime';
import type { Actions } from './controller';
import { dropdown, element, replaceChildren, setAttributes } from './dom';
import { createLayerRow, type LayerRow, setPicture, stripHeads } from './layerRow';
import { cellsPerStrip, stripCells, stripPalette, stripPicture } from './heatStrip';
import { type Measure, findMeasure, measureLayer, measures } from './measures';
import { nextPosition } from './keys';
import { type Part, whenChanged } from './part';
import type { WorkQueue } from './schedule';
import { orderedLayers, shownMeasure, shownPasses } from './selectors';
import type { DataView, State } from './store';
import type { Theme } from './theme';
import { l10n } from './l10n';
import { asTermLine, explanationAttribute } from './terms';

export interface LayerListOptions {
  readonly actions: Actions;
  readonly theme: () => Theme;
  readonly queue: WorkQueue;
}

/** What the strips were last drawn from. */
interface Picture {
  readonly layers: DataView['layers'];
  readonly measure: Measure;
  readonly theme: Theme;
}

export class LayerList implements Part {
  readonly element: HTMLElement;
  readonly #options: LayerListOptions;
  readonly #measureChoice;
  readonly #orderChoice;
  readonly #heads = element('div', { class: 'strip-heads' });
  readonly #list = element('div', {
    class: 'layers',
    role: 'listbox',
    tabindex: '0',
    'aria-label': l10n.t('BatchNorm layers'),
  });
  #rows: ReadonlyMap<number, LayerRow> = new Map();
  #order: readonly LayerSummaryDto[] = [];
  #selected = -1;
  #lastRows: readonly unknown[] = [];
  #picture: Picture | undefined;

  constructor(options: LayerListOptions) {
    this.#options = options;
    const { dispatch } = options.actions;
    this.#measureChoice = dropdown(l10n.t('Show'), (value) => {
      dispatch({ type: 'choose', choice: { measure: findMeasure(value)?.measure ?? null } });
    });
    this.#orderChoice = dropdown(l10n.t('Order'), (value) => {
      dispatch({ type: 'choose', choice: { order: value === 'worst' ? 'worst' : 'graph' } });
    });
    this.element = element(
      'section',
      { class: 'overview', 'aria-label': l10n.t('Layers') },
      element('div', { class: 'toolbar' }, this.#measureChoice.element, this.#orderChoice.element),
      this.#heads,
      this.#list,
    );
    this.#list.addEventListener('keydown', (event) => {
      this.#onKey(event);
    });
  }

  update(state: State, view: DataView): void {
    const measure = shownMeasure(state, view);
    const passes = shownPasses(view, measure);
    this.#setChoices(state, view);
    this.#lastRows = whenChanged(
      () => {
        this.#build(state, view, passes);
      },
      this.#lastRows,
      [view.model, view.run, view.previousRun, state.choice.order, measure],
    );
    this.#markSelected(view.selected);
    this.#drawStrips(view, { layers: view.layers, measure, theme: this.#options.theme() });
  }

  #setChoices(state: State, view: DataView): void {
    const measure = shownMeasure(state, view);
    this.#measureChoice.set(
      measure,
      measures
        .filter(({ isObserved }) => !isObserved || view.run)
        .map((info): [string, string] => [info.measure, info.label]),
    );
    const { element: choice } = this.#measureChoice;
    setAttributes(choice, { [explanationAttribute]: findMeasure(measure)?.explanation });
    this.#orderChoice.set(state.choice.order, [
      ['graph', l10n.t('Model order')],
      ['worst', l10n.t('Worst first')],
    ]);
  }

  #build(state: State, view: DataView, passes: readonly PassDto[]): void {
    this.#order = orderedLayers(state, view);
    this.#rows = new Map(
      this.#order.map((layer) => [layer.index, createLayerRow(view, layer, passes)]),
    );
    for (const [index, row] of this.#rows) {
      row.element.addEventListener('click', () => {
        this.#options.actions.dispatch({ type: 'select', index });
      });
    }
    replaceChildren(this.#list, ...Array.from(this.#rows.values(), (row) => row.element));
    replaceChildren(this.#heads, ...stripHeads(view, passes, shownMeasure(state, view)));
    asTermLine(this.#heads);
    this.#selected = -1;
    this.#picture = undefined;
  }

  #markSelected(index: number): void {
    if (index === this.#selected) {
      return;
    }
    const row = this.#rows.get(index)?.element;
    this.#rows.get(this.#selected)?.element.setAttribute('aria-selected', 'false');
    row?.setAttribute('aria-selected', 'true');
    row?.scrollIntoView({ block: 'nearest' });
    setAttributes(this.#list, { 'aria-activedescendant': row?.id });
    this.#selected = index;
  }

  /** Draws the layers that have arrived since the last picture, a few per frame. */
  #drawStrips(view: DataView, picture: Picture): void {
    const last = this.#picture;
    const isSameLook = last?.measure === picture.measure && last.theme === picture.theme;
    const drawn = isSameLook ? last.layers : undefined;
    if (drawn === picture.layers) {
      return;
    }
    this.#picture = picture;
    const palette = stripPalette(picture.theme);
    for (const [index, data] of picture.layers) {
      const layer = view.model.layers[index];
      if (!layer || drawn?.get(index) === data) {
        continue;
      }
      for (const [pass, strip] of this.#rows.get(index)?.strips ?? []) {
        this.#options.queue.add(`${String(index)} ${pass}`, () => {
          const values = measureLayer(layer, data, { measure: picture.measure, pass });
          if (values) {
            setPicture(
              strip,
              stripPicture(stripCells(picture.measure, values, cellsPerStrip), palette),
            );
          }
        });
      }
    }
  }

  #onKey(event: KeyboardEvent): void {
    const position = this.#order.findIndex(({ index }) => index === this.#selected);
    const target = nextPosition(event.key, position, this.#order.length);
    const layer = target === undefined ? undefined : this.#order[target];
    if (layer) {
      event.preventDefault();
      this.#options.actions.dispatch({ type: 'select', index: layer.index });
    }
  }
}
