// The panel in VS Code for the Web: models are read and run in a worker, on files that no disk has.
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { repositoryRoot } from '../../scripts/tools/repository';
import { chartIsDrawn } from './chart';
import { expectFileVerdict, fileVerdicts, verdictOf } from './fileVerdicts';
import { type PanelWorkbench, npyOf, observed, useWebPanels } from './panelWorkbench';

const model = 'digits/broken.onnx';
const input = 'digits/mixed.npz';

/** So many that a run of them can be cancelled. */
const manySamples = 50_000;

const manyDigits = (): Float32Array =>
  Float32Array.from({ length: 64 * manySamples }, (_, index) => Math.abs(Math.sin(index ** 1.5)));

let panels: PanelWorkbench;

useWebPanels(addInputs, (opened) => {
  panels = opened;
});

async function addInputs(folder: string): Promise<void> {
  await writeFile(join(folder, 'digits/many.npy'), npyOf([manySamples, 1, 8, 8], manyDigits()));
  await mkdir(join(folder, 'photos'));
  for (const name of ['gray.png', 'default.jpg']) {
    await copyFile(join(repositoryRoot, 'test/pictures', name), join(folder, 'photos', name));
  }
}

describe('what a file alone says', () => {
  test.each(fileVerdicts)('%s', async (...expected) => {
    await expectFileVerdict(panels, expected, 'web');
  });

  test('models/folded.onnx has no BatchNorm and says what to do', async () => {
    const panel = await panels.openModel('models/folded.onnx');
    expect(await verdictOf(panel)).toContain('holds no BatchNormalization');
    await panel.getByText('torch.onnx.export').first().waitFor();
  });
});

describe('what a run says', () => {
  test('of a synthetic batch is told as such, and where it ran', async () => {
    const panel = await panels.openModel('digits/healthy.onnx');
    await panels.run(panel);
    expect(await panel.locator('.verdict').first().innerText()).toContain('ran on synthetic noise');
    await panel
      .getByText(/The model ran in the browser/)
      .first()
      .waitFor();
    await panels.workbench.screenshot('web-run-synthetic');
  });

  test.each(['digits/healthy.onnx', model])('of %s is what bn-guard observe says', async (name) => {
    const panel = await panels.openModel(name);
    await panels.chooseInput(panel, input);
    await panels.run(panel);
    const theirs = await observed(panels.path(name), panels.path(input));
    expect(await verdictOf(panel)).toBe(theirs.verdict.summary);
    await expect.poll(() => chartIsDrawn(panel)).toBe(true);
    await panels.workbench.screenshot(`web-run-${name.replace(/\W+/g, '-')}`);
  });
});

describe('a run', () => {
  test('is cancelled at any moment, and the panel can go on', async () => {
    const panel = await panels.openModel(model);
    await panels.chooseInput(panel, 'digits/many.npy');
    await panel.getByRole('button', { name: 'Run Model' }).click();
    await panel
      .getByText(/pass, \d+ of 50,?000 samples/)
      .first()
      .waitFor();
    await panels.workbench.screenshot('web-running');
    await panel.locator('.run').first().getByRole('button', { name: 'Cancel' }).click();
    await panel.getByRole('button', { name: 'Run Model' }).waitFor();
    expect(await panel.getByRole('alert').count()).toBe(0);
    await panels.chooseInput(panel, input);
    await panels.run(panel);
  });
});

describe('the panel of a model that was run', () => {
  let panel: Frame;

  beforeAll(async () => {
    panel = await panels.openModel(model);
    await panels.chooseInput(panel, input);
    await panels.run(panel);
  });

  test('exports what it shows into a file in memory', async () => {
    await panel.getByRole('button', { name: 'Export…' }).click();
    await panel.getByRole('menuitem', { name: 'Every Channel as CSV…' }).click();
    await panels.answerDialog(panels.dialogPath('all.csv'), 'Export Statistics');
    await panel.getByText('Saved as memfs:/examples/all.csv.').waitFor();
  });

  test('tries what neighbours do', async () => {
    await panel.getByRole('tab', { name: 'Neighbours' }).click();
    await panel.getByRole('button', { name: 'Try Neighbours' }).click();
    await panel.locator('.subjects tbody tr').first().waitFor();
    await panels.workbench.screenshot('web-neighbours');
  });

  test('writes a repaired copy, which is consistent, and compares with it', async () => {
    await panel.getByRole('tab', { name: 'Compare and Repair' }).click();
    await panel.getByRole('button', { name: 'Repair…' }).click();
    await panels.answerDialog(panels.dialogPath('digits/mended.onnx'), 'Write a Repaired Copy');
    await panel.getByText('mended.onnx was written: 10 BatchNorm layers').waitFor();
    await panel.getByRole('button', { name: 'Compare with the Repaired Copy' }).click();
    await panel.getByText('Those of mended.onnx fit the samples better.').waitFor();
    await panels.workbench.screenshot('web-compared-with-copy');
  });

  test('compares with a model that is picked', async () => {
    await panel.getByRole('button', { name: 'Compare with Another Model…' }).click();
    const healthy = panels.dialogPath('digits/healthy.onnx');
    await panels.answerDialog(healthy, 'Choose the model to compare');
    await panel.getByText('differ in 9 of 10 layers. Those of healthy.onnx fit').waitFor();
  });

  test('is never written over', async () => {
    await panel.getByRole('button', { name: 'Repair…' }).click();
    await panels.answerExisting(panels.dialogPath(model), 'Write a Repaired Copy');
    await panel.getByRole('alert').getByText('never written over the original').waitFor();
  });

  test('opens the copy in a panel of its own, which is all right', async () => {
    await panel.getByRole('button', { name: 'Open the Repaired Copy' }).click();
    const copy = await panels.panel('digits/mended.onnx');
    await copy.locator('.verdict').first().waitFor();
    expect(await copy.locator('.layer.error').count()).toBe(0);
  });

  test('reads a folder of pictures, and says whether they fit', async () => {
    const own = await panels.openModel('digits/healthy.onnx');
    await panels.choosePictures(own, 'photos', '0 to 1');
    await own.getByLabel('default.jpg as the model gets it').waitFor();
    await own.getByText(/does not see what it stores|: these settings fit/).waitFor();
    await panels.workbench.screenshot('web-pictures');
    await panels.run(own);
    expect(await own.locator('.verdict').first().innerText()).toContain('2 pictures');
  });
});

test('what was exported is there to read', async () => {
  await panels.workbench.openInExplorer('all.csv');
  await expect.poll(() => panels.workbench.editorText()).toMatch(/mean.*variance/);
});
