// What words mean: by pointer, by keyboard, and without losing one's place.
import { mkdirSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { repositoryRoot } from '../../scripts/tools/repository';
import { launchBrowser } from '../../scripts/vscode/browser';
import { LocalModel } from '../client/localModel';
import { seriousViolations } from './accessibility';
import { type OpenPanel, openPanelPage, servePanel } from './panelPage';
import { type PageTheme, themes } from './themes';

const screenshots = join(repositoryRoot, 'out/screenshots');
const model = join(repositoryRoot, 'examples/digits/broken.onnx');

let browser: Browser;
let server: Server;
let url: string;
let panel: OpenPanel;

beforeAll(async () => {
  mkdirSync(screenshots, { recursive: true });
  ({ url, server } = await servePanel());
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
  server.close();
});

afterEach(async () => {
  await panel.page.close();
  expect(panel.complaints, 'what the browser refused or complained about').toEqual([]);
});

async function open(theme?: PageTheme): Promise<{ page: Page; tooltip: Locator }> {
  panel = await openPanelPage(browser, {
    url,
    source: new LocalModel(model),
    ...(theme && { theme }),
  });
  await panel.page.locator('.facts .term').first().waitFor();
  return { page: panel.page, tooltip: panel.page.locator('[role="tooltip"]') };
}

it('shows what a word means while the pointer rests on it or on the explanation', async () => {
  const { page, tooltip } = await open();
  expect(await tooltip.isVisible()).toBe(false);
  await page.getByText('opset 17').hover();
  await tooltip.waitFor();
  expect(await tooltip.innerText()).toContain('set of operators');
  await tooltip.hover();
  await page.waitForTimeout(500);
  expect(await tooltip.isVisible()).toBe(true);
  await page.locator('h1').hover();
  await tooltip.waitFor({ state: 'hidden' });
});

it('takes one stop of the Tab key for a line of words, and arrows within it', async () => {
  const { page, tooltip } = await open();
  const stops = await page.locator('.facts .term[tabindex="0"]').count();
  expect(stops).toBe(1);
  await page.locator('.facts .term').first().focus();
  await page.keyboard.press('ArrowRight');
  const focused = page.locator(':focus');
  expect(await focused.innerText()).toBe('opset 17');
  await tooltip.waitFor();
  const described = await focused.getAttribute('aria-describedby');
  expect(described).toBe(await tooltip.getAttribute('id'));
  await page.keyboard.press('Escape');
  await tooltip.waitFor({ state: 'hidden' });
  expect(await focused.innerText()).toBe('opset 17');
  await page.keyboard.press('ArrowLeft');
  await tooltip.waitFor();
  await page.keyboard.press('Tab');
  expect(await page.locator('.facts :focus').count()).toBe(0);
});

it('explains every word that looks explained, inside the page', async () => {
  const { page, tooltip } = await open();
  await page.setViewportSize({ width: 420, height: 700 });
  const terms = page.locator('.term:visible');
  const count = await terms.count();
  expect(count).toBeGreaterThan(10);
  for (let index = 0; index < count; index++) {
    const term = terms.nth(index);
    await term.focus();
    // The keyboard's focus counts, which a program's focus after a key press is.
    await page.keyboard.press('Shift');
    await tooltip.waitFor();
    const box = await tooltip.boundingBox();
    const words = await tooltip.innerText();
    expect(words.split(/\s+/).length, await term.innerText()).toBeGreaterThan(5);
    expect(
      box !== null && box.x >= 0 && box.x + box.width <= 420,
      JSON.stringify(box) + words,
    ).toBe(true);
    expect(
      box !== null && box.y >= 0 && box.y + box.height <= 700,
      JSON.stringify(box) + words,
    ).toBe(true);
  }
});

it.each(Object.entries(themes))(
  'has nothing axe calls serious in the %s theme',
  async (name, theme) => {
    const { page, tooltip } = await open(theme);
    await page.getByText('opset 17').hover();
    await tooltip.waitFor();
    await page.screenshot({ path: join(screenshots, `page-${name}-explanation.png`) });
    expect(await seriousViolations(page)).toEqual([]);
  },
);
