/** What the model is: file, size, producer, opsets, mode, how many layers are untouched. */

import type { ModelDto } from '../../src/protocol/onnxPanel';
import type { Actions } from './controller';
import { element, replaceChildren, setText, show } from './dom';
import { createExportMenu } from './exportMenu';
import { count, formatBytes } from './format';
import { type Part, whenChanged } from './part';
import { asTermLine, explanations, term } from './terms';
import { l10n } from './l10n';

const modeTexts: Record<ModelDto['mode'], string> = {
  eval: l10n.t('stored for evaluation'),
  training: l10n.t('stored in training mode'),
  mixed: l10n.t('some layers stored in training mode'),
  none: l10n.t('no BatchNormalization'),
};

export function createHeader(actions: Actions): Part {
  const facts = element('div');
  const notice = element('p', { class: 'notice', role: 'status' });
  const said = element('p', { class: 'said', role: 'status' });
  const exportMenu = createExportMenu(actions);
  const root = element(
    'header',
    { class: 'header' },
    element('div', { class: 'header-row' }, facts, exportMenu.element),
    notice,
    said,
  );
  let last: readonly unknown[] = [];
  return {
    element: root,
    update(state, view) {
      const { model, notice: text } = view;
      exportMenu.update(state, view);
      setText(said, view.said ?? '');
      last = whenChanged(
        () => {
          replaceChildren(facts, ...modelFacts(model));
        },
        last,
        [model],
      );
      setText(notice, text ?? '');
      show(notice, text !== null);
    },
  };
}

/** Shared by the page with data and the page that explains why there is none. */
export function modelFacts(model: ModelDto): readonly HTMLElement[] {
  const untouched = model.layers.filter(({ flags }) => flags.some(({ code }) => code === 'S1'));
  const facts = [
    formatBytes(model.byteLength),
    term(model.producer || l10n.t('producer not said'), explanations.producer),
    ...model.opsets.map((opset) => term(`opset ${opset}`, explanations.opset)),
    term(`IR ${String(model.irVersion)}`, explanations.ir),
    term(modeTexts[model.mode], explanations.mode),
    ...(model.layers.length > 0
      ? [
          term(
            l10n.t(
              '{0}, {1} with untouched statistics',
              count(model.layers.length, 'BatchNorm layer'),
              untouched.length,
            ),
            explanations.untouched,
          ),
        ]
      : []),
  ];
  return [
    element('h1', {}, model.fileName),
    asTermLine(
      element(
        'ul',
        { class: 'facts', 'aria-label': l10n.t('About the model') },
        ...facts.map((fact) => element('li', {}, fact)),
      ),
    ),
    ...model.problems.map((problem) => element('p', { class: 'problem' }, l10n.translate(problem))),
  ];
}
