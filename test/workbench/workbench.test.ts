import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { repositoryRoot } from '../../scripts/tools/repository';
import { ServerHost } from '../../scripts/vscode/serverHost';
import { copyExamples, type Workspace } from '../../scripts/vscode/workspace';
import { chartIsDrawn } from './chart';
import { Workbench } from './workbench';

const themes = {
  dark: { setting: 'Dark Modern', bodyClass: 'vscode-dark' },
  light: { setting: 'Light Modern', bodyClass: 'vscode-light' },
  'high-contrast': { setting: 'Default High Contrast', bodyClass: 'vscode-high-contrast' },
};

describe('the workbench in a trusted folder', () => {
  let workspace: Workspace;
  let host: ServerHost;
  let workbench: Workbench;

  beforeAll(async () => {
    workspace = await copyExamples();
    host = await ServerHost.start({ settings: { 'workbench.colorTheme': themes.dark.setting } });
    const { folder } = workspace;
    workbench = await Workbench.open(host, { folder, developmentPath: repositoryRoot });
  });

  afterAll(async () => {
    await workbench.close();
    await host.stop();
    await workspace.remove();
  });

  test('underlines the call that loses the statistics', async () => {
    await workbench.openFile('train_tf1.py');
    await workbench.goToFinding();
    await workbench.screenshot('squiggle-dark');
  });

  test('nothing has popped up by itself', async () => {
    await workbench.page.waitForTimeout(3000);
    expect(await workbench.page.locator('.notification-toast').count()).toBe(0);
    expect(await workbench.page.locator('.monaco-dialog-box').count()).toBe(0);
    expect(await workbench.page.locator('.tab').count()).toBe(1);
  });

  test('removes the squiggle with the fix from the light bulb, until it is undone', async () => {
    const menu = await workbench.openLightBulbMenu();
    await workbench.screenshot('light-bulb-dark');
    await menu.locator('.monaco-list-row.action').first().click();
    await expect.poll(() => workbench.squiggles().count(), { timeout: 30_000 }).toBe(0);
    await workbench.screenshot('fixed-dark');
    await workbench.page.keyboard.press('Control+Z');
    await workbench.goToFinding();
  });

  test('charts the statistics of a broken model', async () => {
    await workbench.openFile('digits/broken.onnx');
    const panel = await workbench.panelFrame('.chart canvas');
    await expect.poll(() => chartIsDrawn(panel), { timeout: 30_000 }).toBe(true);
    expect(await panel.locator('.verdict').first().innerText()).not.toBe('');
    expect(await panel.locator('table tbody tr').count()).toBeGreaterThan(1);
  });

  test('charts what a run observes beside what is stored', async () => {
    const panel = await workbench.panelFrame('.chart canvas');
    await panel.getByText('Run Model').click();
    await panel.locator('.legend-item', { hasText: 'batch pass' }).first().waitFor();
    await expect.poll(() => chartIsDrawn(panel), { timeout: 30_000 }).toBe(true);
    await workbench.screenshot('panel-observed');
  });

  test.each(Object.entries(themes))('looks at home in the %s theme', async (name, theme) => {
    await host.changeSettings({ 'workbench.colorTheme': theme.setting });
    // The open page does not follow the file; the next one does.
    await workbench.reload();
    await workbench.openFile('digits/broken.onnx');
    const panel = await workbench.panelFrame('.chart canvas');
    const bodyClasses = (): Promise<string> => panel.evaluate(() => document.body.className);
    await expect.poll(bodyClasses, { timeout: 30_000 }).toContain(theme.bodyClass);
    await expect.poll(() => chartIsDrawn(panel), { timeout: 30_000 }).toBe(true);
    await workbench.screenshot(`panel-${name}`);
  });
});

describe('the workbench in Restricted Mode', () => {
  let workspace: Workspace;
  let host: ServerHost;
  let workbench: Workbench;

  beforeAll(async () => {
    workspace = await copyExamples();
    host = await ServerHost.start({
      settings: {
        'security.workspace.trust.enabled': true,
        'security.workspace.trust.startupPrompt': 'never',
        'workbench.colorTheme': themes.dark.setting,
      },
    });
    const { folder } = workspace;
    workbench = await Workbench.open(host, { folder, developmentPath: repositoryRoot });
  });

  afterAll(async () => {
    await workbench.close();
    await host.stop();
    await workspace.remove();
  });

  test('still underlines the call', async () => {
    await workbench.page.getByText('Restricted Mode').first().waitFor();
    await workbench.openFile('train_tf1.py');
    await workbench.goToFinding();
  });

  test('still charts what the model stores', async () => {
    await workbench.openFile('digits/broken.onnx');
    const panel = await workbench.panelFrame('.chart canvas');
    await expect.poll(() => chartIsDrawn(panel), { timeout: 30_000 }).toBe(true);
    await workbench.screenshot('panel-restricted');
    expect(await panel.getByRole('button', { name: 'Run Model' }).isVisible()).toBe(false);
    await panel.getByRole('button', { name: 'Manage Workspace Trust' }).first().click();
    await workbench.page.locator('.workspace-trust-editor').first().waitFor();
  });
});
