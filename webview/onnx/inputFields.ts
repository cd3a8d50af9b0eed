/** One field for every step of preparing a picture. */

import type { PreprocessingDto } from '../../src/protocol/preprocessing';
import {
  factorText,
  parseFactor,
  parseNumbers,
  parseResize,
  parseSize,
  sizeText,
} from '../../src/protocol/preprocessingText';
import { element, setAttributes } from './dom';
import { l10n } from './l10n';
import { explanationAttribute } from './terms';

interface Field {
  readonly element: HTMLElement;
  set(preprocessing: PreprocessingDto): void;
}

type Choose = (preprocessing: PreprocessingDto) => void;

export interface InputFields {
  readonly element: HTMLElement;
  set(preprocessing: PreprocessingDto): void;
}

/** @param choose is told of every change that makes sense */
export function createInputFields(choose: Choose): InputFields {
  let current: PreprocessingDto | undefined;
  const change = (part: Partial<PreprocessingDto>): void => {
    if (current) {
      choose({ ...current, ...part });
    }
  };
  const fields = [...textFields(change), ...choiceFields(change), turnedField(change)];
  return {
    element: element('div', { class: 'fields' }, ...fields.map((field) => field.element)),
    set(preprocessing) {
      current = preprocessing;
      fields.forEach((field) => {
        field.set(preprocessing);
      });
    },
  };
}

type Change = (part: Partial<PreprocessingDto>) => void;

function textFields(change: Change): readonly Field[] {
  return [
    textField(l10n.t('Resize'), {
      hint: l10n.t('Pixels: 256 for the shorter side, 320x240 for both; empty to keep the size'),
      textOf: ({ resize }) => sizeText(resize),
      read: (text) => optional(text, parseResize, (resize) => ({ resize })),
      change,
    }),
    textField(l10n.t('Crop'), {
      hint: l10n.t('Pixels from the middle: 224, or 224x192; empty to keep all'),
      textOf: ({ crop }) => sizeText(crop),
      read: (text) => optional(text, parseSize, (crop) => ({ crop })),
      change,
    }),
    textField(l10n.t('Scale'), {
      hint: l10n.t('Factor on 0 to 255, such as 1/255'),
      textOf: ({ scale }) => factorText(scale),
      read: (text) => given(parseFactor(text), (scale) => ({ scale })),
      change,
    }),
    textField(l10n.t('Mean'), {
      hint: l10n.t('Taken off after scaling: one number, or one per channel with commas'),
      textOf: ({ mean }) => mean.join(', '),
      read: (text) => given(parseNumbers(text), (mean) => ({ mean })),
      change,
    }),
    textField(l10n.t('Deviation'), {
      hint: l10n.t(
        'Divided by after that: one number, or one per channel with commas, none of them 0',
      ),
      textOf: ({ deviation }) => deviation.join(', '),
      read: (text) => {
        const numbers = parseNumbers(text);
        return given(numbers?.includes(0) ? undefined : numbers, (deviation) => ({ deviation }));
      },
      change,
    }),
  ];
}

interface TextFieldOptions {
  readonly hint: string;
  readonly textOf: (preprocessing: PreprocessingDto) => string;
  /** `undefined` when the text makes no sense. */
  readonly read: (text: string) => Partial<PreprocessingDto> | undefined;
  readonly change: Change;
}

function textField(label: string, { hint, textOf, read, change }: TextFieldOptions): Field {
  const input = document.createElement('input');
  setAttributes(input, { type: 'text', spellcheck: 'false', [explanationAttribute]: hint });
  const problem = element('small', { class: 'problem', role: 'alert' });
  input.addEventListener('change', () => {
    const part = read(input.value);
    setAttributes(input, { 'aria-invalid': part ? undefined : 'true' });
    problem.textContent = part ? '' : hint;
    if (part) {
      change(part);
    }
  });
  return {
    element: element('label', { class: 'field' }, element('span', {}, label), input, problem),
    set(preprocessing) {
      input.value = textOf(preprocessing);
      setAttributes(input, { 'aria-invalid': undefined });
      problem.textContent = '';
    },
  };
}

function choiceFields(change: Change): readonly Field[] {
  return [
    choiceField(l10n.t('Colours'), 'colours', ['rgb', 'bgr', 'gray'], change),
    choiceField(l10n.t('Layout'), 'layout', ['nchw', 'nhwc'], change),
    choiceField(
      l10n.t('Interpolation'),
      'interpolation',
      ['bilinear', 'bicubic', 'linear'],
      change,
    ),
  ];
}

function choiceField<K extends 'colours' | 'layout' | 'interpolation'>(
  label: string,
  key: K,
  values: readonly PreprocessingDto[K][],
  change: Change,
): Field {
  const select = document.createElement('select');
  select.append(
    ...values.map((value) =>
      element('option', { value }, value === 'gray' ? l10n.t('gray') : value),
    ),
  );
  select.addEventListener('change', () => {
    const value = values.find((candidate) => candidate === select.value);
    if (value !== undefined) {
      change({ [key]: value });
    }
  });
  return {
    element: element('label', { class: 'field' }, element('span', {}, label), select),
    set(preprocessing) {
      select.value = preprocessing[key];
    },
  };
}

function turnedField(change: Change): Field {
  const box = document.createElement('input');
  box.type = 'checkbox';
  box.addEventListener('change', () => {
    change({ isTurned: box.checked });
  });
  return {
    element: element('label', { class: 'field' }, box, l10n.t('Turn as EXIF says')),
    set({ isTurned }) {
      box.checked = isTurned;
    },
  };
}

function given<T>(
  value: T | undefined,
  part: (value: T) => Partial<PreprocessingDto>,
): Partial<PreprocessingDto> | undefined {
  return value === undefined ? undefined : part(value);
}

/** An empty field takes the step out. */
function optional<T>(
  text: string,
  parse: (text: string) => T | undefined,
  part: (value: T | undefined) => Partial<PreprocessingDto>,
): Partial<PreprocessingDto> | undefined {
  const value = parse(text);
  return text.trim() === '' || value !== undefined ? part(value) : undefined;
}
