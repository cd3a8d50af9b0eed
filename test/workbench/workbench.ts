// The workbench as a person uses it: files, squiggles, the light bulb, a panel.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Frame, Locator, Page } from 'playwright-core';
import { launchBrowser } from '../../scripts/vscode/browser';
import type { PageAddress, ServerHost } from '../../scripts/vscode/serverHost';
import type { WebHost } from '../../scripts/vscode/webHost';
import { repositoryRoot } from '../../scripts/tools/repository';

const patienceMs = 45_000;

export class Workbench {
  readonly page: Page;
  readonly #browser: Browser;

  private constructor(page: Page, browser: Browser) {
    this.page = page;
    this.#browser = browser;
  }

  /** @param language as VS Code names it; English when absent */
  static async open(host: ServerHost, address: PageAddress, language?: string): Promise<Workbench> {
    return Workbench.#openPage(host.pageUrl(address), language);
  }

  /** The workbench that needs no server. */
  static async openWeb(host: WebHost, language?: string): Promise<Workbench> {
    return Workbench.#openPage(host.pageUrl(), language);
  }

  static async #openPage(url: string, language?: string): Promise<Workbench> {
    const browser = await launchBrowser();
    const page = await browser.newPage({ viewport: { width: 1280, height: 1100 } });
    if (language !== undefined) await page.addInitScript(speak, language);
    page.setDefaultTimeout(patienceMs);
    // A page with unsaved text asks before it is left; a person who reloads says yes.
    page.on('dialog', (dialog) => void dialog.accept());
    await page.goto(url);
    await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
    return new Workbench(page, browser);
  }

  /** Opens a file by its name in the way of Ctrl+P. */
  async openFile(name: string): Promise<void> {
    const base = name.split('/').at(-1) ?? name;
    const input = this.page.locator('.quick-input-widget input').first();
    const row = this.page.locator('.quick-input-widget .monaco-list-row', { hasText: base });
    // A window that is still being restored can take the focus, and the list is gone again.
    for (let attempt = 0; attempt < 5; attempt++) {
      await this.page.keyboard.press('Control+P');
      await input.fill(name, { timeout: 5000 }).catch(() => undefined);
      if (await appears(row.first(), 10_000)) {
        // Enter takes what is marked, which may still be another one while the list is filled.
        await row
          .first()
          .click({ timeout: 5000 })
          .catch(() => undefined);
        const tab = this.page.locator('.tab.active', { hasText: base });
        if (await appears(tab, 10_000)) return;
      }
      await this.page.keyboard.press('Escape');
    }
    await this.screenshot('failed-open');
    throw new Error(`"${name}" was not opened.`);
  }

  /** Opens a file in the way of a double click; its folder is opened first. */
  async openInExplorer(path: string): Promise<void> {
    const names = path.split('/');
    const row = (name: string): Locator =>
      this.page.locator(`.explorer-folders-view .monaco-list-row[aria-label^="${name}"]`);
    const tab = this.page.locator('.tab.active', { hasText: names.at(-1) ?? '' });
    for (let attempt = 0; attempt < 5; attempt++) {
      for (const [index, folder] of names.slice(0, -1).entries()) {
        const next = row(names[index + 1] ?? '');
        if (!(await appears(next, 500))) await row(folder).click();
        await next.waitFor();
      }
      await row(names.at(-1) ?? '').dblclick();
      if (await appears(tab, 10_000)) return;
    }
    await this.screenshot('failed-open');
    throw new Error(`"${path}" was not opened.`);
  }

  /** Runs a command by its title, as a person does who knows its name. */
  async runCommand(title: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget input').first();
    const rows = this.page.locator('.quick-input-widget .monaco-list-row');
    // A command of an extension that is still loading is not in the list at once.
    for (let attempt = 0; attempt < 10; attempt++) {
      await this.page.keyboard.press('F1');
      // An editor that is being shown can take the focus, and the list is gone again.
      if (!(await appears(input, 3000))) {
        continue;
      }
      await input.fill(`>${title}`, { timeout: 3000 }).catch(() => undefined);
      const row = rows.filter({ hasText: title }).first();
      if (await appears(row, 3000)) {
        await row.click();
        return;
      }
      await this.page.keyboard.press('Escape');
    }
    await this.screenshot('failed-command');
    throw new Error(`There is no command "${title}".`);
  }

  /** Shows our view container and the rows of the view *Findings*. */
  async openFindingsView(): Promise<Locator> {
    await this.runCommand('BN Guard: Focus on Findings View');
    await this.page.locator('.sidebar .composite.title', { hasText: 'BN Guard' }).waitFor();
    return this.findingRows();
  }

  findingRows(): Locator {
    return this.page.locator('.sidebar .pane-body .monaco-list-row');
  }

  /** The explanation of the finding at the cursor, as the pointer over it would show it. */
  async hoverFinding(): Promise<Locator> {
    const hover = this.page.locator('.monaco-hover:visible', { hasText: 'BN Guard' }).first();
    // An editor that is still being restored lets the keys fall, or moves under the hover.
    for (let attempt = 0; attempt < 5; attempt++) {
      await this.page.keyboard.press('Control+K');
      await this.page.keyboard.press('Control+I');
      if (await appears(hover, 5000)) return hover;
      await this.page.locator('.tab.active').click();
    }
    await this.screenshot('failed-hover');
    throw new Error('The editor showed no hover.');
  }

  /** Squiggles of any severity in the lines that are shown. */
  squiggles(): Locator {
    const kinds = ['error', 'warning', 'info'];
    return this.page.locator(kinds.map((kind) => `.monaco-editor .squiggly-${kind}`).join(', '));
  }

  /** Goes to the next finding of the file, as Alt+F8 does; fails when none comes in time. */
  async goToFinding(): Promise<void> {
    const deadline = Date.now() + patienceMs;
    const explanation = this.page.locator('.monaco-editor .marker-widget');
    const squiggle = this.squiggles().first();
    while (Date.now() < deadline) {
      await this.page.locator('.monaco-editor .view-lines').first().click();
      await this.page.keyboard.press('Alt+F8');
      if (!(await appears(explanation, 1500))) continue;
      await this.page.keyboard.press('Escape');
      await squiggle.waitFor();
      return;
    }
    await this.screenshot('failed-finding');
    throw new Error(`The editor showed no finding within ${String(patienceMs / 1000)} s.`);
  }

  /** Puts the cursor at a place, both counted from 1. */
  async goTo(line: number, column: number): Promise<void> {
    await this.page.keyboard.press('Control+G');
    const input = this.page.locator('.quick-input-widget input').first();
    await input.fill(`:${String(line)}:${String(column)}`);
    await this.page.keyboard.press('Enter');
  }

  /** The lines of the active editor that are in sight. */
  async editorText(): Promise<string> {
    const lines = await this.page
      .locator('.editor-group-container.active .monaco-editor .view-line')
      .allInnerTexts();
    return lines.join('\n').replaceAll('\u00a0', ' ');
  }

  /** Opens the menu of the light bulb in the line of the cursor. */
  async openLightBulbMenu(): Promise<Locator> {
    // In the text where there is room beside it, else in the margin.
    const kinds = ['codicon-light-bulb', 'codicon-lightbulb', 'codicon-gutter-lightbulb'];
    const bulbs = kinds.map((kind) => `.monaco-editor [class*="${kind}"]:visible`).join(', ');
    await this.page.locator(bulbs).first().click();
    const menu = this.page.locator('.action-widget');
    await menu.locator('.monaco-list-row.action').first().waitFor();
    return menu;
  }

  /** The same menu by keyboard, with the entry below it that explains its words. */
  async openQuickFixes(): Promise<Locator> {
    await this.page.keyboard.press('Control+.');
    const menu = this.page.locator('.action-widget');
    await menu.locator('.monaco-list-row.action').first().waitFor();
    return menu;
  }

  /** The frame of the extension's page that holds an element matching the selector. */
  async panelFrame(selector: string): Promise<Frame> {
    const deadline = Date.now() + patienceMs;
    while (Date.now() < deadline) {
      for (const frame of this.page.frames()) {
        const count = await frame
          .locator(selector)
          .count()
          .catch(() => 0);
        if (count > 0) return frame;
      }
      await this.page.waitForTimeout(200);
    }
    await this.screenshot('failed-panel');
    throw new Error(`No frame showed "${selector}" within ${String(patienceMs / 1000)} s.`);
  }

  /** What VS Code has told: where a toast is not shown, it is in this list. */
  async openNotifications(): Promise<Locator> {
    await this.runCommand('Notifications: Show Notifications');
    const list = this.page.locator('.notifications-center .notification-list-item-message');
    await list.first().waitFor();
    return list;
  }

  /** The box with what extensions say about the language of the file. */
  async openLanguageStatus(): Promise<Locator> {
    await this.page.locator('[id="status.languageStatus"]').click();
    const items = this.page.locator('.hover-language-status');
    await items.first().waitFor();
    return items;
  }

  /** As when a person reloads the window: settings are read again. */
  async reload(): Promise<void> {
    await this.page.reload();
    const shown = ['.monaco-list-row', '.welcome-view-content'];
    const sideBar = shown.map((own) => `.part.sidebar ${own}`).join(', ');
    await this.page.locator(sideBar).first().waitFor();
  }

  async screenshot(name: string): Promise<void> {
    const folder = join(repositoryRoot, 'out/screenshots');
    await mkdir(folder, { recursive: true });
    await this.page.screenshot({ path: join(folder, `${name}.png`) });
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }
}

/** Runs in the page. The file with the workbench's own texts in a language sets this as well. */
function speak(language: string): void {
  Object.assign(globalThis, { _VSCODE_NLS_LANGUAGE: language });
}

function appears(locator: Locator, timeout: number): Promise<boolean> {
  return locator.waitFor({ timeout }).then(
    () => true,
    () => false,
  );
}
