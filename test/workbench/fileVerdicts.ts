// What the panel says of models of every state, from the file alone.
import type { Frame } from 'playwright-core';
import { expect } from 'vitest';
import { chartIsDrawn } from './chart';
import type { PanelWorkbench } from './panelWorkbench';

/** The model, its verdict's severity and words, and how many layers are marked as untouched. */
type FileVerdict = readonly [name: string, severity: string, words: RegExp, marked: number];

export const fileVerdicts: readonly FileVerdict[] = [
  ['digits/healthy.onnx', 'ok', /look like those of a trained model/, 0],
  ['models/untouched.onnx', 'error', /never updated or never loaded/, 2],
  ['models/partial.onnx', 'error', /1 of 2 BatchNorm layers.*restore was partial/, 1],
  ['digits/broken.onnx', 'error', /9 of 10 BatchNorm layers.*restore was partial/, 9],
  ['models/train_opset15.onnx', 'error', /Stored in training mode/, 0],
];

/** @param place begins the names of the screenshots */
export async function expectFileVerdict(
  panels: PanelWorkbench,
  [name, severity, words, marked]: FileVerdict,
  place: string,
): Promise<void> {
  const panel = await panels.openModel(name);
  await panel.locator(`.verdict.${severity}`).first().waitFor();
  expect(await verdictOf(panel)).toMatch(words);
  const flagged = panel.locator('.layer', { hasText: 'never updated or never loaded' });
  expect(await flagged.count()).toBe(marked);
  await expect.poll(() => chartIsDrawn(panel)).toBe(true);
  await panels.workbench.screenshot(`${place}-${name.replace(/\W+/g, '-')}`);
}

export function verdictOf(panel: Frame): Promise<string> {
  return panel.locator('.verdict h2').first().innerText();
}
