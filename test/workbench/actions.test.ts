import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ServerHost } from '../../scripts/vscode/serverHost';
import { teacherNets, teacherTraining } from '../programs';
import { useWindow } from './window';
import type { Workbench } from './workbench';

const themes = [
  ['light', 'Light Modern'],
  ['high-contrast', 'Default High Contrast'],
] as const;

describe('what a person does with a finding', () => {
  let workbench: Workbench;
  let host: ServerHost;
  let folder: string;

  useWindow({ prepare: addTeacher }, (window) => {
    ({ workbench, host, folder } = window);
  });

  test('the hover leads to where BatchNorm is', async () => {
    await workbench.openFile('train_tf1.py');
    await workbench.goToFinding();
    await workbench.insist('the place of BatchNorm', async () => {
      const hover = await workbench.hover();
      await hover.getByText('train_tf1.py(15, 42)').click();
      await workbench.cursor.filter({ hasText: 'Ln 15, Col 42' }).waitFor();
    });
  });

  test('the code of the finding is a link to the page of its rule', async () => {
    await workbench.openFile('train_tf1.py');
    await workbench.goToFinding();
    await workbench.insist('the page of the rule', async () => {
      const hover = await workbench.hover();
      await hover.locator('a', { hasText: 'BN101' }).click();
      await workbench.page.locator('.tab.active', { hasText: 'BN101' }).waitFor();
    });
    await workbench.panelFrame('h2:has-text("Why it matters")');
    await workbench.closeEditors();
  });

  test('the status beside the language says what is known of the file', async () => {
    await workbench.openFile('train_tf1.py');
    const items = await workbench.openLanguageStatus('BatchNorm: certain');
    const known = items.filter({ hasText: 'BatchNorm: certain' });
    await known.filter({ hasText: 'train_tf1.py:15' }).waitFor();
    const versions = items.filter({ hasText: 'TensorFlow 1' });
    await versions.filter({ hasText: 'needs tensorflow' }).waitFor();
    await workbench.screenshot('status-item');
    // Nothing runs out of the window.
    const width = workbench.page.viewportSize()?.width ?? 0;
    for (const item of await items.all()) {
      const box = await item.boundingBox();
      expect((box?.x ?? 0) + (box?.width ?? Infinity)).toBeLessThanOrEqual(width);
    }
    await workbench.insist('the place of BatchNorm', async () => {
      await workbench.openLanguageStatus('BatchNorm: certain');
      await known.getByText('Show', { exact: true }).click();
      await workbench.cursor.filter({ hasText: 'Ln 15' }).waitFor();
    });
  });

  test('the view explains a rule', async () => {
    await workbench.openFile('train_tf1.py');
    const rows = await workbench.openFindingsView();
    const rule = rows.filter({ hasText: 'restore-trainable-only' }).first();
    await workbench.insist('the page of the rule', async () => {
      await rule.hover();
      await rule.getByRole('button', { name: 'Explain' }).click();
      await workbench.page.locator('.tab.active', { hasText: 'BN101' }).waitFor();
    });
    await workbench.panelFrame('h2:has-text("Why it matters")');
    await workbench.screenshot('rule-page');
    await workbench.closeEditors();
  });

  test('a fix that spans files is shown, and made once it is looked at', async () => {
    await workbench.openFile('teacher/nets.py');
    await workbench.goToFinding();
    await workbench.chooseAction('Copy all weights (BN206, safe)');
    const preview = workbench.page.locator('.part.panel');
    await preview.getByText('Refactor Preview').first().waitFor();
    const rows = preview.locator('.monaco-list-row');
    await rows.filter({ hasText: 'nets.py' }).first().waitFor();
    await rows.filter({ hasText: 'train.py' }).first().waitFor();
    await workbench.screenshot('preview-of-fix');
    const text = (name: string): Promise<string> => readFile(join(folder, 'teacher', name), 'utf8');
    expect(await text('nets.py')).toBe(teacherNets);
    expect(await text('train.py')).toBe(teacherTraining);
    // Nothing is ticked before somebody has looked; a file's box ticks what is in it.
    for (const name of ['nets.py', 'train.py']) {
      const box = rows.filter({ hasText: name }).first().getByRole('checkbox').first();
      await workbench.insist(`the tick of ${name}`, async () => {
        if (!(await box.isChecked())) await box.click();
        expect(await box.isChecked()).toBe(true);
      });
    }
    await preview.getByRole('button', { name: 'Apply', exact: true }).click();
    // What is applied is there to be saved some time after the click.
    await workbench.insist('the fix on disk', async () => {
      await workbench.runCommand('File: Save All Files');
      expect(await text('nets.py')).toContain('self.net.weights)');
      expect(await text('train.py')).toContain('self.student.weights)');
    });
    await workbench.closeEditors();
  });

  test.each(themes)('a finding looks at home in the %s theme', async (name, theme) => {
    await host.changeSettings({ 'workbench.colorTheme': theme });
    await workbench.reload();
    await workbench.openFile('train_tf1.py');
    await workbench.goToFinding();
    await workbench.openFindingsView();
    await workbench.page.locator('.tab.active').click();
    await workbench.hover();
    await workbench.screenshot(`hover-${name}`);
    await workbench.page.keyboard.press('Escape');
    await workbench.openQuickFixes();
    await workbench.screenshot(`light-bulb-${name}`);
    await workbench.page.keyboard.press('Escape');
  });

  test('a scan counts files while it runs, and can be cancelled', async () => {
    await fill(join(folder, 'many'), 4000);
    const item = workbench.page.locator('.notifications-center .notification-list-item', {
      hasText: 'scanning the workspace',
    });
    // On a fast machine the files may have been read before anybody has looked.
    await workbench.insist('a scan that is cancelled', async () => {
      await workbench.runCommand('BN Guard: Restart');
      await workbench.runCommand('BN Guard: Scan Workspace');
      // By its keys, while the files are being read.
      await workbench.page.keyboard.press('Control+K');
      await workbench.page.keyboard.press('Control+Shift+N');
      await item.filter({ hasText: /\d+ Python files and notebooks/ }).waitFor();
      await workbench.screenshot('scan-progress');
      await item.getByRole('button', { name: 'Cancel' }).click();
    });
    await item.waitFor({ state: 'hidden' });
  });
});

async function addTeacher(folder: string): Promise<void> {
  await mkdir(join(folder, 'teacher'));
  await writeFile(join(folder, 'teacher/nets.py'), teacherNets);
  await writeFile(join(folder, 'teacher/train.py'), teacherTraining);
}

/** Files that each hold a word of a framework, so that every one is read. */
async function fill(folder: string, count: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (let index = 0; index < count; index++) {
    const text = `import torch\nbn = torch.nn.BatchNorm2d(${String(index)})\n`;
    await writeFile(join(folder, `file_${String(index)}.py`), text.repeat(20));
  }
}
