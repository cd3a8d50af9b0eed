/** Everything the panel says about a model as one page that needs nothing else. */

import { chartPair } from '../chartContent';
import { element } from '../dom';
import { formatNumber } from '../format';
import { modelFacts } from '../header';
import { cellsPerStrip, stripCells, stripPalette, stripPicture } from '../heatStrip';
import { chartSentence, worstSentence } from '../layerWords';
import { type Measure, findMeasure, measureLayer, measures } from '../measures';
import { runSentence } from '../runWords';
import { severityOf, shownPasses, verdictOf } from '../selectors';
import type { DataView } from '../store';
import type { Theme } from '../theme';
import { verdictBasis } from '../verdict';
import type { LayerSummaryDto, Severity } from '../../../src/protocol/onnxPanel';
import type { PassDto } from '../../../src/protocol/runtime';
import { chartDrawing } from './reportChart';
import { paper, reportStyle } from './reportStyle';

/** More charts are not looked at; the table names every layer. */
const mostCharts = 20;

/** Needs the numbers of every layer. @param theme gives the font; the colours are those of paper */
export function reportOf(view: DataView, theme: Theme): string {
  const look: Theme = { ...theme, ...paper };
  const title = `BatchNorm statistics of ${view.model.fileName}`;
  const body = element(
    'main',
    {},
    ...modelFacts(view.model),
    ...verdictSection(view),
    ...layerTable(view, look),
    ...layerCharts(view),
    ...glossary(),
  );
  // Text goes in as text: only elements write markup.
  const head = [
    element('meta', { charset: 'utf-8' }),
    element('meta', {
      'http-equiv': 'Content-Security-Policy',
      content: "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
    }),
    element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    element('title', {}, title),
  ].map(({ outerHTML }) => outerHTML);
  return `<!DOCTYPE html>\n<html lang="en">\n<head>\n${head.join('\n')}\n<style>${reportStyle}</style>\n</head>\n<body>\n${body.outerHTML}\n</body>\n</html>\n`;
}

function verdictSection(view: DataView): readonly HTMLElement[] {
  const verdict = verdictOf(view);
  const steps = verdict.nextSteps.map(({ text, code }) =>
    element('li', {}, text, code === undefined ? undefined : element('pre', {}, code)),
  );
  return [
    element(
      'section',
      { class: `verdict ${verdict.severity}` },
      element('h2', {}, `${severityWords[verdict.severity]}: ${verdict.summary}`),
      element('p', {}, `Confidence: ${verdict.confidence}, ${verdictBasis(view)}.`),
      ...titledList(
        'Why',
        verdict.evidence.map((line) => element('li', {}, line)),
      ),
      ...titledList('What to do', steps),
      element('p', {}, runSentence(view.run)),
    ),
  ];
}

const severityWords: Record<Severity, string> = {
  error: 'Error',
  warning: 'Warning',
  information: 'Information',
  ok: 'Good',
};

function titledList(title: string, items: readonly HTMLElement[]): readonly HTMLElement[] {
  return items.length === 0 ? [] : [element('h3', {}, title), element('ul', {}, ...items)];
}

function layerTable(view: DataView, theme: Theme): readonly HTMLElement[] {
  const measure = view.run ? 'kl' : 'variance';
  const passes = shownPasses(view, measure);
  const label = findMeasure(measure)?.label ?? '';
  const heads = [
    ...['Layer', 'Channels', 'State', 'Known from the file'],
    ...passes.flatMap((pass) =>
      view.run ? [`${passWords[pass]}: ${label}`, 'median, nats'] : [label],
    ),
  ];
  return [
    element('h2', {}, 'Layers'),
    element(
      'div',
      { class: 'layers' },
      element(
        'table',
        {},
        element('thead', {}, element('tr', {}, ...heads.map((head) => element('th', {}, head)))),
        element(
          'tbody',
          {},
          ...view.model.layers.map((layer) => layerRow({ view, layer, measure, passes, theme })),
        ),
      ),
    ),
  ];
}

const passWords: Record<PassDto, string> = { eval: 'Evaluation pass', batch: 'Batch pass' };

interface LayerRowParts {
  readonly view: DataView;
  readonly layer: LayerSummaryDto;
  readonly measure: Measure;
  readonly passes: readonly PassDto[];
  readonly theme: Theme;
}

function layerRow({ view, layer, measure, passes, theme }: LayerRowParts): HTMLElement {
  const data = view.layers.get(layer.index);
  const palette = stripPalette(theme);
  const cells = passes.flatMap((pass) => {
    const values = data && measureLayer(layer, data, { measure, pass });
    const picture = values && stripPicture(stripCells(measure, values, cellsPerStrip), palette);
    const strip = element('td', {}, picture ? element('img', { src: picture, alt: '' }) : '–');
    const badness = element('td', {}, formatNumber(view.run?.medianKl[pass]?.[layer.index]));
    return view.run ? [strip, badness] : [strip];
  });
  return element(
    'tr',
    {},
    element('th', {}, layer.name),
    element('td', {}, String(layer.channels)),
    element('td', {}, severityWords[severityOf(view, layer)]),
    element('td', {}, layer.flags.map(({ title }) => title).join(', ')),
    ...cells,
  );
}

function layerCharts(view: DataView): readonly HTMLElement[] {
  const bad = view.model.layers.filter((layer) =>
    ['error', 'warning'].includes(severityOf(view, layer)),
  );
  const shown = (bad.length > 0 ? bad : view.model.layers).slice(0, mostCharts);
  const left = bad.length - shown.length;
  return [
    element('h2', {}, bad.length > 0 ? 'Layers that are wrong or doubtful' : 'First layers'),
    ...shown.flatMap((layer) => layerSection(view, layer)),
    ...(left > 0 ? [element('p', {}, `${String(left)} more are in the table above.`)] : []),
  ];
}

function layerSection(view: DataView, layer: LayerSummaryDto): readonly HTMLElement[] {
  const data = view.layers.get(layer.index);
  if (!data) {
    return [];
  }
  const parts = [...chartPair(data, 'statistics'), ...chartPair(data, 'affine')].filter(
    ({ series }) => series.length > 0,
  );
  return [
    element('h3', {}, layer.name),
    ...titledMessages(layer),
    element('p', {}, data.runId === null ? '' : worstSentence({ layer, data })),
    element(
      'div',
      { class: 'charts' },
      ...parts.map((part) => {
        const drawing = chartDrawing(part, layer.channels, chartSentence(part, layer.channels));
        return element('figure', {}, element('figcaption', {}, part.title), drawing);
      }),
    ),
  ];
}

function titledMessages({ flags }: LayerSummaryDto): readonly HTMLElement[] {
  return flags.map(({ message, code }) => element('p', {}, `${message} (${code})`));
}

function glossary(): readonly HTMLElement[] {
  const terms = measures.flatMap(({ label, explanation }) => [
    element('dt', {}, label),
    element('dd', {}, explanation),
  ]);
  return [
    element('h2', {}, 'What the words mean'),
    element(
      'p',
      {},
      'In the charts a ring is what the file stores, a diamond what the evaluation pass observed, a triangle what the batch pass observed; the dashed line is the value of an untouched layer.',
    ),
    element('dl', {}, ...terms),
  ];
}
