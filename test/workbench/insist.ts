// Doing a thing again until what it leads to is there. The workbench draws its lists anew at any time,
// and an editor that is still being restored takes the focus: a click or a key then goes nowhere.
import type { Page } from 'playwright-core';

/** How long one thing may take in all, and how long Playwright waits for each part of a try. */
export const patienceMs = 45_000;
const tryMs = 8_000;
const pauseMs = 200;

/**
 * Does the step until it ends without an error. Within it Playwright gives up soon; a step that looks at
 * what has come of it (by `waitFor`, or by an error of its own) is done again when nothing has.
 *
 * @throws Error that names `what` and says what went wrong at the last try
 */
export async function insist(page: Page, what: string, step: () => Promise<void>): Promise<void> {
  const outer = deadlines.get(page);
  const deadline = outer ?? Date.now() + patienceMs;
  deadlines.set(page, deadline);
  page.setDefaultTimeout(tryMs);
  try {
    await doUntil(deadline, page, step);
  } catch (cause) {
    throw new Error(`${what}: not in time. ${String(cause)}`, { cause });
  } finally {
    if (outer === undefined) {
      deadlines.delete(page);
      page.setDefaultTimeout(patienceMs);
    }
  }
}

/** When the outermost of several that stand within each other has to be done. */
const deadlines = new WeakMap<Page, number>();

async function doUntil(deadline: number, page: Page, step: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      await step();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await page.waitForTimeout(pauseMs);
  }
}
