// The example models, run on the example batches by the real model process.
import { spawnSync } from 'node:child_process';
import type { Server } from 'node:http';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { repositoryRoot } from '../../scripts/tools/repository';
import type { NeighbourTopsDto } from '../../src/protocol/neighbours';
import { LocalModel, uriOf } from '../client/localModel';
import { launchBrowser } from '../../scripts/vscode/browser';
import { type OpenPanel, openPanelPage, servePanel, waitForStrips } from './panelPage';

const digits = join(repositoryRoot, 'examples/digits');
const screenshots = join(repositoryRoot, 'out/screenshots');

let browser: Browser;
let server: Server;
let url: string;
let panel: OpenPanel;
let model: LocalModel;

beforeAll(async () => {
  ({ url, server } = await servePanel());
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
  server.close();
});

afterEach(async () => {
  model.dispose();
  await panel.page.close();
});

async function open(name: string): Promise<Page> {
  model = new LocalModel(join(digits, name));
  const uri = uriOf(join(digits, 'mixed.npz'));
  panel = await openPanelPage(browser, {
    url,
    source: model,
    editor: { pickInput: () => Promise.resolve({ kind: 'file', uri, fileName: 'mixed.npz' }) },
  });
  return panel.page;
}

async function runOnMixedDigits(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Choose Input…' }).click();
  await page.locator('.input-name').getByText('mixed.npz').waitFor();
  await page.getByRole('button', { name: 'Run Model' }).click();
  await page.getByText('observed, evaluation pass').waitFor();
}

describe('a run on mixed digits', () => {
  it('says that broken.onnx is broken', async () => {
    const page = await open('broken.onnx');
    await runOnMixedDigits(page);
    await page.locator('.verdict.error').waitFor();
    expect(await page.locator('.verdict').textContent()).toContain('mixed.npz');
    await waitForStrips(page);
    // The README shows it as docs/images/panel.png.
    await page.screenshot({ path: join(screenshots, 'digits-broken-observed.png') });
  });

  it('finds nothing wrong with healthy.onnx', async () => {
    const page = await open('healthy.onnx');
    await runOnMixedDigits(page);
    expect(await page.locator('.verdict.error').count()).toBe(0);
    await page.screenshot({ path: join(screenshots, 'digits-healthy-observed.png') });
  });
});

describe('the experiment with neighbours', () => {
  it.each([
    ['healthy.onnx', 'ok'],
    ['broken.onnx', 'error'],
  ])('on %s shows the answers of bn-guard neighbours', async (name, severity) => {
    const page = await open(name);
    await page.getByRole('button', { name: 'Choose Input…' }).click();
    await page.getByRole('tab', { name: 'Neighbours' }).click();
    await page.getByText('Mixed samples: mixed.npz').waitFor();
    await page.getByRole('button', { name: 'Try Neighbours' }).click();
    await page.locator('.experiment .verdict').waitFor();
    const theirs = experimentOf(name);
    expect(theirs.verdict.severity).toBe(severity);
    const box = page.locator(`.experiment .verdict.${severity}`);
    expect(await box.innerText()).toContain(theirs.verdict.summary);
    const rows = await page.locator('.subjects tbody tr').all();
    const answers = await Promise.all(rows.map((row) => row.locator('td').allInnerTexts()));
    expect(answers.map((cells) => cells.slice(0, 4).map((cell) => cell.replace('≠ ', '')))).toEqual(
      theirs.subjects.map(({ tops }) =>
        [tops.evalMixed, tops.evalSimilar, tops.batchMixed, tops.batchSimilar].map(String),
      ),
    );
    await page.screenshot({ path: join(screenshots, `neighbours-${severity}.png`) });
  });
});

interface CommandLineExperiment {
  readonly verdict: { readonly severity: string; readonly summary: string };
  readonly subjects: readonly { readonly tops: NeighbourTopsDto }[];
}

/** What the command line says of the same model and samples. */
function experimentOf(name: string): CommandLineExperiment {
  const cli = join(repositoryRoot, 'dist/cli.js');
  const samples = join(digits, 'mixed.npz');
  const { stdout } = spawnSync(
    process.execPath,
    [cli, 'neighbours', join(digits, name), '--input', samples, '--format', 'json'],
    { encoding: 'utf8' },
  );
  return JSON.parse(stdout) as CommandLineExperiment;
}

describe('a run on a synthetic batch', () => {
  it('is said to be one', async () => {
    const page = await open('healthy.onnx');
    await page.getByRole('button', { name: 'Run Model' }).click();
    await page.getByText('observed, evaluation pass').waitFor();
    expect(await page.locator('.verdict').textContent()).toContain('synthetic');
  });
});
