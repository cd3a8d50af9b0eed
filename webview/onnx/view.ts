/** The page: one of four states, each drawn from the store alone. */

import type { ModelDto } from '../../src/protocol/onnxPanel';
import type { CreateChart } from './chart';
import { createCompare } from './compare';
import type { Actions } from './controller';
import { button, element, replaceChildren } from './dom';
import { createHeader, modelFacts } from './header';
import { createInputForm } from './inputForm';
import { acceptDrops } from './drops';
import { LayerList } from './layerList';
import { LayerView } from './layerView';
import type { Part } from './part';
import { createRunBar } from './runBar';
import type { WorkQueue } from './schedule';
import type { State, View } from './store';
import { createNeighbours } from './neighbours';
import { createTabs, panelIds, showTab } from './tabs';
import type { Theme } from './theme';
import { createVerdict, verdictContent } from './verdict';
import { l10n } from './l10n';

export interface ViewOptions {
  readonly root: HTMLElement;
  readonly actions: Actions;
  readonly theme: () => Theme;
  readonly queue: WorkQueue;
  readonly createChart: CreateChart;
  /** Of the page; what is drawn for a width is drawn anew when it changes. */
  readonly width: () => number;
}

/** Answers a function that brings the page up to a state. */
export function createView(options: ViewOptions): (state: State) => void {
  let parts: readonly Part[] = [];
  let shown: View | undefined;
  acceptDrops(options.root, options.actions);
  return (state) => {
    const { view } = state;
    if (view.kind !== 'data') {
      if (view !== shown) {
        parts = [];
        replaceChildren(options.root, pageOf(view, options.actions));
      }
    } else {
      if (parts.length === 0) {
        parts = createParts(options);
        replaceChildren(options.root, dataPage(parts));
      }
      showTab(options.root, state.choice.tab);
      parts.forEach((part) => {
        part.update(state, view);
      });
    }
    shown = view;
  };
}

function createParts(options: ViewOptions): readonly Part[] {
  const { actions } = options;
  return [
    createHeader(actions),
    createVerdict(actions),
    createRunBar(actions),
    createInputForm(actions),
    createTabs(actions),
    createNeighbours(actions),
    createCompare(options),
    new LayerList(options),
    new LayerView(options),
  ];
}

function dataPage([
  header,
  verdict,
  run,
  form,
  tabs,
  neighbours,
  compare,
  list,
  layer,
]: readonly Part[]): HTMLElement {
  return element(
    'main',
    { class: 'page' },
    header?.element,
    verdict?.element,
    run?.element,
    form?.element,
    tabs?.element,
    neighbours?.element,
    element(
      'div',
      { class: 'columns', id: panelIds.layers, role: 'tabpanel', 'aria-label': l10n.t('Layers') },
      list?.element,
      layer?.element,
    ),
    compare?.element,
  );
}

function pageOf(view: Exclude<View, { readonly kind: 'data' }>, actions: Actions): HTMLElement {
  switch (view.kind) {
    case 'loading':
      return element(
        'main',
        { class: 'page centred', 'aria-busy': 'true' },
        element('vscode-progress-ring', { 'aria-label': l10n.t('Reading the model') }),
        element('p', { role: 'status' }, l10n.t('Reading the model')),
      );
    case 'error':
      return element(
        'main',
        { class: 'page centred' },
        element('h1', {}, l10n.t('This model cannot be shown')),
        element('p', { role: 'alert' }, l10n.translate(view.error.message)),
        button(l10n.t('Retry'), actions.reload, 'primary'),
      );
    case 'empty':
      return emptyPage(view.model, actions);
  }
}

function emptyPage(model: ModelDto, actions: Actions): HTMLElement {
  return element(
    'main',
    { class: 'page' },
    element('header', { class: 'header' }, ...modelFacts(model)),
    element(
      'section',
      { class: `verdict ${model.verdict.severity}`, 'aria-label': l10n.t('Verdict') },
      ...verdictContent(model.verdict, { actions, basis: l10n.t('from the file alone') }),
    ),
  );
}
