/** One layer: what is known about it, its statistics as charts, and the same numbers as a table. */

import { ChannelTable } from './channelTable';
import type { CreateChart } from './chart';
import { type ChartBox, createChartBox, pictureOf } from './chartBox';
import { type ChartPair, chartPair } from './chartContent';
import type { Actions } from './controller';
import { button, dropdown, element, replaceChildren, setAttributes, setText, show } from './dom';
import { histogramFigures } from './histogram';
import type { SeriesName } from './icons';
import { nextChannel } from './keys';
import { markedChannels, stateLegend } from './channelStates';
import { createLayerHead } from './layerHead';
import {
  type ShownLayer,
  channelSentence,
  chartLegend,
  hasInitial,
  seriesOf,
  worstSentence,
} from './layerWords';
import { type Part, whenChanged } from './part';
import { type ChannelRange, type DataView, type State, chartSubjects } from './store';
import type { WorkQueue } from './schedule';
import type { Theme } from './theme';
import { l10n } from './l10n';
import { asTermLine } from './terms';

export interface LayerViewOptions {
  readonly actions: Actions;
  readonly theme: () => Theme;
  readonly createChart: CreateChart;
  /** Charts and table are drawn one per frame, and only the last of many asked for. */
  readonly queue: WorkQueue;
  /** The charts are drawn anew when it changes. */
  readonly width: () => number;
}

/** With more, a chart of half the width has less than two points per channel. */
const mostChannelsSideBySide = 256;

export class LayerView implements Part {
  readonly element: HTMLElement;
  readonly #options: LayerViewOptions;
  readonly #layerHead: Part;
  readonly #legend = element('div', {
    class: 'legend',
    role: 'group',
    'aria-label': l10n.t('Legend'),
  });
  readonly #readout = element('p', { class: 'readout', role: 'status' });
  readonly #subject;
  readonly #showAll;
  readonly #charts: readonly ChartBox[];
  readonly #chartGroup: HTMLElement;
  readonly #histograms = element('div', { class: 'charts histograms' });
  readonly #table: ChannelTable;
  #shown: ShownLayer | undefined;
  #series: readonly SeriesName[] = [];
  #lastLegend: readonly unknown[] = [];
  #cursor = 0;
  /** The table still shows the layer before. */
  #isTableDue = false;
  /** Where a selection by keyboard began. */
  #anchor: number | undefined;
  #lastCharts: readonly unknown[] = [];

  constructor(options: LayerViewOptions) {
    this.#options = options;
    const { dispatch } = options.actions;
    this.#layerHead = createLayerHead(options.actions);
    this.#subject = dropdown(l10n.t('Chart'), (value) => {
      const subject = chartSubjects.find((known) => known === value) ?? 'statistics';
      dispatch({ type: 'choose', choice: { subject } });
    });
    this.#showAll = button(l10n.t('Show All Channels'), () => {
      this.#chooseRange(null);
    });
    this.#charts = [0, 1].map(() => this.#createChart());
    this.#chartGroup = this.#createChartGroup();
    this.#table = new ChannelTable({
      actions: options.actions,
      queue: options.queue,
      onPoint: (channel) => {
        this.#point(channel);
      },
    });
    this.element = element(
      'section',
      { class: 'layer-view', 'aria-label': l10n.t('Selected layer') },
      this.#layerHead.element,
      element('div', { class: 'toolbar' }, this.#subject.element, this.#legend, this.#showAll),
      this.#chartGroup,
      this.#histograms,
      this.#readout,
      this.#table.element,
    );
  }

  update(state: State, view: DataView): void {
    const layer = view.model.layers[view.selected];
    const data = view.layers.get(view.selected);
    const { subject, range } = state.choice;
    this.#shown = layer && data ? { layer, data } : undefined;
    this.#subject.set(subject, [
      ['statistics', l10n.t('Running mean and variance')],
      ['affine', l10n.t('Gamma and beta')],
      ['histogram', l10n.t('Histograms over the channels')],
    ]);
    show(this.#showAll, range !== null);
    this.#layerHead.update(state, view);
    // A chart that is hidden has no width to draw in.
    if (state.choice.tab === 'layers') {
      this.#lastCharts = whenChanged(
        () => {
          this.#drawCharts(state);
        },
        this.#lastCharts,
        [data, layer, subject, range, this.#options.theme(), this.#options.width()],
      );
    }
    this.#options.queue.add('table', () => {
      this.#table.update(state, view);
      // Somebody may have walked on before the table was there.
      if (this.#isTableDue && this.#cursor > 0) {
        this.#table.point(this.#cursor);
      }
      this.#isTableDue = false;
    });
  }

  #createChart(): ChartBox {
    return createChartBox({
      ...{ createChart: this.#options.createChart, group: 'layer' },
      onHover: (channel) => {
        this.#say(channel);
      },
      onSelect: (range) => {
        this.#chooseRange(range);
      },
      onSave: (saved) => {
        const layer = this.#shown?.layer;
        if (layer) {
          const look = { owner: layer.name, series: this.#series, theme: this.#options.theme() };
          this.#options.actions.savePicture(pictureOf(saved, look));
        }
      },
    });
  }

  #createChartGroup(): HTMLElement {
    const group = element(
      'div',
      {
        class: 'charts',
        tabindex: '0',
        role: 'group',
        'aria-label': l10n.t(
          'Charts. Left and right arrows walk through the channels; with Shift they select them.',
        ),
      },
      ...this.#charts.map(({ element: box }) => box),
    );
    group.addEventListener('keydown', (event) => {
      const channels = this.#shown?.layer.channels ?? 0;
      const target = nextChannel(event.key, this.#cursor, channels);
      if (target !== undefined) {
        event.preventDefault();
        if (event.shiftKey) {
          this.#extendRange(target);
        } else {
          this.#anchor = undefined;
        }
        this.#point(target);
        this.#table.point(target);
      }
    });
    return group;
  }

  #drawCharts(state: State): void {
    const shown = this.#shown;
    setAttributes(this.#chartGroup, { 'aria-busy': shown ? undefined : 'true' });
    if (!shown) {
      return;
    }
    this.#cursor = 0;
    this.#isTableDue = true;
    this.#anchor = state.choice.range === null ? undefined : this.#anchor;
    this.#chartGroup.classList.toggle('many', shown.layer.channels > mostChannelsSideBySide);
    const { subject, range } = state.choice;
    const pair = chartPair(shown.data, subject);
    this.#series = seriesOf(pair);
    const states = subject === 'histogram' ? [] : markedChannels(shown.layer);
    this.#lastLegend = whenChanged(
      () => {
        replaceChildren(this.#legend, ...chartLegend(pair), ...stateLegend(states));
        asTermLine(this.#legend);
      },
      this.#lastLegend,
      [this.#series.join(), hasInitial(pair), states.map(({ state: own }) => own).join()],
    );
    show(this.#chartGroup, subject !== 'histogram');
    show(this.#histograms, subject === 'histogram');
    if (subject === 'histogram') {
      const { channels } = shown.layer;
      const draw = (): void => {
        replaceChildren(this.#histograms, ...histogramFigures(pair, { channels, range }));
      };
      this.#options.queue.add('histograms', draw, 'heavy');
    } else {
      this.#queueCharts(pair, state);
    }
    setText(this.#readout, worstSentence(shown));
  }

  #queueCharts(pair: ChartPair, state: State): void {
    this.#charts.forEach((box, index) => {
      show(box.element, (pair[index]?.series.length ?? 0) > 0);
    });
    this.#charts.forEach((box, index) => {
      const draw = (): void => {
        this.#drawChart(box, pair[index], state);
      };
      this.#options.queue.add(`chart ${String(index)}`, draw, 'heavy');
    });
  }

  #drawChart(box: ChartBox, part: ChartPair[number] | undefined, state: State): void {
    if (this.#shown && part) {
      const { layer } = this.#shown;
      box.draw(part, {
        channels: layer.channels,
        marked: markedChannels(layer),
        range: state.choice.range,
        theme: this.#options.theme(),
      });
    }
  }

  #chooseRange(range: ChannelRange | null): void {
    this.#options.actions.dispatch({ type: 'choose', choice: { range } });
  }

  /** Selects from where the selection began to the channel, as dragging does. */
  #extendRange(channel: number): void {
    this.#anchor ??= this.#cursor;
    this.#chooseRange({
      first: Math.min(this.#anchor, channel),
      last: Math.max(this.#anchor, channel),
    });
  }

  #point(channel: number): void {
    this.#charts.forEach((box) => {
      box.point(channel);
    });
    this.#say(channel);
  }

  #say(channel: number | null): void {
    if (channel !== null && this.#shown) {
      this.#cursor = channel;
      setText(this.#readout, channelSentence(this.#shown, channel));
    }
  }
}
