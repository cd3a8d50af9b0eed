/** A chart with its heading, a sentence for those who cannot see it, and a way to save it. */

import type { ChartContent, ChartEvents, CreateChart } from './chart';
import type { ChartPart } from './chartContent';
import type { SavedPicture } from './controller';
import { element, setAttributes, setText } from './dom';
import { chartPicture } from './exports/pictures';
import type { SeriesName } from './icons';
import { l10n } from './l10n';
import { type SeriesTexts, chartSentence, seriesTexts } from './layerWords';
import type { Theme } from './theme';
import { explanationAttribute, term } from './terms';

export interface ChartBoxOptions extends ChartEvents {
  readonly createChart: CreateChart;
  readonly onSave: (saved: SavedChart) => void;
}

export interface SavedChart {
  readonly title: string;
  readonly canvas: HTMLCanvasElement;
}

type Look = Pick<ChartContent, 'channels' | 'marked' | 'range' | 'theme'>;

export interface ChartBox {
  readonly element: HTMLElement;
  /** Nothing is drawn of a part without series. */
  draw(part: ChartPart, look: Look): void;
  /** Moves the cursor line, as the pointer would. */
  point(channel: number): void;
}

export function createChartBox(options: ChartBoxOptions, texts = seriesTexts): ChartBox {
  const title = term('', '');
  const heading = element('h3', {}, title);
  const host = element('div', { class: 'chart', role: 'img' });
  const chart = options.createChart(options);
  const save = element('button', { type: 'button', class: 'link' }, l10n.t('PNG…'));
  save.addEventListener('click', () => {
    const canvas = chart.canvas();
    if (canvas) {
      options.onSave({ title: heading.textContent, canvas });
    }
  });
  const head = element('div', { class: 'chart-head' }, heading, save);
  return {
    element: element('figure', {}, head, host),
    draw(part, look) {
      if (part.series.length > 0) {
        setText(title, part.title);
        setAttributes(title, { [explanationAttribute]: part.explanation });
        setAttributes(save, { 'aria-label': l10n.t('Save {0} as PNG', part.title) });
        setAttributes(host, { 'aria-label': chartSentence(part, look.channels, texts) });
        chart.draw(host, { ...part, ...look });
      }
    },
    point: (channel) => {
      chart.point(channel);
    },
  };
}

interface PictureLook {
  /** What the chart is of, such as a layer. */
  readonly owner: string;
  readonly series: readonly SeriesName[];
  readonly theme: Theme;
}

export function pictureOf(
  { title, canvas }: SavedChart,
  { owner, series, theme }: PictureLook,
  texts: SeriesTexts = seriesTexts,
): SavedPicture {
  const full = `${owner}, ${title}`;
  const named = series.map((name): [SeriesName, string] => [name, texts[name]]);
  return { title: full, png: chartPicture(canvas, { title: full, series: named, theme }) };
}
