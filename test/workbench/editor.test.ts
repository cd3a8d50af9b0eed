import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { repositoryRoot } from '../../scripts/tools/repository';
import { ServerHost } from '../../scripts/vscode/serverHost';
import { copyExamples, type Workspace } from '../../scripts/vscode/workspace';
import { Workbench } from './workbench';

const patience = { timeout: 30_000 };

describe('what an editor shows of findings', () => {
  let workspace: Workspace;
  let host: ServerHost;
  let workbench: Workbench;

  beforeAll(async () => {
    workspace = await copyExamples();
    host = await ServerHost.start({ settings: { 'workbench.colorTheme': 'Dark Modern' } });
    const { folder } = workspace;
    workbench = await Workbench.open(host, { folder, developmentPath: repositoryRoot });
  });

  afterAll(async () => {
    await workbench.close();
    await host.stop();
    await workspace.remove();
  });

  test('the findings view invites to a scan before anything was found', async () => {
    await workbench.openFindingsView();
    await workbench.page.getByText('No finding so far').waitFor();
    await workbench.screenshot('findings-welcome');
  });

  test('a scan fills the view by rule, with a badge that counts the errors', async () => {
    await workbench.page.getByRole('button', { name: 'Scan Workspace' }).last().click();
    await workbench.page.getByText('The view Findings lists them').first().waitFor();
    const rows = workbench.findingRows();
    await rows.filter({ hasText: 'BN101' }).first().waitFor();
    await rows.filter({ hasText: 'train_tf1.py:92' }).first().waitFor();
    const badge = workbench.page.locator('.activitybar .badge-content:visible').last();
    await expect.poll(() => badge.innerText(), patience).toMatch(/^\d+$/);
    await workbench.screenshot('findings-by-rule');
  });

  test('the view groups by file as well, and leads to the place', async () => {
    await workbench.runCommand('BN Guard: Group Findings by File');
    const rows = await workbench.openFindingsView();
    await rows.filter({ hasText: 'train_tf1.py' }).first().waitFor();
    await rows.filter({ hasText: 'BN101:92' }).first().click();
    await workbench.page.locator('.tab.active', { hasText: 'train_tf1.py' }).waitFor();
    await workbench.screenshot('findings-by-file');
    await workbench.runCommand('BN Guard: Group Findings by Rule');
  });

  test('Problems lists findings of files that are not open', async () => {
    await workbench.runCommand('Problems: Focus on Problems View');
    const problems = workbench.page.locator('.markers-panel');
    await problems.getByText('train_torch.py').first().waitFor();
    await problems.getByText('finetune_cifar10.ipynb').first().waitFor();
    await workbench.screenshot('problems-closed-files');
    await workbench.runCommand('View: Hide Panel');
  });

  test('the hover says what is lost and names the rule', async () => {
    await workbench.openFile('train_tf1.py');
    await workbench.goToFinding();
    const hover = await workbench.hoverFinding();
    expect(await hover.innerText()).toContain('moving variance');
    expect(await hover.innerText()).toContain('BN101');
    await workbench.screenshot('hover-dark');
    await workbench.page.keyboard.press('Escape');
  });

  test('a notebook shows its finding in its cell', async () => {
    await workbench.openFile('finetune_cifar10.ipynb');
    await workbench.page.locator('.notebookOverlay .monaco-editor:visible').first().waitFor();
    const rows = await workbench.openFindingsView();
    await rows.filter({ hasText: 'finetune_cifar10.ipynb' }).click();
    await workbench.squiggles().first().waitFor();
    await workbench.screenshot('notebook-finding');
  });

  test('a notebook that is closed has its finding once, in the file', async () => {
    await workbench.runCommand('View: Close All Editors');
    const own = workbench.findingRows().filter({ hasText: 'finetune_cifar10.ipynb' });
    const texts = (): Promise<readonly string[]> => own.allInnerTexts();
    await expect.poll(texts, patience).toEqual([expect.stringContaining('Cell 7:')]);
  });

  test('the walkthrough shows its four steps, with a picture beside them', async () => {
    await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
    await workbench.runCommand('Welcome: Open Walkthrough...');
    await workbench.page
      .locator('.quick-input-widget .monaco-list-row', { hasText: 'Get Started with BN Guard' })
      .click();
    const steps = workbench.page.locator('.gettingStartedContainer .getting-started-step');
    await steps.first().waitFor();
    expect(await steps.count()).toBe(4);
    await workbench.page.locator('.getting-started-media img').first().waitFor();
    await workbench.screenshot('walkthrough');
    await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
  });

  test('each step of the walkthrough says what it is about, and CI has its recipe', async () => {
    const page = workbench.page.locator('.gettingStartedContainer');
    for (const title of ['Fix it', 'Look into a model', 'Put it into CI', 'See a finding']) {
      await page.locator('.getting-started-step', { hasText: title }).click();
      await page.locator('.getting-started-step.expanded', { hasText: title }).waitFor();
      if (title === 'Put it into CI') {
        await workbench.panelFrame('code:has-text("bn-guard")');
        await workbench.screenshot('walkthrough-ci');
      }
    }
  });

  test('the walkthrough opens an example model', async () => {
    const page = workbench.page.locator('.gettingStartedContainer');
    await page.locator('.getting-started-step', { hasText: 'Look into a model' }).click();
    await page.getByRole('button', { name: 'Open an Example Model' }).click();
    await workbench.panelFrame('.chart canvas');
    await workbench.runCommand('View: Close Editor');
    await page.locator('.getting-started-step', { hasText: 'See a finding' }).click();
  });

  test('the walkthrough opens an example that has a finding', async () => {
    await workbench.page.getByRole('button', { name: 'Open an Example' }).first().click();
    await workbench.page.locator('.tab.active', { hasText: 'Untitled' }).waitFor();
    await workbench.squiggles().first().waitFor();
  });

  test('findings come back after the language server was killed, and no text is lost', async () => {
    await workbench.openFile('train_torch.py');
    await workbench.goToFinding();
    await killLanguageServer();
    await workbench.page.keyboard.press('Control+Home');
    await workbench.page.keyboard.type('# typed while the server was away\n');
    await workbench.goToFinding();
    await workbench.page.keyboard.press('Control+Home');
    await workbench.page.getByText('# typed while the server was away').first().waitFor();
  });

  test('a server that keeps ending is given up, which is told once, and can be restarted', async () => {
    // Each new one comes after a longer pause; the fifth end within three minutes is the last.
    const ended = (): Promise<boolean> =>
      killLanguageServer().then(
        () => true,
        () => false,
      );
    for (let ends = 1; ends < 5; ends++) {
      await expect.poll(ended, { timeout: 20_000 }).toBe(true);
      await workbench.page.waitForTimeout(300);
    }
    await workbench.page.waitForTimeout(12_000);
    expect(await ended()).toBe(false);
    await workbench.openNotifications();
    const told = workbench.page
      .locator('.notifications-center .notification-list-item')
      .filter({ hasText: 'its language server keeps ending' });
    expect(await told.count()).toBe(1);
    const errors = workbench.page.locator('.notifications-center .codicon-error');
    expect(await errors.count()).toBe(1);
    await workbench.screenshot('server-given-up');
    await told.getByRole('button', { name: 'Restart' }).click();
    await workbench.page.locator('.tab.active').click();
    await workbench.goToFinding();
  });
});

/** Kills what runs our bundle of the server; VS Code's own processes do not name it. */
async function killLanguageServer(): Promise<void> {
  const bundle = join(repositoryRoot, 'dist/server.js');
  await promisify(execFile)('pkill', ['-KILL', '-f', bundle]);
}
