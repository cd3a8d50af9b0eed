/** Everything the panel says about a model as one page that needs nothing else. */

import { chartPair } from '../chartContent';
import { element, setAttributes } from '../dom';
import { flagTitles, formatNumber } from '../format';
import { modelFacts } from '../header';
import { cellsPerStrip, stripCells, stripPalette, stripPicture } from '../heatStrip';
import { chartSentence, worstSentence } from '../layerWords';
import { type Measure, findMeasure, measureLayer, measures } from '../measures';
import { runSentence } from '../runWords';
import { severityOf, shownPasses, verdictOf } from '../selectors';
import type { DataView } from '../store';
import { explanationAttribute } from '../terms';
import type { Theme } from '../theme';
import { confidenceWords, verdictBasis } from '../verdict';
import type { LayerSummaryDto, Severity } from '../../../src/protocol/onnxPanel';
import type { PassDto } from '../../../src/protocol/runtime';
import { chartDrawing } from './reportChart';
import { paper, reportStyle } from './reportStyle';
import { l10n } from '../l10n';

/** More charts are not looked at; the table names every layer. */
const mostCharts = 20;

/** Needs the numbers of every layer. @param theme gives the font; the colours are those of paper */
export function reportOf(view: DataView, theme: Theme): string {
  const look: Theme = { ...theme, ...paper };
  const title = l10n.t('BatchNorm statistics of {0}', view.model.fileName);
  const body = element(
    'main',
    {},
    ...modelFacts(view.model),
    ...verdictSection(view),
    ...layerTable(view, look),
    ...layerCharts(view),
    ...glossary(),
  );
  withTitles(body);
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
  return `<!DOCTYPE html>\n<html lang="${document.documentElement.lang}">\n<head>\n${head.join('\n')}\n<style>${reportStyle}</style>\n</head>\n<body>\n${body.outerHTML}\n</body>\n</html>\n`;
}

/** Paper and pages without scripts have no tooltip. */
function withTitles(body: HTMLElement): void {
  for (const own of body.querySelectorAll(`[${explanationAttribute}]`)) {
    const title = own.getAttribute(explanationAttribute) ?? undefined;
    setAttributes(own, { title, [explanationAttribute]: undefined, tabindex: undefined });
  }
}

function verdictSection(view: DataView): readonly HTMLElement[] {
  const verdict = verdictOf(view);
  const steps = verdict.nextSteps.map(({ text, code }) =>
    element(
      'li',
      {},
      l10n.translate(text),
      code === undefined ? undefined : element('pre', {}, code),
    ),
  );
  return [
    element(
      'section',
      { class: `verdict ${verdict.severity}` },
      element('h2', {}, `${severityWords[verdict.severity]}: ${l10n.translate(verdict.summary)}`),
      element(
        'p',
        {},
        l10n.t('Confidence: {0}, {1}.', confidenceWords[verdict.confidence], verdictBasis(view)),
      ),
      ...titledList(
        l10n.t('Why'),
        verdict.evidence.map((line) => element('li', {}, l10n.translate(line))),
      ),
      ...titledList(l10n.t('What to do'), steps),
      element('p', {}, runSentence(view.run)),
    ),
  ];
}

const severityWords: Record<Severity, string> = {
  error: l10n.t('Error'),
  warning: l10n.t('Warning'),
  information: l10n.t('Information'),
  ok: l10n.t('Good'),
};

function titledList(title: string, items: readonly HTMLElement[]): readonly HTMLElement[] {
  return items.length === 0 ? [] : [element('h3', {}, title), element('ul', {}, ...items)];
}

function layerTable(view: DataView, theme: Theme): readonly HTMLElement[] {
  const measure = view.run ? 'kl' : 'variance';
  const passes = shownPasses(view, measure);
  const label = findMeasure(measure)?.label ?? '';
  const heads = [
    ...[l10n.t('Layer'), l10n.t('Channels'), l10n.t('State'), l10n.t('Known from the file')],
    ...passes.flatMap((pass) =>
      view.run ? [`${passWords[pass]}: ${label}`, l10n.t('median, nats')] : [label],
    ),
  ];
  return [
    element('h2', {}, l10n.t('Layers')),
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

const passWords: Record<PassDto, string> = {
  eval: l10n.t('Evaluation pass'),
  batch: l10n.t('Batch pass'),
};

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
    element('td', {}, flagTitles(layer)),
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
    element(
      'h2',
      {},
      bad.length > 0 ? l10n.t('Layers that are wrong or doubtful') : l10n.t('First layers'),
    ),
    ...shown.flatMap((layer) => layerSection(view, layer)),
    ...(left > 0 ? [element('p', {}, l10n.t('{0} more are in the table above.', left))] : []),
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
  return flags.map(({ message, code }) => element('p', {}, `${l10n.translate(message)} (${code})`));
}

function glossary(): readonly HTMLElement[] {
  const terms = measures.flatMap(({ label, explanation }) => [
    element('dt', {}, label),
    element('dd', {}, explanation),
  ]);
  return [
    element('h2', {}, l10n.t('What the words mean')),
    element(
      'p',
      {},
      l10n.t(
        'In the charts a ring is what the file stores, a diamond what the evaluation pass observed, a triangle what the batch pass observed; the dashed line is the value of an untouched layer.',
      ),
    ),
    element('dl', {}, ...terms),
  ];
}
