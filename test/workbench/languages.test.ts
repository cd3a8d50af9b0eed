import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ServerHost } from '../../scripts/vscode/serverHost';
import { copyExamples, type Workspace } from '../../scripts/vscode/workspace';
import { escapedTexts } from '../panel/shownTexts';
import {
  copyPseudoExtension,
  outsideBrackets,
  type PseudoExtension,
  pseudoLanguage,
} from './pseudoLanguage';
import { Workbench } from './workbench';

describe('in a language that brackets every text of ours', () => {
  let workspace: Workspace;
  let extension: PseudoExtension;
  let host: ServerHost;
  let workbench: Workbench;

  beforeAll(async () => {
    workspace = await copyExamples();
    extension = await copyPseudoExtension();
    host = await ServerHost.start();
    const { folder } = workspace;
    const address = { folder, developmentPath: extension.folder };
    workbench = await Workbench.open(host, address, pseudoLanguage);
  });

  afterAll(async () => {
    await workbench.close();
    await host.stop();
    await extension.remove();
    await workspace.remove();
  });

  /** Texts of ours that are shown, and are more than names of the product and its rules. */
  const escaped = (texts: readonly string[]): readonly string[] =>
    texts
      .flatMap((text) => text.split('\n'))
      .map(outsideBrackets)
      .filter((text) => /\p{L}/u.test(text.replace(/BN Guard|\bBN\d{3}\b/g, '')));

  const showOurView = (): Promise<void> =>
    workbench.page.locator('.activitybar .action-label[aria-label^="BN Guard"]').click();

  test('the welcome of the findings view', async () => {
    await showOurView();
    const welcome = workbench.page
      .locator('.sidebar .welcome-view-content')
      .filter({ hasText: '⟦Scan Workspace⟧' });
    await welcome.waitFor();
    expect(escaped([await welcome.innerText()])).toEqual([]);
    await workbench.screenshot('pseudo-welcome');
  });

  test('the names of commands', async () => {
    await workbench.page.keyboard.press('F1');
    await workbench.page.keyboard.type('BN Guard');
    const rows = workbench.page.locator('.quick-input-widget .monaco-list-row');
    await rows.filter({ hasText: '⟦Restart⟧' }).waitFor();
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
    await workbench.page.getByRole('button', { name: '⟦Scan Workspace⟧' }).last().click();
    const row = workbench.findingRows().filter({ hasText: 'train_tf1.py:92' }).first();
    await row.waitFor();
    const told = await workbench.openNotifications();
    await told.filter({ hasText: 'findings in' }).waitFor();
    expect(escaped(await told.allInnerTexts())).toEqual([]);
    await workbench.runCommand('Notifications: Hide Notifications');
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
    const texts = await (await workbench.openLanguageStatus()).allInnerTexts();
    await workbench.screenshot('pseudo-status');
    expect(texts.join('\n')).toContain('⟦BatchNorm: certain⟧');
    // Names of what builds BatchNorm, versions, and places in the user's code.
    const names = /slim\.nets\.\w+|\(?[\w/]+\.py(:\d+|\))|(Keras|TensorFlow) \d,?|·/g;
    expect(escaped(texts).filter((text) => text.replace(names, '').trim() !== '')).toEqual([]);
    await workbench.page.keyboard.press('Escape');
  });

  test('the choice of a rule', async () => {
    await workbench.runCommand('BN Guard: ⟦Show Rule⟧');
    const input = workbench.page.locator('.quick-input-widget input').first();
    await expect.poll(() => input.getAttribute('placeholder')).toBe('⟦Which rule?⟧');
    const details = workbench.page.locator('.quick-input-widget .quick-input-list-label-meta');
    await details.first().waitFor();
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

  test('the walkthrough', async () => {
    await workbench.runCommand('Welcome: Open Walkthrough...');
    await workbench.page
      .locator('.quick-input-widget .monaco-list-row', { hasText: '⟦Get Started with BN Guard⟧' })
      .click();
    const page = workbench.page.locator('.gettingStartedContainer');
    const texts = page.locator(
      '.category-title, .category-description, .step-title, .step-description, .step-description-container button',
    );
    await page.locator('.step-title').first().waitFor();
    const shown = (await texts.allInnerTexts()).filter((text) => text.includes('⟦'));
    expect(shown.length).toBeGreaterThan(5);
    await workbench.screenshot('pseudo-walkthrough');
  });

  test('the settings', async () => {
    await workbench.runCommand('Preferences: Open Settings (UI)');
    // The editor takes the focus some time after it is shown.
    await workbench.page.locator('.settings-editor .suggest-input-container').click();
    await workbench.page.keyboard.type('@ext:bn-guard.bn-guard');
    const descriptions = workbench.page.locator('.settings-editor .setting-item-description');
    await descriptions.filter({ hasText: '⟦' }).first().waitFor();
    expect(escaped(await descriptions.allInnerTexts())).toEqual([]);
    await workbench.screenshot('pseudo-settings');
  });
});
