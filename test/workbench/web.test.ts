// VS Code for the Web: no Node beside the page, files that no disk has.
import { describe, expect, test } from 'vitest';
import { chartIsDrawn } from './chart';
import { useWebWindow } from './window';
import type { Workbench } from './workbench';

describe('the workbench in a browser alone', () => {
  let workbench: Workbench;

  useWebWindow({}, (window) => {
    ({ workbench } = window);
  });

  test('underlines the call that loses the statistics', async () => {
    await workbench.openInExplorer('train_tf1.py');
    await workbench.goToFinding();
    await workbench.screenshot('web-squiggle');
  });

  test('explains it', async () => {
    await workbench.openInExplorer('train_tf1.py');
    await workbench.goToFinding();
    await workbench.hover('BN101');
    await workbench.page.keyboard.press('Escape');
  });

  test('mends it with the fix from the light bulb, until it is undone', async () => {
    await workbench.openInExplorer('train_tf1.py');
    await workbench.goToFinding();
    const menu = await workbench.openQuickFixes();
    await menu.locator('.monaco-list-row.action').first().click();
    await expect.poll(() => workbench.squiggles().count()).toBe(0);
    await workbench.page.keyboard.press('Control+Z');
    await workbench.goToFinding();
  });

  test('lists the findings of closed files after a scan', async () => {
    await workbench.runCommand('BN Guard: Scan Workspace');
    const rows = await workbench.openFindingsView();
    await expect.poll(() => rows.count()).toBeGreaterThanOrEqual(8);
    await workbench.screenshot('web-findings');
  });

  test('shows what is known of the file, and the page of a rule', async () => {
    await workbench.runCommand('View: Show Explorer');
    await workbench.openInExplorer('train_tf1.py');
    await workbench.openLanguageStatus('BatchNorm: certain');
    await workbench.page.keyboard.press('Escape');
    await workbench.answerCommand('BN Guard: Show Rule', 'BN101');
    await workbench.page.locator('.tab.active', { hasText: 'BN101' }).waitFor();
  });

  test('has its findings again after a restart of the server', async () => {
    await workbench.runCommand('View: Show Explorer');
    await workbench.openInExplorer('train_torch.py');
    await workbench.goToFinding();
    await workbench.runCommand('BN Guard: Restart');
    await workbench.goToFinding();
  });

  test('charts the statistics of a broken model', async () => {
    await workbench.openInExplorer('digits/broken.onnx');
    const panel = await workbench.panelFrame('.chart canvas');
    await expect.poll(() => chartIsDrawn(panel)).toBe(true);
    expect(await panel.locator('.verdict').first().innerText()).not.toBe('');
    await workbench.screenshot('web-panel');
  });
});

describe('a browser in another language', () => {
  let workbench: Workbench;

  useWebWindow({ language: 'zh-cn' }, (window) => {
    ({ workbench } = window);
  });

  test('has its texts', async () => {
    await workbench.openInExplorer('train_tf1.py');
    await workbench.goToFinding();
    const menu = await workbench.openQuickFixes();
    await menu.getByText('在此行忽略 BN101').first().waitFor();
  });
});

describe('the oldest VS Code that may have the extension', () => {
  let workbench: Workbench;

  useWebWindow({ version: 'oldest' }, (window) => {
    ({ workbench } = window);
  });

  test('underlines the call and offers fixes', async () => {
    await workbench.openInExplorer('train_tf1.py');
    await workbench.goToFinding();
    const menu = await workbench.openQuickFixes();
    await workbench.screenshot('web-oldest');
    expect(await menu.innerText()).toContain('Ignore BN101 on this line');
    await workbench.page.keyboard.press('Escape');
  });
});
