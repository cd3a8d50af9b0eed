// The workbench as a person uses it: files, squiggles, the light bulb, a panel.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Frame, Locator, Page } from 'playwright-core';
import { launchBrowser } from '../../scripts/vscode/browser';
import type { PageAddress, ServerHost } from '../../scripts/vscode/serverHost';
import type { WebHost } from '../../scripts/vscode/webHost';
import { repositoryRoot } from '../../scripts/tools/repository';
import { insist, patienceMs } from './insist';
import { QuickInput } from './quickInput';

export class Workbench {
  readonly page: Page;
  readonly quickInput: QuickInput;
  readonly #browser: Browser;

  private constructor(page: Page, browser: Browser) {
    this.page = page;
    this.quickInput = new QuickInput(page);
    this.#browser = browser;
  }

  /** @param language as VS Code names it; English when absent */
  static async open(host: ServerHost, address: PageAddress, language?: string): Promise<Workbench> {
    const hasFolder = address.folder !== undefined;
    return Workbench.#openPage(host.pageUrl(address), { language, hasFolder });
  }

  /** The workbench that needs no server. */
  static async openWeb(host: WebHost, language?: string): Promise<Workbench> {
    return Workbench.#openPage(host.pageUrl(), { language, hasFolder: true });
  }

  static async #openPage(
    url: string,
    {
      language,
      hasFolder,
    }: { readonly language?: string | undefined; readonly hasFolder: boolean },
  ): Promise<Workbench> {
    const browser = await launchBrowser();
    const page = await browser.newPage({ viewport: { width: 1280, height: 1100 } });
    if (language !== undefined) await page.addInitScript(speak, language);
    page.setDefaultTimeout(patienceMs);
    // A page with unsaved text asks before it is left; a person who reloads says yes.
    page.on('dialog', (dialog) => void dialog.accept());
    const workbench = new Workbench(page, browser);
    await page
      .goto(url)
      .then(() => workbench.#awaitStart(hasFolder))
      .catch(async (error: unknown) => {
        await workbench.screenshot('failed-to-open');
        await workbench.close();
        throw error;
      });
    return workbench;
  }

  /** {@link insist}, with a picture of what was there instead. */
  async insist(what: string, step: () => Promise<void>): Promise<void> {
    await insist(this.page, what, step).catch(async (error: unknown) => {
      await this.screenshot(`failed-${what.replace(/\W+/g, '-').slice(0, 60)}`);
      throw error;
    });
  }

  /** Opens a file by its name in the way of Ctrl+P. */
  async openFile(name: string): Promise<void> {
    const base = name.split('/').at(-1) ?? name;
    await this.insist(`"${name}" in an editor`, async () => {
      await this.quickInput.ask('Control+P', name);
      await this.quickInput.take(this.quickInput.rowsWith(base).first());
      await this.page.locator('.tab.active', { hasText: base }).waitFor();
    });
  }

  /** Opens a file in the way of a double click; its folder is opened first. */
  async openInExplorer(path: string): Promise<void> {
    const names = path.split('/');
    const row = (name: string): Locator =>
      this.page.locator(`.explorer-folders-view .monaco-list-row[aria-label^="${name}"]`);
    const tab = this.page.locator('.tab.active', { hasText: names.at(-1) ?? '' });
    await this.insist(`"${path}" in an editor`, async () => {
      for (const [index, folder] of names.slice(0, -1).entries()) {
        const next = row(names[index + 1] ?? '');
        if (!(await next.isVisible())) await row(folder).click();
        await next.waitFor();
      }
      await row(names.at(-1) ?? '').dblclick();
      await tab.waitFor();
    });
  }

  /** Runs a command by its title, as a person does who knows its name. */
  async runCommand(title: string): Promise<void> {
    await this.insist(`the command "${title}"`, () => this.#chooseCommand(title));
  }

  /** Runs a command that asks, and chooses what it offers. */
  async answerCommand(title: string, answer: string): Promise<void> {
    await this.insist(`"${answer}" of "${title}"`, async () => {
      await this.#chooseCommand(title);
      await this.quickInput.rowTitled(title).waitFor({ state: 'hidden' });
      // A long list has not all of its rows in the page.
      await this.quickInput.narrow(answer);
      await this.quickInput.take(this.quickInput.rowsWith(answer).first());
    });
  }

  async #chooseCommand(title: string): Promise<void> {
    await this.quickInput.ask('F1', `>${title}`);
    await this.quickInput.take(this.quickInput.rowTitled(title));
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

  /** The explanation of what is at the cursor, as the pointer over it would show it. */
  async hover(words = 'BN Guard'): Promise<Locator> {
    const hover = this.page.locator('.monaco-hover:visible', { hasText: words }).first();
    await this.insist(`a hover with "${words}"`, async () => {
      await this.page.keyboard.press('Control+K');
      await this.page.keyboard.press('Control+I');
      await hover.waitFor().catch(this.#focusEditor);
    });
    return hover;
  }

  /** Squiggles of any severity in the lines that are shown. */
  squiggles(): Locator {
    const kinds = ['error', 'warning', 'info'];
    return this.page.locator(kinds.map((kind) => `.monaco-editor .squiggly-${kind}`).join(', '));
  }

  /** Goes to the first finding of the file, by Alt+F8 from its top; fails when none comes in time. */
  async goToFinding(): Promise<void> {
    const explanation = this.page.locator('.monaco-editor .marker-widget');
    await this.insist('a finding in the editor', async () => {
      await this.#closeActions();
      await this.page.locator('.monaco-editor .view-lines').first().click();
      await this.page.keyboard.press('Control+Home');
      await this.page.keyboard.press('Alt+F8');
      await explanation.waitFor({ timeout: 3000 });
      await this.page.keyboard.press('Escape');
      await explanation.waitFor({ state: 'hidden', timeout: 3000 });
      await this.squiggles().first().waitFor();
    });
  }

  /** Puts the cursor at a place, both counted from 1. */
  async goTo(line: number, column: number): Promise<void> {
    await this.insist(`line ${String(line)}`, async () => {
      await this.quickInput.ask('Control+G', `:${String(line)}:${String(column)}`);
      await this.page.keyboard.press('Enter');
      const place = `Ln ${String(line)}, Col ${String(column)}`;
      await this.cursor.filter({ hasText: place }).waitFor();
    });
  }

  /** Sees the cursor in a line of the file; the status bar knows of the editor that has the focus. */
  async seeCursorIn(file: string, line: number): Promise<void> {
    await this.insist(`line ${String(line)} of ${file}`, async () => {
      await this.page.locator('.tab.active', { hasText: file }).click();
      await this.cursor.filter({ hasText: `Ln ${String(line)},` }).waitFor();
    });
  }

  /** Where the cursor is, as the status bar says it: "Ln 3, Col 1". */
  get cursor(): Locator {
    return this.page.locator('[id="status.editor.selection"]');
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
    await this.insist('the menu of the light bulb', () => this.#openLightBulb());
    return this.#actionMenu;
  }

  /** Chooses what the light bulb offers under this title; by keyboard where none is shown. */
  async chooseAction(title: string): Promise<void> {
    // A bulb that is still in the line where the cursor was has another menu.
    await this.insist(`"${title}" of the light bulb`, async () => {
      await this.#openLightBulb().catch(() => this.#openByKeyboard());
      await this.actions.filter({ hasText: title }).click();
    });
  }

  /** The rows of an open menu of actions. */
  get actions(): Locator {
    return this.#actionMenu.locator('.monaco-list-row.action');
  }

  get #actionMenu(): Locator {
    // A second one, for what lies below a row, is there and never shown.
    return this.page.locator('.action-widget').first();
  }

  async #openLightBulb(): Promise<void> {
    await this.#closeActions();
    // In the text where there is room beside it, else in the margin.
    const kinds = ['codicon-light-bulb', 'codicon-lightbulb', 'codicon-gutter-lightbulb'];
    const bulbs = kinds.map((kind) => `.monaco-editor [class*="${kind}"]:visible`).join(', ');
    await this.page.locator(bulbs).first().click();
    await this.actions.first().waitFor();
  }

  /** The same menu by keyboard, with the entry below it that explains its words. */
  async openQuickFixes(): Promise<Locator> {
    await this.insist('the quick fixes', () => this.#openByKeyboard());
    return this.#actionMenu;
  }

  async #openByKeyboard(): Promise<void> {
    await this.#closeActions();
    await this.page.keyboard.press('Control+.');
    await this.actions.first().waitFor().catch(this.#focusEditor);
  }

  /** For the next try: the keys went elsewhere. */
  readonly #focusEditor = async (error: unknown): Promise<never> => {
    await this.page.locator('.tab.active').click();
    throw error;
  };

  async #closeActions(): Promise<void> {
    if (!(await this.#actionMenu.isVisible())) return;
    await this.page.keyboard.press('Escape');
    await this.#actionMenu.waitFor({ state: 'hidden' });
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

  async closeNotifications(): Promise<void> {
    const center = this.page.locator('.notifications-center');
    await this.insist('no list of notifications', async () => {
      if (!(await center.isVisible())) return;
      await center.getByRole('button', { name: 'Hide Notifications' }).click();
      await center.waitFor({ state: 'hidden' });
    });
  }

  /** The box with what extensions say about the language of the file, once it says these words. */
  async openLanguageStatus(words: string): Promise<Locator> {
    const items = this.page.locator('.hover-language-status');
    await this.insist(`the language status with "${words}"`, async () => {
      if (await items.first().isVisible()) await this.page.keyboard.press('Escape');
      await this.page.locator('[id="status.languageStatus"]').click();
      await items.filter({ hasText: words }).waitFor();
    });
    return items;
  }

  /**
   * As when a person reloads the window: settings are read again. The command keeps what is open before
   * it loads the page; the browser's own way loses what the workbench has not written, up to 5 s of it.
   */
  async reload(): Promise<void> {
    await this.insist('the window again', async () => {
      const loaded = this.page.waitForEvent('load', { timeout: 20_000 });
      await Promise.all([loaded, this.#chooseCommand('Developer: Reload Window')]);
    });
    await this.#awaitSideBar();
  }

  /** A window without a folder has no side bar at first. */
  async #awaitStart(hasFolder: boolean): Promise<void> {
    if (hasFolder) await this.#awaitSideBar();
    else await this.page.locator('.editor-group-watermark').waitFor();
  }

  async #awaitSideBar(): Promise<void> {
    const shown = ['.monaco-list-row', '.welcome-view-content'];
    const sideBar = shown.map((own) => `.part.sidebar ${own}`).join(', ');
    await this.page.locator(sideBar).first().waitFor();
  }

  /** Closes what is open; text that was not saved is gone. */
  async closeEditors(): Promise<void> {
    const question = this.page.locator('.monaco-dialog-box');
    const drop = question.getByRole('button', { name: "Don't Save" });
    const closed = this.page.locator('.part.editor .editor-group-container.empty');
    await this.insist('no editor', async () => {
      if (await question.isVisible()) await question.press('Escape');
      if ((await this.page.locator('.tab').count()) === 0) return;
      await this.#chooseCommand('View: Close All Editors');
      await closed.or(question).first().waitFor();
      if (await question.isVisible()) await drop.click();
      await closed.waitFor();
    });
  }

  /** After a test that failed: nothing asks, tells or is open. */
  async cleanUp(): Promise<void> {
    await this.quickInput.close();
    await this.#closeActions();
    await this.closeEditors();
    await this.runCommand('Notifications: Clear All Notifications');
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
