// Two models side by side and a repaired copy, with the real model process behind the page.
import { spawnSync } from 'node:child_process';
import { copyFile, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { repositoryRoot } from '../../scripts/tools/repository';
import { launchBrowser } from '../../scripts/vscode/browser';
import { formatNumber } from '../../webview/onnx/format';
import { LocalModel, uriOf } from '../client/localModel';
import { seriousViolations } from './accessibility';
import { type OpenPanel, openPanelPage, servePanel } from './panelPage';
import { type PageTheme, themes } from './themes';

const digits = join(repositoryRoot, 'examples/digits');
const screenshots = join(repositoryRoot, 'out/screenshots');
const samples = join(digits, 'mixed.npz');
const mixed = { kind: 'file', uri: uriOf(samples), fileName: 'mixed.npz' } as const;

let browser: Browser;
let server: Server;
let url: string;
let panel: OpenPanel;
let model: LocalModel;
let folder: string;

beforeAll(async () => {
  ({ url, server } = await servePanel());
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
  server.close();
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bn-guard-compare-'));
  await copyFile(join(digits, 'broken.onnx'), join(folder, 'broken.onnx'));
});

afterEach(async () => {
  model.dispose();
  expect(panel.complaints).toEqual([]);
  await panel.page.close();
  await rm(folder, { recursive: true, force: true });
});

async function open(
  options: { readonly copy?: string; readonly theme?: PageTheme } = {},
): Promise<Page> {
  model = new LocalModel(join(folder, 'broken.onnx'));
  const fileName = options.copy ?? 'broken-repaired.onnx';
  panel = await openPanelPage(browser, {
    ...{ url, source: model, theme: options.theme },
    editor: {
      pickInput: () => Promise.resolve(mixed),
      pickModel: () =>
        Promise.resolve({ uri: uriOf(join(digits, 'healthy.onnx')), fileName: 'healthy.onnx' }),
      nameCopy: () => Promise.resolve({ uri: uriOf(join(folder, fileName)), fileName }),
    },
  });
  await panel.page.getByRole('tab', { name: 'Compare and Repair' }).click();
  return panel.page;
}

async function chooseSamples(page: Page): Promise<void> {
  await page.locator('.compare').getByRole('button', { name: 'Choose Input…' }).click();
  await page.locator('.compare').getByText('Samples: mixed.npz').waitFor();
}

async function tableOf(page: Page): Promise<readonly (readonly string[])[]> {
  const rows = await page.locator('.pairs tbody tr').all();
  return Promise.all(rows.map((row) => row.locator('th, td').allInnerTexts()));
}

interface CommandLineComparison {
  readonly better?: string;
  readonly layers: readonly {
    readonly names: { readonly first: string };
    readonly channels: number;
    readonly changedChannels: number;
    readonly storedKl: number;
    readonly observedKl: { readonly first: number; readonly second: number };
  }[];
}

function comparisonOf(first: string, second: string): CommandLineComparison {
  const args = ['compare', first, second, '--input', samples, '--format', 'json'];
  const cli = join(repositoryRoot, 'dist/cli.js');
  const { stdout } = spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8' });
  return JSON.parse(stdout) as CommandLineComparison;
}

describe('a comparison with another model', () => {
  it('shows what bn-guard compare says, and both models as charts', async () => {
    const page = await open();
    await chooseSamples(page);
    await page.getByRole('button', { name: 'Compare with Another Model…' }).click();
    await page.locator('.comparison .verdict').waitFor();
    const theirs = comparisonOf(join(folder, 'broken.onnx'), join(digits, 'healthy.onnx'));
    expect(theirs.better).toBe('second');
    const verdict = await page.locator('.comparison .verdict h2').innerText();
    expect(verdict).toBe(
      'The stored statistics differ in 9 of 10 layers. Those of healthy.onnx fit the samples better.',
    );
    const rows = await tableOf(page);
    expect(rows.map(([name, changed]) => [name, changed])).toEqual(
      theirs.layers.map(({ names, changedChannels, channels }) => [
        names.first,
        `${String(changedChannels)} of ${String(channels)}`,
      ]),
    );
    expect(rows.map((cells) => cells.slice(2, 5))).toEqual(
      theirs.layers.map(({ storedKl, observedKl }) =>
        [storedKl, observedKl.first, observedKl.second].map(formatNumber),
      ),
    );
    await page.locator('.comparison-charts canvas').first().waitFor();
    await page.screenshot({ path: join(screenshots, 'compare-dark.png') });
  });

  it('is walked through by keyboard, and what was chosen stays', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Compare with Another Model…' }).click();
    await page.locator('.pairs tbody tr').first().waitFor();
    await page.locator('.pairs').focus();
    await page.keyboard.press('End');
    await page.locator('.comparison-charts h3').first().getByText('head.bn').waitFor();
    expect(await page.locator('.pairs th').allInnerTexts()).not.toContain('Fits better');
    expect(await page.evaluate(() => (window as { bnState?: unknown }).bnState)).toMatchObject({
      tab: 'compare',
      pairName: 'head.bn',
    });
  });
});

describe('a repair', () => {
  it.each(Object.entries(themes))('leads to a copy that fits, %s', async (name, theme) => {
    const before = await readFile(join(folder, 'broken.onnx'));
    const page = await open({ theme });
    await chooseSamples(page);
    await page.getByRole('button', { name: 'Repair…' }).click();
    await page.getByText('broken-repaired.onnx was written: 10 BatchNorm layers').waitFor();
    const agreement = page.locator('.repaired tr', { hasText: 'Same answer in both modes' });
    expect(await agreement.locator('td').allInnerTexts()).toEqual(['9 %', '100 %']);
    await page.getByRole('button', { name: 'Compare with the Repaired Copy' }).click();
    await page.getByText('Those of broken-repaired.onnx fit the samples better.').waitFor();
    await page.getByRole('button', { name: 'Repair…' }).waitFor();
    await page.getByRole('button', { name: 'Open the Repaired Copy' }).click();
    expect(panel.opened.map(({ fileName }) => fileName)).toEqual(['broken-repaired.onnx']);
    expect(await readFile(join(folder, 'broken.onnx'))).toEqual(before);
    await page.locator('.comparison-charts canvas').first().waitFor();
    await page.screenshot({ path: join(screenshots, `repaired-${name}.png`) });
    expect(await seriousViolations(page)).toEqual([]);
  });

  it('is never written over the model', async () => {
    const page = await open({ copy: 'broken.onnx' });
    await chooseSamples(page);
    await page.getByRole('button', { name: 'Repair…' }).click();
    await page.getByRole('alert').getByText('never written over the original').waitFor();
    const original = await readFile(join(digits, 'broken.onnx'));
    expect(await readFile(join(folder, 'broken.onnx'))).toEqual(original);
  });

  it('that cannot be written says why, and the model that is gone too', async () => {
    const page = await open({ copy: 'nowhere/copy.onnx' });
    await chooseSamples(page);
    await page.getByRole('button', { name: 'Repair…' }).click();
    await page.getByRole('alert').getByText('the folder does not exist').waitFor();
    await rm(join(folder, 'broken.onnx'));
    await page.getByRole('button', { name: 'Repair…' }).click();
    await page.getByRole('alert').getByText('There is no file').waitFor();
    expect(await readdir(folder)).toEqual([]);
  });

  it('is cancelled without a trace', async () => {
    const page = await open();
    await chooseSamples(page);
    // Held, for it may be faster than the one who cancels.
    await expect.poll(() => model.pid).toBeDefined();
    process.kill(model.pid ?? 0, 'SIGSTOP');
    await page.getByRole('button', { name: 'Repair…' }).click();
    await page.locator('.compare').getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Repair…' }).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    await expect.poll(() => model.pid).toBeUndefined();
    expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});
