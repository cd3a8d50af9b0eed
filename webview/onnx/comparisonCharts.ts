/** What both models store for the selected pair of layers, channel by channel. */

import type { ComparedChannelsDto } from '../../src/protocol/onnxPanel';
import { type ChartBox, createChartBox, pictureOf } from './chartBox';
import type { CompareOptions } from './compare';
import { channelSentence, channelsOf, pairTitle, partsOf } from './comparisonParts';
import { element, replaceChildren, setText, show } from './dom';
import type { SeriesName } from './icons';
import { nextChannel } from './keys';
import { l10n } from './l10n';
import { type SeriesTexts, chartLegend, seriesTexts } from './layerWords';
import { type Part, whenChanged } from './part';
import type { DataView, State } from './store';
import { asTermLine } from './terms';

const shownSeries: readonly SeriesName[] = ['stored', 'other'];

/** In the legend the models are told apart by what they are, in the verdict by their names. */
const texts: SeriesTexts = { ...seriesTexts, stored: l10n.t('stored in this model') };

export class ComparisonCharts implements Part {
  readonly element: HTMLElement;
  readonly #options: CompareOptions;
  readonly #title = element('h3');
  readonly #legend = element('div', {
    class: 'legend',
    role: 'group',
    'aria-label': l10n.t('Legend'),
  });
  readonly #readout = element('p', { class: 'readout', role: 'status' });
  readonly #boxes: readonly ChartBox[];
  #shown: ComparedChannelsDto | null = null;
  #cursor = 0;
  #last: readonly unknown[] = [];

  constructor(options: CompareOptions) {
    this.#options = options;
    this.#boxes = [0, 1].map(() => this.#createBox());
    this.element = element(
      'div',
      { class: 'comparison-charts' },
      this.#title,
      this.#legend,
      this.#createGroup(),
      this.#readout,
    );
  }

  update({ choice }: State, view: DataView): void {
    show(this.element, view.compared !== null);
    // A chart that is hidden has no width to draw in.
    if (choice.tab === 'compare') {
      this.#last = whenChanged(
        () => {
          this.#draw(view);
        },
        this.#last,
        [view.compared, this.#options.theme(), this.#options.width()],
      );
    }
  }

  #createBox(): ChartBox {
    const { createChart, theme, actions } = this.#options;
    return createChartBox(
      {
        ...{ createChart, group: 'compared' },
        onHover: (channel) => {
          this.#say(channel);
        },
        onSelect: () => undefined,
        onSave: (saved) => {
          const look = {
            ...{ owner: this.#title.textContent, series: shownSeries },
            theme: theme(),
          };
          actions.savePicture(pictureOf(saved, look, texts));
        },
      },
      texts,
    );
  }

  #createGroup(): HTMLElement {
    const group = element(
      'div',
      {
        ...{ class: 'charts', tabindex: '0', role: 'group' },
        'aria-label': l10n.t(
          'Charts of both models. Left and right arrows walk through the channels.',
        ),
      },
      ...this.#boxes.map(({ element: box }) => box),
    );
    group.addEventListener('keydown', (event) => {
      const target = nextChannel(event.key, this.#cursor, channelsOf(this.#shown));
      if (target !== undefined) {
        event.preventDefault();
        this.#boxes.forEach((box) => {
          box.point(target);
        });
        this.#say(target);
      }
    });
    return group;
  }

  #draw(view: DataView): void {
    this.#shown = view.compared;
    this.#cursor = 0;
    const parts = this.#shown ? partsOf(this.#shown) : [];
    setText(this.#title, pairTitle(view));
    replaceChildren(this.#legend, ...chartLegend(parts, texts));
    asTermLine(this.#legend);
    setText(this.#readout, l10n.t('Point at a channel to read it.'));
    const look = {
      ...{ channels: channelsOf(this.#shown), range: null },
      theme: this.#options.theme(),
    };
    this.#boxes.forEach((box, index) => {
      const part = parts[index];
      show(box.element, (part?.series.length ?? 0) > 0);
      this.#options.queue.add(`compared ${String(index)}`, () => {
        if (part) {
          box.draw(part, look);
        }
      });
    });
  }

  #say(channel: number | null): void {
    if (this.#shown && channel !== null) {
      this.#cursor = channel;
      setText(this.#readout, channelSentence(this.#shown, channel));
    }
  }
}
