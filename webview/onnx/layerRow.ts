/** One row of the list of layers, and the heads above its strips. */

import type { LayerSummaryDto } from '../../src/protocol/onnxPanel';
import type { PassDto } from '../../src/protocol/runtime';
import { element } from './dom';
import { flagTitles, formatNumber } from './format';
import { severityIcon } from './icons';
import { type Measure, findMeasure } from './measures';
import { badnessOf, severityOf } from './selectors';
import type { DataView } from './store';
import { explanations, seriesExplanations, term } from './terms';
import { l10n } from './l10n';

export interface LayerRow {
  readonly element: HTMLElement;
  /** Without a picture until {@link setPicture}. */
  readonly strips: ReadonlyMap<PassDto, HTMLElement>;
}

const badnessExplanation = l10n.t(
  'Median over the channels of the Kullback–Leibler divergence between observed and stored statistics. Below 0.03 the layer fits its data; from 0.1 on it does not.',
);

const beforeExplanation = l10n.t(
  'The same number of the run before this one. It comes from other samples, or from the file as it was.',
);

const passNames: Record<PassDto, string> = { eval: l10n.t('evaluation'), batch: l10n.t('batch') };

export function stripHeads(
  { run, previousRun }: DataView,
  passes: readonly PassDto[],
  measure: Measure,
): readonly (HTMLElement | undefined)[] {
  const info = findMeasure(measure);
  const hasRun = run !== null;
  return [
    element('span', { class: 'layer-name' }, l10n.t('Layer')),
    element('span', { class: 'channels' }, term(l10n.t('Channels'), explanations.channels)),
    ...passes.map((pass) =>
      element(
        'span',
        { class: 'strip' },
        term(
          info?.isObserved ? passNames[pass] : (info?.label ?? ''),
          info?.isObserved ? seriesExplanations[pass] : (info?.explanation ?? ''),
        ),
      ),
    ),
    hasRun ? element('span', { class: 'badness' }, term('KL', badnessExplanation)) : undefined,
    previousRun
      ? element('span', { class: 'badness' }, term(l10n.t('before'), beforeExplanation))
      : undefined,
  ];
}

export function createLayerRow(
  view: DataView,
  layer: LayerSummaryDto,
  passes: readonly PassDto[],
): LayerRow {
  const severity = severityOf(view, layer);
  const strips = new Map(
    passes.map((pass): [PassDto, HTMLElement] => [pass, element('span', { class: 'strip' })]),
  );
  const words = flagTitles(layer);
  const row = element(
    'div',
    {
      class: `layer ${severity}`,
      role: 'option',
      id: `layer-${String(layer.index)}`,
      'aria-selected': 'false',
      title: words ? `${layer.name}: ${words}` : layer.name,
    },
    severityIcon(severity),
    layerName(layer.name),
    element(
      'span',
      { class: 'channels' },
      String(layer.channels),
      spoken(` ${l10n.t('channels')}${words ? `, ${words}` : ''}`),
    ),
    ...strips.values(),
    view.run === null
      ? undefined
      : element(
          'span',
          { class: 'badness' },
          spoken(`, ${l10n.t('median KL')} `),
          formatNumber(badnessOf(view, layer.index)),
        ),
    view.previousRun === null
      ? undefined
      : element(
          'span',
          { class: 'badness before' },
          spoken(`, ${l10n.t('in the run before')} `),
          formatNumber(badnessOf({ run: view.previousRun }, layer.index)),
        ),
  );
  return { element: row, strips };
}

/** A name too long for its row loses its beginning, which it shares with its neighbours. */
function layerName(name: string): HTMLElement {
  return element('span', { class: 'layer-name' }, element('bdi', { dir: 'ltr' }, name));
}

/** Text that only a screen reader is told, where eyes have a head or a colour. */
function spoken(text: string): HTMLElement {
  return element('span', { class: 'spoken' }, text);
}

/**
 * Shows a picture, stretched over the strip. It is a background, because the browser needs a clip
 * of its own for each image element with round corners.
 */
export function setPicture(strip: HTMLElement, address: string): void {
  strip.style.setProperty('background-image', `url("${address}")`);
}
