/** What the words of the page mean, for whoever points at them or comes to them by keyboard: two sentences each. */

import { type Child, element, setAttributes } from './dom';
import type { SeriesName } from './icons';
import { l10n } from './l10n';

/** What the tooltip says of an element. */
export const explanationAttribute = 'data-explanation';

/** A word with its explanation; the dots below it say that there is one. */
export function term(text: string, explanation: string, ...more: readonly Child[]): HTMLElement {
  const attributes = { class: 'term', tabindex: '0', [explanationAttribute]: explanation };
  return element('dfn', attributes, text, ...more);
}

/** Makes the terms of a line one stop of the Tab key; from there arrows lead to the others. */
export function asTermLine<E extends Element>(line: E): E {
  setAttributes(line, { [lineAttribute]: '' });
  termsIn(line).forEach((own, index) => {
    setAttributes(own, { tabindex: index === 0 ? '0' : '-1' });
  });
  return line;
}

const lineAttribute = 'data-terms';

function termsIn(line: Element): readonly HTMLElement[] {
  return [...line.querySelectorAll<HTMLElement>('.term')];
}

const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 };

/** Where an arrow leads from a term in a line; it is the stop of the Tab key from then on. */
export function nextTerm({ key, target }: KeyboardEvent): HTMLElement | undefined {
  const step = Object.hasOwn(steps, key) ? steps[key] : undefined;
  const line =
    target instanceof Element && target.matches('.term')
      ? target.closest(`[${lineAttribute}]`)
      : null;
  if (step === undefined || line === null) {
    return undefined;
  }
  const terms = termsIn(line);
  const next = terms[terms.findIndex((own) => own === target) + step];
  if (next !== undefined) {
    terms.forEach((own) => {
      setAttributes(own, { tabindex: own === next ? '0' : '-1' });
    });
  }
  return next;
}

export const explanations = {
  opset: l10n.t(
    'Version of the set of operators that the model is written in. It decides how BatchNormalization says whether it is in training mode.',
  ),
  ir: l10n.t(
    'Version of the file format itself, which ONNX calls intermediate representation. It says nothing about the statistics.',
  ),
  producer: l10n.t(
    'The program that wrote the file, as the file says. How to export it again depends on it.',
  ),
  mode: l10n.t(
    'Whether BatchNorm would use stored statistics or those of the batch if the file were run as it is. A run of the panel puts every layer into evaluation mode first.',
  ),
  untouched: l10n.t(
    'Layers whose running mean is 0 and running variance is 1 in every channel, which is how a layer begins. Training moves both, so they were never updated or never loaded.',
  ),
  channels: l10n.t(
    'A BatchNorm layer keeps one mean, one variance, one gamma and one beta for each channel of its input. Channels are counted from 0.',
  ),
  epsilon: l10n.t(
    'A small number, in squared units of the input, that is added to the variance before its root is taken. It keeps channels that hardly vary from being divided by almost zero.',
  ),
  decay: l10n.t(
    'Weight of the old running value in each training step, from 0 to 1; ONNX calls it momentum. PyTorch’s momentum is 1 minus this number.',
  ),
  source: l10n.t(
    'Where in the file the running mean and variance are kept. Only values that are stored can be wrong; computed ones change with every batch.',
  ),
  initial: l10n.t(
    'Where a layer begins before training: mean 0, variance 1. A layer whose marks all lie on this line was never updated or never loaded.',
  ),
  flag: l10n.t(
    'Name of the check that says so, the same as in bn-guard inspect and in exports. The numbers that it looked at are in the table below.',
  ),
  modes: l10n.t(
    'Class with the largest score. Evaluation uses the stored statistics, batch those of the samples that stand beside this one; mixed ones are of all kinds, similar ones nearly the same.',
  ),
} as const;

export const seriesExplanations: Readonly<Record<SeriesName, string>> = {
  stored: l10n.t(
    'The statistics in the file, which evaluation mode uses. Training gathered them, or should have.',
  ),
  eval: l10n.t(
    'Seen while every BatchNorm uses its stored statistics, as after deployment. One wrong layer shifts all layers after it, so this pass shows how far a fault reaches.',
  ),
  batch: l10n.t(
    'Seen while every BatchNorm normalises with the batch, so that no layer spoils the next one. This pass shows which layers are wrong themselves; bands are standard errors.',
  ),
  other: l10n.t(
    'The statistics in the file of the other model. Marks that lie on each other mean the same normalisation in both.',
  ),
};

export const chartExplanations = {
  mean: l10n.t(
    'The mean of each channel, in units of the layer’s input. It is subtracted before anything else.',
  ),
  variance: l10n.t(
    'The variance of each channel, in squared units of the layer’s input. What is left after the mean is subtracted is divided by its root.',
  ),
  gamma: l10n.t(
    'The learned factor of each channel after normalisation, without unit. A channel near 0 passes nothing on.',
  ),
  beta: l10n.t(
    'The learned offset of each channel after normalisation, without unit. It is the mean of the layer’s output when the statistics fit.',
  ),
} as const;
