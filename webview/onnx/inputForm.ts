/** How the chosen pictures are prepared: a form, what comes of it, and whether the model knows it. */

import type { ImagesChoice, InputFitDto } from '../../src/protocol/onnxPanel';
import {
  type PreprocessingDto,
  type PresetName,
  describePreprocessing,
  fitToInput,
  presets,
} from '../../src/protocol/preprocessing';
import type { Actions } from './controller';
import { dropdown, element, replaceChildren, setAttributes, setText, show } from './dom';
import { severityIcon } from './icons';
import { createInputFields } from './inputFields';
import { type Part, whenChanged } from './part';
import { chosenInput } from './selectors';
import type { DataView, InputTrial } from './store';
import { thumbnailsOf } from './thumbnails';
import { l10n } from './l10n';

const presetLabels: Readonly<Record<PresetName, string>> = {
  torchvision: l10n.t('torchvision (ImageNet)'),
  keras: l10n.t('Keras (−1 to 1)'),
  caffe: l10n.t('Caffe (BGR minus means)'),
  unit: l10n.t('0 to 1'),
  raw: l10n.t('0 to 255, as stored'),
};

export function createInputForm(actions: Actions): Part {
  let input: ImagesChoice | undefined;
  let shape: DataView['model']['inputs'][number]['shape'];
  const choose = (preprocessing: PreprocessingDto): void => {
    if (input) {
      actions.dispatch({ type: 'choose', choice: { input: { ...input, preprocessing } } });
    }
  };
  const preset = dropdown(l10n.t('Prepared as'), (name) => {
    const chosen = Object.entries(presets).find(([key]) => key === name)?.[1];
    if (chosen) {
      choose(fitToInput(chosen, shape));
    }
  });
  const fields = createInputFields(choose);
  const words = element('p', { class: 'input-words' });
  const outcome = createOutcome();
  const root = element(
    'section',
    { class: 'input-form', 'aria-label': l10n.t('How the pictures are prepared') },
    element('div', { class: 'run-row' }, preset.element, words),
    element('details', {}, element('summary', {}, l10n.t('Every step')), fields.element),
    outcome.element,
  );
  let lastInput: readonly unknown[] = [];
  return {
    element: root,
    update(state, { model }) {
      const chosen = chosenInput(state);
      const isShown = chosen.kind === 'images' && state.host.isTrusted;
      show(root, isShown);
      if (!isShown) {
        return;
      }
      input = chosen;
      shape = model.inputs[0]?.shape;
      const { preprocessing } = chosen;
      const key = JSON.stringify(chosen);
      lastInput = whenChanged(
        () => {
          preset.set(presetOf(preprocessing, shape), presetOptions);
          fields.set(preprocessing);
          setText(words, describePreprocessing(preprocessing, l10n));
          actions.tryInput(chosen);
        },
        lastInput,
        [key],
      );
      outcome.update(state.trial, key);
    },
  };
}

interface Outcome {
  readonly element: HTMLElement;
  /** @param key of the input that is chosen */
  update(trial: InputTrial | null, key: string): void;
}

/** The pictures and the first layer's word; while a trial is under way the last pictures stay. */
function createOutcome(): Outcome {
  const pictures = element('div', { class: 'thumbnails' });
  const fit = element('p', { class: 'input-fit', role: 'status' });
  const root = element('div', {}, pictures, fit);
  let last: readonly unknown[] = [];
  return {
    element: root,
    update(trial, key) {
      const current = trial?.key === key ? trial : null;
      last = whenChanged(
        () => {
          const isDone = current?.fit ?? current?.error;
          setAttributes(root, { 'aria-busy': isDone ? undefined : 'true' });
          replaceChildren(pictures, ...thumbnailsOf(trial?.preview));
          replaceChildren(fit, ...fitWords(current));
        },
        last,
        [current, trial?.preview],
      );
    },
  };
}

const ownPreset = 'own';

const presetOptions: readonly (readonly [string, string])[] = [
  ...Object.entries(presetLabels),
  [ownPreset, l10n.t('as set below')],
];

function presetOf(
  preprocessing: PreprocessingDto,
  shape: DataView['model']['inputs'][number]['shape'],
): string {
  const own = JSON.stringify(ordered(preprocessing));
  const known = Object.entries(presets).find(
    ([, preset]) => JSON.stringify(ordered(fitToInput(preset, shape))) === own,
  );
  return known?.[0] ?? ownPreset;
}

/** The same fields in one order; what is `undefined` is left out, as on the way through JSON. */
function ordered(preprocessing: PreprocessingDto): object {
  return Object.fromEntries(
    Object.entries(preprocessing)
      .filter(([, value]) => value !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function fitWords(trial: InputTrial | null): readonly (Node | string)[] {
  if (trial?.error) {
    return marked('warning', l10n.translate(trial.error.message));
  }
  if (trial?.fit) {
    return marked(trial.fit.severity, l10n.translate(trial.fit.message));
  }
  return [l10n.t('Asking the first layer whether these settings fit')];
}

function marked(severity: InputFitDto['severity'], text: string): readonly (Node | string)[] {
  return [severityIcon(severity), element('span', {}, text)];
}
