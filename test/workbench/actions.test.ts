import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { repositoryRoot } from '../../scripts/tools/repository';
import { ServerHost } from '../../scripts/vscode/serverHost';
import { copyExamples, type Workspace } from '../../scripts/vscode/workspace';
import { teacherNets, teacherTraining } from '../programs';
import { Workbench } from './workbench';

const patience = { timeout: 30_000 };

const themes = [
  ['light', 'Light Modern'],
  ['high-contrast', 'Default High Contrast'],
] as const;

describe('what a person does with a finding', () => {
  let workspace: Workspace;
  let host: ServerHost;
  let workbench: Workbench;

  beforeAll(async () => {
    workspace = await copyExamples();
    await mkdir(join(workspace.folder, 'teacher'));
    await writeFile(join(workspace.folder, 'teacher/nets.py'), teacherNets);
    await writeFile(join(workspace.folder, 'teacher/train.py'), teacherTraining);
    host = await ServerHost.start({ settings: { 'workbench.colorTheme': 'Dark Modern' } });
    const { folder } = workspace;
    workbench = await Workbench.open(host, { folder, developmentPath: repositoryRoot });
  });

  afterAll(async () => {
    await workbench.close();
    await host.stop();
    await workspace.remove();
  });

  const cursor = (): Promise<string> =>
    workbench.page.locator('[id="status.editor.selection"]').innerText();

  test('the hover leads to where BatchNorm is', async () => {
    await workbench.openFile('train_tf1.py');
    await workbench.goToFinding();
    const hover = await workbench.hoverFinding();
    await hover.getByText('train_tf1.py(15, 42)').click();
    await expect.poll(cursor, patience).toContain('Ln 15, Col 42');
  });

  test('the code of the finding is a link to the page of its rule', async () => {
    await workbench.goToFinding();
    const hover = await workbench.hoverFinding();
    const link = hover.locator('a', { hasText: 'BN101' });
    await link.click();
    await workbench.page.locator('.tab.active', { hasText: 'BN101' }).waitFor();
    await workbench.panelFrame('h2:has-text("Why it matters")');
    await workbench.runCommand('View: Close All Editors');
    await workbench.openFile('train_tf1.py');
  });

  test('the status beside the language says what is known of the file', async () => {
    const items = await workbench.openLanguageStatus();
    const known = items.filter({ hasText: 'BatchNorm: certain' });
    expect(await known.innerText()).toContain('train_tf1.py:15');
    const versions = items.filter({ hasText: 'TensorFlow 1' });
    expect(await versions.innerText()).toContain('needs tensorflow');
    await workbench.screenshot('status-item');
    // Nothing runs out of the window.
    const width = workbench.page.viewportSize()?.width ?? 0;
    for (const item of await items.all()) {
      const box = await item.boundingBox();
      expect((box?.x ?? 0) + (box?.width ?? Infinity)).toBeLessThanOrEqual(width);
    }
    await known.getByText('Show', { exact: true }).click();
    await expect.poll(cursor, patience).toContain('Ln 15');
  });

  test('the view explains a rule', async () => {
    const rows = await workbench.openFindingsView();
    const rule = rows.filter({ hasText: 'restore-trainable-only' }).first();
    await rule.hover();
    await rule.getByRole('button', { name: 'Explain' }).click();
    await workbench.page.locator('.tab.active', { hasText: 'BN101' }).waitFor();
    await workbench.panelFrame('h2:has-text("Why it matters")');
    await workbench.screenshot('rule-page');
    await workbench.runCommand('View: Close All Editors');
  });

  test('a fix that spans files is shown, and made once it is looked at', async () => {
    await workbench.openFile('teacher/nets.py');
    await workbench.goToFinding();
    const menu = await workbench.openLightBulbMenu();
    await menu
      .locator('.monaco-list-row.action', { hasText: 'Copy all weights (BN206, safe)' })
      .click();
    const preview = workbench.page.locator('.part.panel');
    await preview.getByText('Refactor Preview').first().waitFor();
    const rows = preview.locator('.monaco-list-row');
    await rows.filter({ hasText: 'nets.py' }).first().waitFor();
    await rows.filter({ hasText: 'train.py' }).first().waitFor();
    await workbench.screenshot('preview-of-fix');
    const text = (name: string): Promise<string> =>
      readFile(join(workspace.folder, 'teacher', name), 'utf8');
    expect(await text('nets.py')).toBe(teacherNets);
    expect(await text('train.py')).toBe(teacherTraining);
    // Nothing is ticked before somebody has looked; a file's box ticks what is in it.
    for (const name of ['nets.py', 'train.py']) {
      await rows.filter({ hasText: name }).first().getByRole('checkbox').first().click();
    }
    await preview.getByRole('button', { name: 'Apply', exact: true }).click();
    await workbench.runCommand('File: Save All Files');
    await expect.poll(() => text('nets.py'), patience).toContain('self.net.weights)');
    await expect.poll(() => text('train.py'), patience).toContain('self.student.weights)');
    await workbench.runCommand('View: Close All Editors');
  });

  test.each(themes)('a finding looks at home in the %s theme', async (name, theme) => {
    await host.changeSettings({ 'workbench.colorTheme': theme });
    await workbench.reload();
    await workbench.openFile('train_tf1.py');
    await workbench.goToFinding();
    await workbench.openFindingsView();
    await workbench.page.locator('.tab.active').click();
    await workbench.hoverFinding();
    await workbench.screenshot(`hover-${name}`);
    await workbench.page.keyboard.press('Escape');
    await workbench.openQuickFixes();
    await workbench.screenshot(`light-bulb-${name}`);
    await workbench.page.keyboard.press('Escape');
  });

  test('a scan counts files while it runs, and can be cancelled', async () => {
    await fill(join(workspace.folder, 'many'), 4000);
    await workbench.runCommand('BN Guard: Restart');
    await workbench.runCommand('BN Guard: Scan Workspace');
    await workbench.runCommand('Notifications: Show Notifications');
    const item = workbench.page.locator('.notifications-center .notification-list-item', {
      hasText: 'scanning the workspace',
    });
    await expect.poll(() => item.innerText(), patience).toMatch(/\d+ Python files and notebooks/);
    await workbench.screenshot('scan-progress');
    await item.getByRole('button', { name: 'Cancel' }).click();
    await item.waitFor({ state: 'hidden' });
  });
});

/** Files that each hold a word of a framework, so that every one is read. */
async function fill(folder: string, count: number): Promise<void> {
  await mkdir(folder);
  for (let index = 0; index < count; index++) {
    const text = `import torch\nbn = torch.nn.BatchNorm2d(${String(index)})\n`;
    await writeFile(join(folder, `file_${String(index)}.py`), text.repeat(20));
  }
}
