// A panel through what happens to it: cancelled, crashed, hidden, moved, reloaded, narrow, not trusted.
import type { Frame } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { seriousViolations } from '../panel/accessibility';
import { chartIsDrawn } from './chart';
import { type PanelWorkbench, usePanels } from './panelWorkbench';
import { pidsOf } from './processes';

const model = 'digits/broken.onnx';

let panels: PanelWorkbench;

usePanels((opened) => {
  panels = opened;
});

/** Starts a run that does not get on: its process, which has read the model, is held. */
async function startHeldRun(panel: Frame): Promise<readonly number[]> {
  const pids = await pidsOf('runtime');
  expect(pids.length).toBeGreaterThan(0);
  pids.forEach((pid) => process.kill(pid, 'SIGSTOP'));
  await panel.getByRole('button', { name: 'Run Model' }).click();
  await panel.getByRole('button', { name: 'Cancel' }).first().waitFor();
  return pids;
}

/** Ends the process of a run before it has answered. */
async function crashRun(panel: Frame): Promise<void> {
  const pids = await startHeldRun(panel);
  // The page says that it runs before the process was asked; one that ends unasked is replaced.
  await panels.workbench.page.waitForTimeout(1000);
  pids.forEach((pid) => process.kill(pid, 'SIGKILL'));
  await panel.getByRole('alert').getByText('SIGKILL').waitFor();
}

describe('a run', () => {
  test('is cancelled at any moment', async () => {
    const panel = await panels.openModel(model);
    const pids = await startHeldRun(panel);
    await panels.workbench.screenshot('workbench-running');
    await panel.locator('.run').first().getByRole('button', { name: 'Cancel' }).click();
    await panel.getByRole('button', { name: 'Run Model' }).waitFor();
    expect(await panel.getByRole('alert').count()).toBe(0);
    await expect.poll(() => pidsOf('runtime')).not.toEqual(expect.arrayContaining([...pids]));
  });

  test('whose process is killed says so, and can be tried again', async () => {
    const panel = await panels.openModel('digits/healthy.onnx');
    await panels.workbench.insist('a crash', () => crashRun(panel));
    await panels.workbench.screenshot('workbench-crashed');
    await panel.getByRole('button', { name: 'Retry' }).click();
    await panel.locator('.legend-item', { hasText: 'batch pass' }).first().waitFor();
  });
});

describe('what was chosen and found out', () => {
  const layer = 'head.bn';

  const leavePanel = async (): Promise<void> => {
    const panel = await panels.openModel(model);
    await panels.chooseInput(panel, 'digits/mixed.npz');
    await panels.run(panel);
    await panel.getByRole('option', { name: layer }).click();
    await isAsLeft(panel);
  };

  const hideAndShow = async (): Promise<void> => {
    await panels.workbench.openFile('train_tf1.py');
    await panels.workbench.page.locator('.tab', { hasText: 'broken.onnx' }).click();
  };

  const isAsLeft = async (panel: Frame): Promise<void> => {
    await panel.locator('.layer-title h2').getByText(layer).waitFor();
    await panel.locator('.legend-item', { hasText: 'batch pass' }).first().waitFor();
    await expect.poll(() => chartIsDrawn(panel)).toBe(true);
  };

  test('is there again when the panel was hidden', async () => {
    await leavePanel();
    await hideAndShow();
    await isAsLeft(await panels.panel(model));
  });

  test('goes with the panel into another column, which may be narrow', async () => {
    await leavePanel();
    await hideAndShow();
    await panels.workbench.runCommand('View: Move Editor into Next Group');
    const panel = await panels.panel(model);
    await isAsLeft(panel);
    await panels.workbench.screenshot('workbench-beside');
    // Nothing runs out of the page to the right.
    const overflow = (): Promise<number> =>
      panel.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(await overflow()).toBeLessThanOrEqual(0);
  });

  test('is chosen still when the window was reloaded, and runs on the same samples', async () => {
    await leavePanel();
    await panels.workbench.reload();
    const panel = await panels.panel(model);
    await panel.locator('.layer-title h2').getByText(layer).waitFor();
    await panel.locator('.input-name').getByText('mixed.npz').waitFor();
    await panels.run(panel);
    await isAsLeft(panel);
  });
});

describe.each([
  ['dark', 'Dark Modern'],
  ['light', 'Light Modern'],
  ['high-contrast', 'Default High Contrast'],
])('in the %s theme', (name, theme) => {
  test('axe finds nothing serious on any tab', async () => {
    await panels.changeSettings({ 'workbench.colorTheme': theme });
    await panels.workbench.reload();
    const panel = await panels.openModel(model);
    await panels.run(panel);
    const check = async (state: string, frame = panel): Promise<void> => {
      await panels.workbench.screenshot(`workbench-${state}-${name}`);
      expect(await seriousViolations(frame), state).toEqual([]);
    };
    await check('layers');
    await panel.getByRole('tab', { name: 'Neighbours' }).click();
    await panel.getByRole('button', { name: 'Try Neighbours' }).click();
    await panel.locator('.subjects tbody tr').first().waitFor();
    await check('neighbours');
    await panel.getByRole('tab', { name: 'Compare and Repair' }).click();
    await panel.getByRole('button', { name: 'Compare with Another Model…' }).click();
    const healthy = panels.path('digits/healthy.onnx');
    await panels.answerDialog(healthy, 'Choose the model to compare');
    await panel.locator('.comparison-charts canvas').first().waitFor();
    await check('compare');
    await panel.getByRole('tab', { name: 'Layers' }).click();
    await check('folded', await panels.openModel('models/folded.onnx'));
  });
});
