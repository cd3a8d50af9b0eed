import { describe, expect, test } from 'vitest';
import { killAll, pidsOf } from './processes';
import { useWindow } from './window';
import type { Workbench } from './workbench';

describe('what an editor shows of findings', () => {
  let workbench: Workbench;

  useWindow({}, (window) => {
    ({ workbench } = window);
  });

  const openWalkthrough = (): Promise<void> =>
    workbench.answerCommand('Welcome: Open Walkthrough...', 'Get Started with BN Guard');

  const openStep = (title: string): Promise<void> =>
    workbench.insist(`the step "${title}"`, async () => {
      const own = { hasText: title };
      const expanded = workbench.page.locator('.getting-started-step.expanded', own);
      if (await expanded.isVisible()) return;
      await workbench.page.locator('.getting-started-step', own).click();
      await expanded.waitFor();
    });

  test('the findings view invites to a scan before anything was found', async () => {
    await workbench.openFindingsView();
    await workbench.page.getByText('No finding so far').waitFor();
    await workbench.screenshot('findings-welcome');
  });

  test('a scan fills the view by rule, with a badge that counts the errors', async () => {
    const rows = await workbench.openFindingsView();
    await workbench.page.getByRole('button', { name: 'Scan Workspace' }).last().click();
    await workbench.page.getByText('The view Findings lists them').first().waitFor();
    await rows.filter({ hasText: 'BN101' }).first().waitFor();
    await rows.filter({ hasText: 'train_tf1.py:92' }).first().waitFor();
    const badge = workbench.page.locator('.activitybar .badge-content:visible').last();
    await expect.poll(() => badge.innerText()).toMatch(/^\d+$/);
    await workbench.screenshot('findings-by-rule');
  });

  test('the view groups by file as well, and leads to the place', async () => {
    await workbench.runCommand('BN Guard: Group Findings by File');
    const rows = await workbench.openFindingsView();
    await rows.filter({ hasText: 'train_tf1.py' }).first().waitFor();
    await workbench.insist('the file of a finding', async () => {
      await rows.filter({ hasText: 'BN101:92' }).first().click();
      await workbench.page.locator('.tab.active', { hasText: 'train_tf1.py' }).waitFor();
    });
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
    const hover = await workbench.hover('moving variance');
    await hover.getByText('BN101').first().waitFor();
    await workbench.screenshot('hover-dark');
    await workbench.page.keyboard.press('Escape');
  });

  test('a notebook shows its finding in its cell', async () => {
    await workbench.openFile('finetune_cifar10.ipynb');
    await workbench.page.locator('.notebookOverlay .monaco-editor:visible').first().waitFor();
    const rows = await workbench.openFindingsView();
    await workbench.insist('the cell of a finding', async () => {
      // The file's own finding gives way to that of its cell.
      await rows.filter({ hasText: 'finetune_cifar10.ipynb' }).click();
      await workbench.squiggles().first().waitFor();
    });
    await workbench.screenshot('notebook-finding');
  });

  test('a notebook that is closed has its finding once, in the file', async () => {
    await workbench.closeEditors();
    const own = workbench.findingRows().filter({ hasText: 'finetune_cifar10.ipynb' });
    const texts = (): Promise<readonly string[]> => own.allInnerTexts();
    await expect.poll(texts).toEqual([expect.stringContaining('Cell 7:')]);
  });

  test('the walkthrough shows its four steps, with a picture beside them', async () => {
    await workbench.runCommand('View: Close Primary Side Bar');
    await openWalkthrough();
    const steps = workbench.page.locator('.gettingStartedContainer .getting-started-step');
    await expect.poll(() => steps.count()).toBe(4);
    const picture = workbench.page.locator('.getting-started-media img').first();
    const width = (): Promise<number> =>
      picture.evaluate((image) => (image as HTMLImageElement).naturalWidth);
    await expect.poll(width).toBeGreaterThan(0);
    await workbench.screenshot('walkthrough');
    await workbench.openFindingsView();
  });

  test('each step of the walkthrough says what it is about, and CI has its recipe', async () => {
    await openWalkthrough();
    for (const title of ['Fix it', 'Look into a model', 'Put it into CI', 'See a finding']) {
      await openStep(title);
      if (title === 'Put it into CI') {
        await workbench.panelFrame('code:has-text("bn-guard")');
        await workbench.screenshot('walkthrough-ci');
      }
    }
  });

  test('the walkthrough opens an example model', async () => {
    await openWalkthrough();
    await openStep('Look into a model');
    await workbench.page.getByRole('button', { name: 'Open an Example Model' }).click();
    await workbench.panelFrame('.chart canvas');
    await workbench.closeEditors();
  });

  test('the walkthrough opens an example that has a finding', async () => {
    await openWalkthrough();
    await openStep('See a finding');
    await workbench.page.getByRole('button', { name: 'Open an Example', exact: true }).click();
    await workbench.page.locator('.tab.active', { hasText: 'Untitled' }).waitFor();
    await workbench.squiggles().first().waitFor();
  });

  test('findings come back after the language server was killed, and no text is lost', async () => {
    await workbench.openFile('train_torch.py');
    await workbench.goToFinding();
    const before = await killAll('server');
    await workbench.page.keyboard.press('Control+Home');
    await workbench.page.keyboard.type('# typed while the server was away\n');
    await expect.poll(anotherServer(before)).toBe(true);
    await workbench.goToFinding();
    await workbench.page.keyboard.press('Control+Home');
    await workbench.page.getByText('# typed while the server was away').first().waitFor();
  });

  test('a server that is killed before it has answered comes back as well', async () => {
    await workbench.openFile('train_torch.py');
    const before = await pidsOf('server');
    await workbench.runCommand('BN Guard: Restart');
    const killYoung = async (): Promise<number> => {
      const young = (await pidsOf('server')).filter((pid) => !before.includes(pid));
      young.forEach((pid) => process.kill(pid, 'SIGKILL'));
      return young.length;
    };
    await expect.poll(killYoung, { interval: 10 }).toBe(1);
    await workbench.answerCommand('BN Guard: Show Rule', 'BN301');
    await workbench.page.locator('.tab.active', { hasText: 'BN301' }).waitFor();
    await workbench.closeEditors();
  });

  test('a server that keeps ending is given up, which is told once, and can be restarted', async () => {
    await workbench.openFile('train_torch.py');
    // At a second try it may have been given up already.
    if ((await pidsOf('server')).length === 0) await workbench.runCommand('BN Guard: Restart');
    await workbench.goToFinding();
    await workbench.runCommand('Notifications: Show Notifications');
    const items = workbench.page.locator('.notifications-center .notification-list-item');
    const told = items.filter({ hasText: 'its language server keeps ending' });
    const ended = new Set<number>();
    const isTold = async (): Promise<boolean> => {
      for (const pid of await killAll('server')) ended.add(pid);
      return (await told.count()) > 0;
    };
    // Each new one comes after a longer pause.
    await expect.poll(isTold, { timeout: 60_000 }).toBe(true);
    expect(ended.size).toBeLessThanOrEqual(5);
    expect(await told.count()).toBe(1);
    const errors = workbench.page.locator('.notifications-center .codicon-error');
    expect(await errors.count()).toBe(1);
    await workbench.screenshot('server-given-up');
    // As long as the longest pause before a new start, and some more.
    await workbench.page.waitForTimeout(10_000);
    expect(await pidsOf('server')).toEqual([]);
    await workbench.openNotifications();
    await told.getByRole('button', { name: 'Restart' }).click();
    await workbench.page.locator('.tab.active').click();
    await workbench.goToFinding();
  });
});

describe('a window without a folder', () => {
  let workbench: Workbench;

  useWindow({ hasFolder: false }, (window) => {
    ({ workbench } = window);
  });

  test('has a view of findings that leads to opening one', async () => {
    await workbench.openFindingsView();
    const welcome = workbench.page
      .locator('.sidebar .welcome-view-content')
      .filter({ hasText: 'Open a folder with training code' });
    await welcome.waitFor();
    expect(await welcome.getByRole('button').allInnerTexts()).toEqual(['Open Folder']);
    const scan = workbench.page.locator('.sidebar').getByRole('button', { name: 'Scan Workspace' });
    expect(await scan.count()).toBe(0);
    await workbench.screenshot('findings-welcome-no-folder');
    await workbench.insist('the dialog for a folder', async () => {
      await welcome.getByRole('button', { name: 'Open Folder' }).click();
      await workbench.page.locator('.quick-input-widget', { hasText: 'Open Folder' }).waitFor();
    });
    await workbench.quickInput.close();
  });
});

/** Whether there is a server that is none of these. */
function anotherServer(ended: readonly number[]): () => Promise<boolean> {
  return async () => (await pidsOf('server')).some((pid) => !ended.includes(pid));
}
