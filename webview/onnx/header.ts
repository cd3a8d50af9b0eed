/** What the model is: file, size, producer, opsets, mode, how many layers are untouched. */

import type { ModelDto } from '../../src/protocol/onnxPanel';
import type { Actions } from './controller';
import { element, replaceChildren, setText, show } from './dom';
import { createExportMenu } from './exportMenu';
import { count, formatBytes } from './format';
import { type Part, whenChanged } from './part';

const modeTexts: Record<ModelDto['mode'], string> = {
  eval: 'stored for evaluation',
  training: 'stored in training mode',
  mixed: 'some layers stored in training mode',
  none: 'no BatchNormalization',
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
    model.producer || 'producer not said',
    ...model.opsets.map((opset) => `opset ${opset}`),
    `IR ${String(model.irVersion)}`,
    modeTexts[model.mode],
    ...(model.layers.length > 0
      ? [
          `${count(model.layers.length, 'BatchNorm layer')}, ${String(untouched.length)} with untouched statistics`,
        ]
      : []),
  ];
  return [
    element('h1', {}, model.fileName),
    element(
      'ul',
      { class: 'facts', 'aria-label': 'About the model' },
      ...facts.map((fact) => element('li', {}, fact)),
    ),
    ...model.problems.map((problem) => element('p', { class: 'problem' }, problem)),
  ];
}
