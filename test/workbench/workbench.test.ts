import { describe, expect, test } from 'vitest';
import type { ServerHost } from '../../scripts/vscode/serverHost';
import { chartIsDrawn } from './chart';
import { useWindow } from './window';
import type { Workbench } from './workbench';

const themes = {
  dark: { setting: 'Dark Modern', bodyClass: 'vscode-dark' },
  light: { setting: 'Light Modern', bodyClass: 'vscode-light' },
  'high-contrast': { setting: 'Default High Contrast', bodyClass: 'vscode-high-contrast' },
};

const restricted = {
  'security.workspace.trust.enabled': true,
  'security.workspace.trust.startupPrompt': 'never',
};

describe('the workbench in a trusted folder', () => {
  let workbench: Workbench;
  let host: ServerHost;

  useWindow({}, (window) => {
    ({ workbench, host } = window);
  });

  test('underlines the call that loses the statistics', async () => {
    await workbench.openFile('train_tf1.py');
    await workbench.goToFinding();
    await workbench.screenshot('squiggle-dark');
  });

  test('nothing has popped up by itself', async () => {
    await workbench.openFile('train_tf1.py');
    // Long enough for what comes late.
    await workbench.page.waitForTimeout(3000);
    const { page } = workbench;
    expect(await page.locator('.notification-toast, .monaco-dialog-box').allInnerTexts()).toEqual(
      [],
    );
    expect(await page.locator('.tab').allInnerTexts()).toHaveLength(1);
  });

  test('removes the squiggle with the fix from the light bulb, until it is undone', async () => {
    await workbench.openFile('train_tf1.py');
    await workbench.goToFinding();
    const menu = await workbench.openLightBulbMenu();
    await workbench.screenshot('light-bulb-dark');
    await menu.locator('.monaco-list-row.action').first().click();
    await expect.poll(() => workbench.squiggles().count()).toBe(0);
    await workbench.screenshot('fixed-dark');
    await workbench.page.keyboard.press('Control+Z');
    await workbench.goToFinding();
  });

  test('charts the statistics of a broken model', async () => {
    await workbench.openFile('digits/broken.onnx');
    const panel = await workbench.panelFrame('.chart canvas');
    await expect.poll(() => chartIsDrawn(panel)).toBe(true);
    expect(await panel.locator('.verdict').first().innerText()).not.toBe('');
    await expect.poll(() => panel.locator('table tbody tr').count()).toBeGreaterThan(1);
  });

  test('charts what a run observes beside what is stored', async () => {
    await workbench.openFile('digits/broken.onnx');
    const panel = await workbench.panelFrame('.chart canvas');
    await panel.getByRole('button', { name: 'Run Model' }).click();
    await panel.locator('.legend-item', { hasText: 'batch pass' }).first().waitFor();
    await expect.poll(() => chartIsDrawn(panel)).toBe(true);
    await workbench.screenshot('panel-observed');
  });

  test.each(Object.entries(themes))('looks at home in the %s theme', async (name, theme) => {
    await host.changeSettings({ 'workbench.colorTheme': theme.setting });
    // The open page does not follow the file; the next one does.
    await workbench.reload();
    await workbench.openFile('digits/broken.onnx');
    const panel = await workbench.panelFrame(`body.${theme.bodyClass} .chart canvas`);
    await expect.poll(() => chartIsDrawn(panel)).toBe(true);
    await workbench.screenshot(`panel-${name}`);
  });
});

describe('the workbench in Restricted Mode', () => {
  let workbench: Workbench;

  useWindow({ settings: restricted }, (window) => {
    ({ workbench } = window);
  });

  test('still underlines the call', async () => {
    await workbench.page.getByText('Restricted Mode').first().waitFor();
    await workbench.openFile('train_tf1.py');
    await workbench.goToFinding();
  });

  test('still charts what the model stores', async () => {
    await workbench.openFile('digits/broken.onnx');
    const panel = await workbench.panelFrame('.chart canvas');
    await expect.poll(() => chartIsDrawn(panel)).toBe(true);
    await workbench.screenshot('panel-restricted');
    expect(await panel.getByRole('button', { name: 'Run Model' }).isVisible()).toBe(false);
    await panel.getByRole('button', { name: 'Manage Workspace Trust' }).first().click();
    await workbench.page.locator('.workspace-trust-editor').first().waitFor();
  });
});
