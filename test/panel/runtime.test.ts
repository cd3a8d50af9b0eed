// The page with the real model process behind it, on the models people see first.
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { repositoryRoot } from '../../scripts/tools/repository';
import { LocalModel } from '../client/localModel';
import { launchBrowser } from '../../scripts/vscode/browser';
import { type OpenPanel, openPanelPage, servePanel } from './panelPage';

const digits = join(repositoryRoot, 'examples/digits');
const screenshots = join(repositoryRoot, 'out/screenshots');

let browser: Browser;
let server: Server;
let url: string;
let panel: OpenPanel;
let model: LocalModel;
let folder: string;

beforeAll(async () => {
  ({ url, server } = await servePanel());
  browser = await launchBrowser();
  folder = await mkdtemp(join(tmpdir(), 'bn-guard-panel-'));
});

afterAll(async () => {
  await browser.close();
  server.close();
  await rm(folder, { recursive: true, force: true });
});

afterEach(async () => {
  model.dispose();
  await panel.page.close();
});

async function open(
  path: string,
  runtimePath = join(repositoryRoot, 'dist/runtime.js'),
): Promise<Page> {
  model = new LocalModel(path, runtimePath);
  panel = await openPanelPage(browser, { url, source: model });
  return panel.page;
}

describe('the example models', () => {
  it('broken.onnx is said to be broken from the file alone', async () => {
    const page = await open(join(digits, 'broken.onnx'));
    await page.locator('.verdict.error').waitFor();
    expect(await page.locator('.layer.error').count()).toBeGreaterThan(0);
    await page.locator('.chart canvas').first().waitFor();
    await page.screenshot({ path: join(screenshots, 'digits-broken-stored.png') });
  });

  it('healthy.onnx is not', async () => {
    const page = await open(join(digits, 'healthy.onnx'));
    await page.locator('.verdict').waitFor();
    expect(await page.locator('.verdict.error').count()).toBe(0);
    expect(await page.locator('.layer.error').count()).toBe(0);
  });
});

describe('the model process', () => {
  it('may die while it runs the model: the page stays, says so, and can try again', async () => {
    const runtimePath = await runtimeThat(`process.kill(process.pid, 'SIGSEGV')`);
    const page = await open(join(digits, 'broken.onnx'), runtimePath);
    await page.getByRole('button', { name: 'Run Model' }).click();
    await page
      .getByRole('alert')
      .getByText(/SIGSEGV/)
      .waitFor();
    await page.locator('.chart canvas').first().waitFor();
    const firstPid = model.pid;
    await page.getByRole('button', { name: 'Retry' }).click();
    await expect.poll(() => model.pid === firstPid && firstPid !== undefined).toBe(false);
    await page
      .getByRole('alert')
      .getByText(/SIGSEGV/)
      .waitFor();
  });

  it('is cancelled at any moment, and nothing is said to have failed', async () => {
    const runtimePath = await runtimeThat('undefined');
    const page = await open(join(digits, 'broken.onnx'), runtimePath);
    await page.getByRole('button', { name: 'Run Model' }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Run Model' }).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    await expect.poll(() => model.pid).toBeUndefined();
  });
});

/** The real process, but what it does when asked to run a model is `act`. */
async function runtimeThat(act: string): Promise<string> {
  const path = join(folder, `${String(Math.random()).slice(2)}.cjs`);
  await writeFile(
    path,
    `const on = process.on;
process.on = (name, handler) =>
  on.call(process, name, (message) => (message?.method === 'observe' ? ${act} : handler(message)));
require(${JSON.stringify(join(repositoryRoot, 'dist/runtime.js'))});
`,
  );
  return path;
}

describe('a file that cannot be read', () => {
  it.each([
    ['text.onnx', Buffer.from('This is a text file.\n')],
    ['empty.onnx', Buffer.alloc(0)],
  ])('%s is a plain sentence with Retry', async (name, bytes) => {
    const path = join(folder, name);
    await writeFile(path, bytes);
    const page = await open(path);
    const alert = page.getByRole('alert');
    await alert.waitFor();
    await expect.poll(() => alert.textContent()).toMatch(/[a-z]{3,}.*\./);
    await copyFile(join(digits, 'healthy.onnx'), path);
    await page.getByRole('button', { name: 'Retry' }).click();
    await page.locator('.chart canvas').first().waitFor();
  });
});
