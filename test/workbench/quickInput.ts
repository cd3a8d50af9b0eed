// The box at the top of the window: files by name, commands by title, and what a command asks.
import type { Locator, Page } from 'playwright-core';

const dialogPauseMs = 700;

/** A list that is as it was at three looks, this far apart, is filled. */
const lookMs = 200;
const looks = 3;
const looksAtMost = 40;

/** The list does not take in what is loaded after it was opened: soon the next one. */
const rowMs = 3000;
const stepsAtMost = 30;

export class QuickInput {
  readonly #page: Page;
  readonly #widget: Locator;
  readonly #input: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.#widget = page.locator('.quick-input-widget');
    this.#input = this.#widget.locator('input').first();
  }

  /** Opens the box by a key, types into it, and waits until its list answers to that. */
  async ask(key: string, text: string): Promise<void> {
    await this.close();
    await this.#page.keyboard.press(key);
    await this.narrow(text);
  }

  /** Types into the box in which a command asks. */
  async narrow(text: string): Promise<void> {
    await this.#input.fill(text);
    await this.#awaitFilled();
  }

  /**
   * Rows of what was there before are used again for what is found: one that is clicked meanwhile may be
   * another one by the time the click arrives.
   */
  async #awaitFilled(): Promise<void> {
    const rows = this.#widget.locator('.monaco-list-row');
    let before = '';
    let same = 0;
    for (let look = 0; look < looksAtMost && same < looks; look++) {
      const shown = (await rows.allInnerTexts()).join('\n');
      same = shown === before ? same + 1 : 1;
      before = shown;
      await this.#page.waitForTimeout(lookMs);
    }
  }

  /** Takes a row by keyboard: what explains the one above may lie over it. Fails when it is not there soon. */
  async take(row: Locator): Promise<void> {
    await row.waitFor({ timeout: rowMs });
    for (let step = 0; step < stepsAtMost && !(await isMarked(row)); step++) {
      await this.#input.press('ArrowDown');
    }
    if (!(await isMarked(row))) throw new Error('The row cannot be marked.');
    await this.#input.press('Enter');
  }

  /** Rows in which this text stands somewhere. */
  rowsWith(text: string): Locator {
    return this.#widget.locator('.monaco-list-row', { hasText: text });
  }

  /** The row of a command; its neighbours' titles may begin with the same words. */
  rowTitled(title: string): Locator {
    const label = this.#page.getByText(new RegExp(`^${escaped(title)}$`, 'i'));
    return this.#widget.locator('.monaco-list-row').filter({ has: label }).first();
  }

  /** The box when a command asks with these words. */
  placeholder(words: string): Locator {
    return this.#widget.getByPlaceholder(words);
  }

  /**
   * Answers VS Code's dialog for files. It reads the folder while one types: a path that it has not
   * looked at yet is not taken, and what it proposes comes over what was typed before.
   */
  async answerDialog(title: string, path: string): Promise<void> {
    const dialog = this.#page.locator('.quick-input-widget', { hasText: title });
    await dialog.waitFor();
    for (let attempt = 0; attempt < 10; attempt++) {
      await this.#page.waitForTimeout(dialogPauseMs);
      await this.#input.fill(path);
      await this.#page.waitForTimeout(dialogPauseMs);
      if ((await this.#input.inputValue()) !== path) continue;
      await this.#page.keyboard.press('Enter');
      // It hides while it looks, too.
      await dialog.waitFor({ state: 'hidden', timeout: 3000 }).catch(() => undefined);
      await this.#page.waitForTimeout(dialogPauseMs);
      if (!(await dialog.isVisible())) return;
    }
    throw new Error(`The dialog "${title}" did not take ${path}.`);
  }

  /** Where no box is open the key would go to the editor behind it, and leave a page there. */
  async close(): Promise<void> {
    if (!(await this.#widget.isVisible())) return;
    await this.#input.press('Escape');
    await this.#widget.waitFor({ state: 'hidden' });
  }
}

/** A text for a regular expression that matches it to the letter. */
export function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

async function isMarked(row: Locator): Promise<boolean> {
  const names = await row.getAttribute('class', { timeout: rowMs });
  return names?.split(' ').includes('focused') === true;
}
