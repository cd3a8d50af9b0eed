// Every way from a finding, a file or a command to what BN Guard does, through the menus themselves.
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { ServerHost } from '../../scripts/vscode/serverHost';
import { norms } from '../programs';
import { useWindow } from './window';
import type { Workbench } from './workbench';

/** For one of several tries: VS Code saves without a fix that comes too late. */
const soon = { timeout: 5_000 };

/** Two findings whose fix is a suggestion, and a comment that is safe to remove. */
const mixed = `${norms}x = 1  # bn-guard: ignore[BN301]\n`;
const notebook = notebookOf([norms, 'x = 1  # bn-guard: ignore[BN301]']);
const exporting = `${norms}import torch\ntorch.onnx.export(first, None, 'net.onnx')\n`;
const saving = `import torch
from torch import nn

net = nn.Sequential(nn.BatchNorm2d(8))
torch.save(dict(net.named_parameters()), 'net.pt')
torch.onnx.export(net, None, 'net.onnx')
`;
const fixOnSave = {
  '[python]': { 'editor.codeActionsOnSave': { 'source.fixAll.bnGuard': 'explicit' } },
  'notebook.codeActionsOnSave': { 'notebook.source.fixAll.bnGuard': 'explicit' },
};

describe('the menus', () => {
  let workbench: Workbench;
  let host: ServerHost;
  let folder: string;

  useWindow({ settings: fixOnSave, prepare: addPrograms }, (window) => {
    ({ workbench, host, folder } = window);
  });

  const onDisk = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');

  /** Chosen by hand, seen in the text, and taken back. */
  const seeAndUndo = async (title: string, seen: string): Promise<void> => {
    await workbench.goToFinding();
    await workbench.chooseAction(title);
    await expect.poll(() => workbench.editorText()).toContain(seen);
    await workbench.page.keyboard.press('Control+Z');
    await expect.poll(() => workbench.editorText()).not.toContain(seen);
  };

  test('the light bulb says how safe each fix is, and silences last', async () => {
    await workbench.openFile('momentum.py');
    await workbench.goToFinding();
    const menu = await workbench.openLightBulbMenu();
    const titles = await menu.locator('.monaco-list-row.action .title').allInnerTexts();
    await workbench.page.keyboard.press('Escape');
    expect(titles.slice(0, 5)).toEqual([
      'Use momentum=0.01 (BN312, suggestion)',
      'Fix all 2 of BN312 in this file (suggestion)',
      'Ignore BN312 on this line',
      'Ignore BN312 in this file',
      'Show rule BN312 tf-style-momentum-in-torch',
    ]);
  });

  test('the menu leads to what its words mean', async () => {
    await workbench.openFile('momentum.py');
    await workbench.goToFinding();
    const step = workbench.page.locator('.getting-started-step.expanded');
    await workbench.insist('the step about fixes', async () => {
      await workbench.openQuickFixes();
      await workbench.page.getByText('About BN Guard’s fixes').first().click();
      await step.filter({ hasText: 'Fix it' }).waitFor();
    });
    await workbench.runCommand('View: Close Editor');
  });

  test('a line, a file, all of a rule', async () => {
    await workbench.openFile('momentum.py');
    await seeAndUndo('Ignore BN312 in this file', '# bn-guard: ignore-file[BN312]');
    await seeAndUndo('Fix all 2 of BN312', 'second = nn.BatchNorm2d(8, momentum=0.01)');
    await seeAndUndo('Ignore BN312 on this line', 'momentum=0.99)  # bn-guard: ignore[BN312]');
  });

  test('an id in a comment tells what its rule finds', async () => {
    await workbench.openFile('momentum.py');
    await workbench.goToFinding();
    await workbench.chooseAction('Ignore BN312 on this line');
    await expect.poll(() => workbench.editorText()).toContain('ignore[BN312]');
    await workbench.goTo(3, 64);
    const hover = await workbench.hover('BN312');
    await hover.getByText('forget at once').first().waitFor();
    await workbench.screenshot('hover-on-id');
    await workbench.page.keyboard.press('Escape');
  });

  test('the page of the rule', async () => {
    await workbench.openFile('momentum.py');
    await workbench.goToFinding();
    await workbench.chooseAction('Show rule BN312');
    await workbench.page.locator('.tab.active', { hasText: 'BN312' }).waitFor();
    await workbench.runCommand('View: Close Editor');
  });

  test('a comment that silences nothing goes with its own fix', async () => {
    await workbench.openFile('momentum.py');
    await workbench.goTo(5, 10);
    await workbench.chooseAction('Remove the unused suppression of BN301 (BN001, safe)');
    await expect.poll(() => workbench.editorText()).not.toContain('ignore[BN301]');
    await workbench.page.keyboard.press('Control+Z');
    await expect.poll(() => workbench.editorText()).toContain('ignore[BN301]');
  });

  test('source actions and the command fix what is safe, and no more', async () => {
    await workbench.openFile('momentum.py');
    await workbench.insist('the source action', async () => {
      await workbench.runCommand('Source Action...');
      const title = 'Fix all safely fixable BN Guard findings';
      await workbench.actions.filter({ hasText: title }).click();
    });
    await expect.poll(() => workbench.editorText()).not.toContain('ignore[BN301]');
    await workbench.page.keyboard.press('Control+Z');
    await expect.poll(() => workbench.editorText()).toContain('ignore[BN301]');
    await workbench.runCommand('BN Guard: Fix All in File');
    await expect.poll(() => workbench.editorText()).not.toContain('ignore[BN301]');
    expect(await workbench.editorText()).toContain('momentum=0.99');
    await workbench.runCommand('File: Revert File');
  });

  test('saving fixes what is safe, where the user wants that', async () => {
    await writeFile(join(folder, 'saved.py'), mixed);
    await workbench.openFile('saved.py');
    await workbench.goToFinding();
    await workbench.page.keyboard.press('Control+End');
    await workbench.page.keyboard.type('y = 2\n');
    await workbench.insist('the fix on disk', async () => {
      await workbench.page.keyboard.press('Control+S');
      await expect.poll(() => onDisk('saved.py'), soon).toBe(`${norms}x = 1\ny = 2\n`);
    });
  });

  const typeInFirstCell = async (text: string): Promise<void> => {
    await workbench.page.locator('.notebookOverlay .monaco-editor:visible').first().click();
    await workbench.page.keyboard.press('Control+End');
    await workbench.page.keyboard.type(text);
  };

  test('saving fixes a notebook once, in the cell it belongs to', async () => {
    await writeFile(join(folder, 'saved.ipynb'), notebook);
    await workbench.openFile('saved.ipynb');
    await workbench.squiggles().first().waitFor();
    await typeInFirstCell('y = 2');
    const cells = async (): Promise<readonly string[]> => sourcesOf(await onDisk('saved.ipynb'));
    await workbench.insist('the fix on disk', async () => {
      await workbench.page.keyboard.press('Control+S');
      await expect.poll(cells, soon).toEqual([`${norms}y = 2`, 'x = 1']);
    });
  });

  test('the command fixes a notebook as well', async () => {
    await workbench.openFile('saved.ipynb');
    await typeInFirstCell('  # bn-guard: ignore[BN301]');
    const first = workbench.page.locator('.notebookOverlay .view-lines:visible').first();
    const text = async (): Promise<string> => (await first.innerText()).replaceAll('\u00a0', ' ');
    await expect.poll(text).toContain('ignore[BN301]');
    await workbench.squiggles().nth(2).waitFor();
    await workbench.runCommand('BN Guard: Fix All in File');
    await expect.poll(text).not.toContain('ignore[BN301]');
    await workbench.insist('the notebook on disk', async () => {
      await workbench.runCommand('File: Save');
      await expect.poll(() => onDisk('saved.ipynb'), soon).not.toContain('ignore[BN301]');
    });
  });

  test('a finding leads to the model that its code has written, and the panel back', async () => {
    await workbench.closeEditors();
    await workbench.openFile('export/net.py');
    await workbench.goToFinding();
    await workbench.chooseAction('Open model statistics of net.onnx');
    const panel = await workbench.panelFrame('.chart canvas');
    await workbench.runCommand('BN Guard: Scan Workspace');
    const cause = panel.locator('.verdict').getByRole('button', { name: 'Open train_tf1.py:92' });
    await cause.waitFor();
    await workbench.screenshot('panel-causes');
    await cause.click();
    await workbench.seeCursorIn('train_tf1.py', 92);
    await workbench.closeEditors();
  });

  test('a finding leads to the layer that it has touched, and the layer back', async () => {
    await writeFile(join(folder, 'export/saved.py'), saving);
    await workbench.openFile('export/net.onnx');
    const before = await workbench.panelFrame('.chart canvas');
    await before.locator('#layer-9').click();
    await before.locator('#layer-9[aria-selected="true"]').waitFor();
    await workbench.openFile('export/saved.py');
    await workbench.goToFinding();
    await workbench.chooseAction('Open model statistics of net.onnx');
    const panel = await workbench.panelFrame('#layer-0[aria-selected="true"]');
    await workbench.screenshot('panel-traced');
    await panel
      .locator('.layer-view .flags')
      .getByRole('button', { name: /saved\.py:5/ })
      .click();
    await workbench.seeCursorIn('saved.py', 5);
    await workbench.closeEditors();
  });

  test('the Explorer and a text editor lead to the panel as well', async () => {
    const row = workbench.page.locator('.explorer-folders-view .monaco-list-row');
    await workbench.runCommand('File: Focus on Files Explorer');
    await workbench.openFile('digits/healthy.onnx');
    await workbench.panelFrame('.chart canvas');
    await workbench.runCommand('View: Reopen Editor With Text Editor');
    await workbench.page.getByRole('button', { name: 'Open Model Statistics' }).first().click();
    await workbench.panelFrame('.chart canvas');
    await workbench.closeEditors();
    await workbench.insist('the panel of a file in the Explorer', async () => {
      await row.filter({ hasText: 'healthy.onnx' }).click({ button: 'right' });
      // A menu passes over a click that comes right after the one that opened it.
      await workbench.page.getByRole('menuitem', { name: 'Open Model Statistics' }).hover();
      await workbench.page.keyboard.press('Enter');
      await workbench.page.locator('.tab.active', { hasText: 'healthy.onnx' }).waitFor();
    });
    await workbench.panelFrame('.chart canvas');
    await workbench.closeEditors();
  });

  test('the commands show a rule, the log, and copy what a report needs', async () => {
    await workbench.answerCommand('BN Guard: Show Rule', 'BN301');
    await workbench.page.locator('.tab.active', { hasText: 'BN301' }).waitFor();
    await workbench.runCommand('BN Guard: Copy Debug Information');
    const told = await workbench.openNotifications();
    await told.filter({ hasText: 'It names no file' }).waitFor();
    await workbench.closeNotifications();
    await workbench.runCommand('BN Guard: Show Log');
    await workbench.page.locator('.part.panel .composite.title', { hasText: 'Output' }).waitFor();
    await workbench.page
      .locator('.part.panel .view-lines')
      .getByText(/the.language.server.answers/)
      .first()
      .waitFor();
    await workbench.screenshot('log');
    await workbench.runCommand('View: Hide Panel');
    await workbench.closeEditors();
  });

  test('the buttons of the view group, and its rows explain', async () => {
    const rows = await workbench.openFindingsView();
    const button = (name: string): Locator =>
      workbench.page.locator('.sidebar').getByRole('button', { name, exact: true });
    const group = (name: string, seen: string): Promise<void> =>
      workbench.insist(name, async () => {
        await rows.first().hover();
        await button(name).click();
        await rows.filter({ hasText: seen }).first().waitFor();
      });
    await group('Group Findings by File', 'BN101:92');
    await group('Group Findings by Rule', 'restore-trainable-only');
  });

  test('nothing offers to ignore where the user does not want it', async () => {
    await host.changeSettings({ 'bnGuard.showIgnoreActions': false });
    await workbench.reload();
    await workbench.openFile('momentum.py');
    await workbench.goToFinding();
    const menu = await workbench.openLightBulbMenu();
    const titles = await menu.locator('.monaco-list-row.action .title').allInnerTexts();
    expect(titles.filter((title) => title.startsWith('Ignore'))).toEqual([]);
    await workbench.page.keyboard.press('Escape');
  });
});

async function addPrograms(folder: string): Promise<void> {
  const at = (name: string): string => join(folder, name);
  await mkdir(at('export'));
  await copyFile(at('digits/broken.onnx'), at('export/net.onnx'));
  await writeFile(at('export/net.py'), exporting);
  await writeFile(at('momentum.py'), mixed);
  await writeFile(at('saved.py'), mixed);
  await writeFile(at('saved.ipynb'), notebook);
}

function notebookOf(cells: readonly string[]): string {
  return JSON.stringify({
    cells: cells.map((source) => ({
      ...{ cell_type: 'code', execution_count: null, metadata: {}, outputs: [] },
      source: [source],
    })),
    metadata: { language_info: { name: 'python' } },
    nbformat: 4,
    nbformat_minor: 5,
  });
}

function sourcesOf(notebook: string): readonly string[] {
  // Written by VS Code, in the format's own shape.
  const { cells } = JSON.parse(notebook) as { cells: readonly { source: readonly string[] }[] };
  return cells.map(({ source }) => source.join(''));
}
