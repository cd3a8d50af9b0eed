// The built page in other languages, with the real model process behind it.
import type { Server } from 'node:http';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterEach, beforeAll, afterAll, describe, expect, it } from 'vitest';
import { extractTexts } from '../../scripts/l10n.ts';
import { repositoryRoot } from '../../scripts/tools/repository';
import { launchBrowser } from '../../scripts/vscode/browser';
import { LocalModel } from '../client/localModel';
import type { Texts } from '../../src/protocol/l10n';
import { type OpenPanel, openPanelPage, servePanel } from './panelPage';
import { escapedTexts, shownTexts } from './shownTexts';

let browser: Browser;
let server: Server | undefined;
let model: LocalModel | undefined;
let panel: OpenPanel | undefined;

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
});

afterEach(async () => {
  model?.dispose();
  await panel?.page.close();
  server?.close();
});

async function open(language: string, texts: Texts, file: string): Promise<Page> {
  const served = await servePanel({ name: language, texts });
  server = served.server;
  const path = join(repositoryRoot, file);
  model = new LocalModel(path);
  panel = await openPanelPage(browser, { url: served.url, source: model });
  return panel.page;
}

describe('in a language that brackets every text', () => {
  const pseudo = Object.fromEntries(extractTexts().map((text) => [text, `⟦${text}⟧`]));
  it.each(['examples/digits/broken.onnx', 'examples/digits/healthy.onnx'])(
    'nothing of %s escapes, before and after a run',
    async (file) => {
      const page = await open('qps-ploc', pseudo, file);
      await page.locator('.chart canvas').first().waitFor();
      expect(await page.locator('html').getAttribute('lang')).toBe('qps-ploc');
      expect(await escapedTexts(page)).toEqual([]);
      await page.getByRole('button', { name: '⟦Run Model⟧' }).click();
      await page.locator('.run-status', { hasText: '⟦Evaluation pass and batch pass⟧' }).waitFor();
      expect(await escapedTexts(page)).toEqual([]);
      await page.getByRole('tab', { name: '⟦Neighbours⟧' }).click();
      await page.getByRole('button', { name: '⟦Try Neighbours⟧' }).click();
      await page.locator('.subjects').waitFor();
      expect(await escapedTexts(page)).toEqual([]);
    },
  );
});

describe('in Simplified Chinese', () => {
  const chinese = JSON.parse(
    readFileSync(join(repositoryRoot, 'l10n/bundle.l10n.zh-cn.json'), 'utf8'),
  ) as Texts;

  it('the panel says what is wrong, and reads as a whole', async () => {
    const page = await open('zh-cn', chinese, 'examples/digits/broken.onnx');
    await page.locator('.chart canvas').first().waitFor();
    await page.screenshot({ path: join(repositoryRoot, 'out/screenshots/panel-zh-cn.png') });
    await page.getByRole('button', { name: '运行模型' }).click();
    await page.locator('.run-status', { hasText: '评估前向和批统计前向' }).waitFor();
    const texts = await shownTexts(page);
    expect(texts.filter((text) => /[a-z]+ [a-z]+ [a-z]+/i.test(text))).toEqual([]);
    expect(texts.join('\n')).toContain('统计量是初始值，从未更新或从未加载');
  });
});
