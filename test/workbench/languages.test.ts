import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, describe, expect, test } from 'vitest';
import { escapedTexts } from '../panel/shownTexts';
import {
  copyPseudoExtension,
  outsideBrackets,
  type PseudoExtension,
  pseudoLanguage,
} from './pseudoLanguage';
import { useWindow } from './window';
import type { Workbench } from './workbench';

describe('in a language that brackets every text of ours', () => {
  let workbench: Workbench;
  let folder: string;
  let copy: PseudoExtension;

  const extension = async (): Promise<{ readonly developmentPath: string }> => {
    copy = await copyPseudoExtension();
    return { developmentPath: copy.folder };
  };
  useWindow({ extension, language: pseudoLanguage }, (window) => {
    ({ workbench, folder } = window);
  });

  afterAll(() => copy.remove());

  const answerDialog = (title: string, name: string): Promise<void> =>
    workbench.quickInput.answerDialog(title, join(folder, name));

  /** Texts of ours that are shown, and are more than names of the product and its rules. */
  const escaped = (texts: readonly string[]): readonly string[] =>
    texts
      .flatMap((text) => text.split('\n'))
      .map(outsideBrackets)
      .filter((text) => /\p{L}/u.test(text.replace(/BN Guard|\bBN\d{3}\b/g, '')));

  const openWelcome = async (): Promise<Locator> => {
    const content = '.sidebar .welcome-view-content';
    const welcome = workbench.page.locator(content, { hasText: '⟦Scan Workspace⟧' });
    await workbench.insist('our view', async () => {
      // A click on the icon of a view that is shown hides it.
      if (await welcome.isVisible()) return;
      const icon = '.activitybar .action-label[aria-label^="BN Guard"]';
      await workbench.page.locator(icon).click();
      await welcome.waitFor();
    });
    return welcome;
  };

  test('the welcome of the findings view', async () => {
    const welcome = await openWelcome();
    expect(escaped([await welcome.innerText()])).toEqual([]);
    await workbench.screenshot('pseudo-welcome');
  });

  test('the names of commands', async () => {
    const rows = workbench.quickInput.rowsWith('BN Guard');
    await workbench.insist('our commands', async () => {
      await workbench.quickInput.ask('F1', '>BN Guard');
      await rows.filter({ hasText: '⟦Restart⟧' }).waitFor();
    });
    // Below each name VS Code shows the English one, for those who know it.
    const names = await rows.locator('.quick-input-list-row').first().innerText();
    expect(names).not.toBe('');
    const labels = (await rows.allInnerTexts()).map((text) => text.split('\n')[0] ?? '');
    expect(labels.length).toBeGreaterThan(8);
    const focus = 'BN Guard: Focus on  View';
    expect(escaped(labels).filter((text) => text !== focus)).toEqual([]);
    await workbench.page.keyboard.press('Escape');
  });

  test('a scan and what it finds', async () => {
    const welcome = await openWelcome();
    await welcome.getByRole('button', { name: '⟦Scan Workspace⟧' }).click();
    const row = workbench.findingRows().filter({ hasText: 'train_tf1.py:92' }).first();
    await row.waitFor();
    const told = await workbench.openNotifications();
    await told.filter({ hasText: 'findings in' }).waitFor();
    expect(escaped(await told.allInnerTexts())).toEqual([]);
    await workbench.closeNotifications();
    // The message is the command line's; what the rule finds follows it.
    expect(await row.innerText()).toContain('⟦Only trainable variables are restored');
    const counts = workbench.page.locator('.sidebar .pane-header .description');
    expect(escaped(await counts.allInnerTexts())).toEqual([]);
    const badge = workbench.page.locator('.activitybar .action-label[aria-label^="BN Guard"]');
    expect(escaped([(await badge.getAttribute('aria-label')) ?? ''])).toEqual([]);
    await workbench.screenshot('pseudo-findings');
  });

  test('the light bulb', async () => {
    await workbench.openFile('train_tf1.py');
    await workbench.goToFinding();
    const menu = await workbench.openLightBulbMenu();
    const actions = await menu.locator('.monaco-list-row.action').allInnerTexts();
    await workbench.screenshot('pseudo-light-bulb');
    expect(actions.length).toBeGreaterThan(3);
    expect(escaped(actions)).toEqual([]);
    await workbench.page.keyboard.press('Escape');
  });

  test('the status beside the language', async () => {
    await workbench.openFile('train_tf1.py');
    const items = await workbench.openLanguageStatus('⟦BatchNorm: certain⟧');
    const texts = await items.allInnerTexts();
    await workbench.screenshot('pseudo-status');
    // Names of what builds BatchNorm, versions, and places in the user's code.
    const names = /slim\.nets\.\w+|\(?[\w/]+\.py(:\d+|\))|(Keras|TensorFlow) \d,?|·/g;
    expect(escaped(texts).filter((text) => text.replace(names, '').trim() !== '')).toEqual([]);
    await workbench.page.keyboard.press('Escape');
  });

  test('the choice of a rule', async () => {
    const details = workbench.page.locator('.quick-input-widget .quick-input-list-label-meta');
    await workbench.insist('the rules', async () => {
      await workbench.runCommand('BN Guard: ⟦Show Rule⟧');
      await workbench.quickInput.placeholder('⟦Which rule?⟧').waitFor();
      await details.filter({ hasText: '⟦' }).first().waitFor();
    });
    expect(escaped(await details.allInnerTexts())).toEqual([]);
    await workbench.page.keyboard.press('Escape');
  });

  test('the model panel, before and after a run', async () => {
    await workbench.openFile('digits/broken.onnx');
    const panel = await workbench.panelFrame('.chart canvas');
    expect(await escapedTexts(panel)).toEqual([]);
    await panel.getByRole('button', { name: '⟦Run Model⟧' }).click();
    await panel.locator('.run-status', { hasText: '⟦Evaluation pass and batch pass⟧' }).waitFor();
    await workbench.screenshot('pseudo-panel');
    expect(await escapedTexts(panel)).toEqual([]);
  });

  test('a comparison with another model, and a repaired copy', async () => {
    await workbench.openFile('digits/broken.onnx');
    const panel = await workbench.panelFrame('.chart canvas');
    await panel.getByRole('tab', { name: '⟦Compare and Repair⟧' }).click();
    await panel.getByRole('button', { name: '⟦Compare with Another Model…⟧' }).waitFor();
    expect(await escapedTexts(panel)).toEqual([]);
    await panel.getByRole('button', { name: '⟦Compare with Another Model…⟧' }).click();
    await answerDialog('⟦Choose the model to compare', 'digits/healthy.onnx');
    await panel.locator('.pairs tbody tr').first().waitFor();
    await panel.locator('.comparison-charts canvas').first().waitFor();
    await workbench.screenshot('pseudo-compare');
    expect(await escapedTexts(panel)).toEqual([]);
    const samples = panel.locator('.compare').getByRole('button', { name: '⟦Choose Input…⟧' });
    const kind = workbench.quickInput.rowsWith('⟦NumPy file');
    await workbench.insist('the kinds of input', async () => {
      await samples.click();
      await kind.waitFor();
    });
    const labels = workbench.page.locator('.quick-input-list-row:first-child .label-name');
    expect(escaped(await labels.allInnerTexts())).toEqual([]);
    await workbench.quickInput.take(kind);
    await answerDialog('⟦Choose the samples', 'digits/mixed.npz');
    await panel.getByRole('button', { name: '⟦Repair…⟧' }).click();
    // A name that no earlier try has used: VS Code asks before it replaces a file.
    await answerDialog('⟦Write a Repaired Copy⟧', `digits/mended-${String(Date.now())}.onnx`);
    await panel.locator('.repaired').waitFor();
    await workbench.screenshot('pseudo-repair');
    expect(await escapedTexts(panel)).toEqual([]);
  });

  test('the walkthrough', async () => {
    const walkthrough = '⟦Get Started with BN Guard⟧';
    await workbench.answerCommand('Welcome: Open Walkthrough...', walkthrough);
    const page = workbench.page.locator('.gettingStartedContainer');
    const texts = page.locator(
      '.category-title, .category-description, .step-title, .step-description, .step-description-container button',
    );
    const shown = texts.filter({ hasText: '⟦' });
    await expect.poll(() => shown.count()).toBeGreaterThan(5);
    await workbench.screenshot('pseudo-walkthrough');
  });

  test('the settings', async () => {
    await workbench.runCommand('Preferences: Open Settings (UI)');
    const descriptions = workbench.page.locator('.settings-editor .setting-item-description');
    // The editor takes the focus some time after it is shown.
    await workbench.insist('our settings', async () => {
      await workbench.page.locator('.settings-editor .suggest-input-container').click();
      await workbench.page.keyboard.press('Control+A');
      await workbench.page.keyboard.type('@ext:bn-guard.bn-guard');
      await descriptions.filter({ hasText: '⟦' }).first().waitFor();
    });
    expect(escaped(await descriptions.allInnerTexts())).toEqual([]);
    await workbench.screenshot('pseudo-settings');
  });
});
