// VS Code for the Web: no Node beside the page, files that no disk has.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { repositoryRoot } from '../../scripts/tools/repository';
import { WebHost } from '../../scripts/vscode/webHost';
import { copyExamples, type Workspace } from '../../scripts/vscode/workspace';
import { chartIsDrawn } from './chart';
import { Workbench } from './workbench';

describe('the workbench in a browser alone', () => {
  let workspace: Workspace;
  let host: WebHost;
  let workbench: Workbench;

  beforeAll(async () => {
    workspace = await copyExamples();
    host = await WebHost.start({
      extension: repositoryRoot,
      folder: workspace.folder,
      settings: { 'workbench.colorTheme': 'Dark Modern' },
    });
    workbench = await Workbench.openWeb(host);
  });

  afterAll(async () => {
    await workbench.close();
    await host.stop();
    await workspace.remove();
  });

  test('underlines the call that loses the statistics', async () => {
    await workbench.openInExplorer('train_tf1.py');
    await workbench.goToFinding();
    await workbench.screenshot('web-squiggle');
  });

  test('explains it', async () => {
    const hover = await workbench.hoverFinding();
    expect(await hover.innerText()).toContain('BN101');
    await workbench.page.keyboard.press('Escape');
  });

  test('mends it with the fix from the light bulb, until it is undone', async () => {
    const menu = await workbench.openQuickFixes();
    await menu.locator('.monaco-list-row.action').first().click();
    await expect.poll(() => workbench.squiggles().count(), { timeout: 30_000 }).toBe(0);
    await workbench.page.keyboard.press('Control+Z');
    await workbench.goToFinding();
  });

  test('lists the findings of closed files after a scan', async () => {
    await workbench.runCommand('BN Guard: Scan Workspace');
    const rows = await workbench.openFindingsView();
    await expect.poll(() => rows.count(), { timeout: 30_000 }).toBeGreaterThanOrEqual(8);
    await workbench.screenshot('web-findings');
  });

  test('shows what is known of the file, and the page of a rule', async () => {
    const items = await workbench.openLanguageStatus();
    await expect
      .poll(async () => (await items.allInnerTexts()).join(' '), { timeout: 30_000 })
      .toContain('BatchNorm: certain');
    await workbench.page.keyboard.press('Escape');
    await workbench.runCommand('BN Guard: Show Rule');
    const pick = workbench.page.locator('.quick-input-widget .monaco-list-row');
    await pick.filter({ hasText: 'BN101' }).first().click();
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
    await expect.poll(() => chartIsDrawn(panel), { timeout: 30_000 }).toBe(true);
    expect(await panel.locator('.verdict').first().innerText()).not.toBe('');
    await workbench.screenshot('web-panel');
  });
});

test('a browser in another language has its texts', async () => {
  const workspace = await copyExamples();
  const host = await WebHost.start({ extension: repositoryRoot, folder: workspace.folder });
  const workbench = await Workbench.openWeb(host, 'zh-cn');
  await workbench.openInExplorer('train_tf1.py');
  await workbench.goToFinding();
  const menu = await workbench.openQuickFixes();
  await menu.getByText('在此行忽略 BN101').first().waitFor();
  await workbench.close();
  await host.stop();
  await workspace.remove();
});

describe('the oldest VS Code that may have the extension', () => {
  let workspace: Workspace;
  let host: WebHost;
  let workbench: Workbench;

  beforeAll(async () => {
    workspace = await copyExamples();
    const { folder } = workspace;
    host = await WebHost.start({ extension: repositoryRoot, folder, version: 'oldest' });
    workbench = await Workbench.openWeb(host);
  });

  afterAll(async () => {
    await workbench.close();
    await host.stop();
    await workspace.remove();
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
