// What is taken away from the panel is read back: the files, and the command line beside them.
import { execFileSync } from 'node:child_process';
import type { Server } from 'node:http';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode } from 'fast-png';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { repositoryRoot } from '../../scripts/tools/repository';
import { launchBrowser } from '../../scripts/vscode/browser';
import { LocalModel, uriOf } from '../client/localModel';
import type { ExportedFile } from '../../src/protocol/onnxPanel';
import { type OpenPanel, openPanelPage, servePanel } from './panelPage';

const digits = join(repositoryRoot, 'examples/digits');
const screenshots = join(repositoryRoot, 'out/screenshots');
const samples = join(digits, 'mixed.npz');

let browser: Browser;
let server: Server;
let panel: OpenPanel;
let model: LocalModel;
let page: Page;

beforeAll(async () => {
  mkdirSync(screenshots, { recursive: true });
  const served = await servePanel();
  server = served.server;
  browser = await launchBrowser();
  model = new LocalModel(join(digits, 'broken.onnx'));
  panel = await openPanelPage(browser, {
    url: served.url,
    source: model,
    editor: {
      pickInput: () =>
        Promise.resolve({ kind: 'file', uri: uriOf(samples), fileName: 'mixed.npz' }),
    },
  });
  page = panel.page;
  await page.getByRole('button', { name: 'Choose Input…' }).click();
  await page.locator('.input-name').getByText('mixed.npz').waitFor();
  await page.getByRole('button', { name: 'Run Model' }).click();
  await page.getByText('observed, evaluation pass').waitFor();
}, 60_000);

afterAll(async () => {
  model.dispose();
  await browser.close();
  server.close();
});

/** Chooses an entry of the menu as a person without a mouse does. */
async function exportAs(label: string): Promise<ExportedFile> {
  const before = panel.saved.length;
  await page.getByRole('button', { name: 'Export…' }).click();
  await page.getByRole('menuitem', { name: label }).press('Enter');
  await expect.poll(() => panel.saved.length).toBe(before + 1);
  return panel.saved.at(-1) ?? raise('nothing was saved');
}

interface CommandLineLayer {
  readonly name: string;
  readonly channels: number;
  readonly observed: Record<'eval' | 'batch', Record<string, readonly number[]>>;
}

/** What `bn-guard observe` says of the same model and samples. */
function observed(): { readonly verdict: object; readonly layers: readonly CommandLineLayer[] } {
  const cli = join(repositoryRoot, 'dist/cli.js');
  const args = ['observe', join(digits, 'broken.onnx'), '--input', samples, '--format', 'json'];
  try {
    return parse(execFileSync(process.execPath, [cli, ...args], { encoding: 'utf8' }));
  } catch (cause) {
    // A broken model is exit code 1; the report is there all the same.
    return parse((cause as { readonly stdout: string }).stdout);
  }
}

function parse(text: string): ReturnType<typeof observed> {
  return JSON.parse(text) as ReturnType<typeof observed>;
}

describe('the exported JSON', () => {
  it('holds the numbers, layers and verdict of bn-guard observe', async () => {
    const file = await exportAs('All Numbers as JSON…');
    expect(file.suggestedName).toBe('broken-statistics.json');
    const own = parse(file.content);
    const theirs = observed();
    expect(own.verdict).toMatchObject(theirs.verdict);
    expect(own.layers.map(({ name }) => name)).toEqual(theirs.layers.map(({ name }) => name));
    for (const [index, { observed: seen }] of theirs.layers.entries()) {
      for (const pass of ['eval', 'batch'] as const) {
        for (const key of ['mean', 'variance', 'z', 'ratio', 'kl']) {
          expect(own.layers[index]?.observed[pass][key], `${pass}.${key}`).toEqual(seen[pass][key]);
        }
      }
    }
  });
});

describe('the exported CSV', () => {
  it('has every channel of every layer, with the numbers of bn-guard observe', async () => {
    const { content } = await exportAs('Every Channel as CSV…');
    const [head = '', ...rows] = content.trimEnd().split('\n');
    const { layers } = observed();
    expect(rows).toHaveLength(layers.reduce((sum, { channels }) => sum + channels, 0));
    const columns = head.split(',');
    const numbers = (name: string): readonly number[] =>
      rows.map((row) => Number(row.split(',')[columns.indexOf(name)]));
    for (const key of ['mean', 'variance', 'z', 'ratio', 'kl']) {
      const expected = layers.flatMap(({ observed: { batch } }) => batch[key] ?? []);
      expect(numbers(`batch.${key}`)).toEqual(expected);
    }
  });
});

describe('the table', () => {
  it('shows the numbers of bn-guard observe, to four digits', async () => {
    const rows = page.locator('tbody tr:not(.spacer)');
    const [{ observed: seen }] = observed().layers as readonly [CommandLineLayer];
    const cells = await rows.first().locator('td').allInnerTexts();
    const plain = cells.map((text) => Number(text.replaceAll('−', '-')));
    const four = (values: readonly number[] | undefined): number =>
      Number((values?.[0] ?? NaN).toPrecision(4));
    expect(plain.slice(1, 5)).toEqual([
      four(seen.eval['mean']),
      four(seen.eval['z']),
      four(seen.batch['mean']),
      four(seen.batch['z']),
    ]);
  });
});

describe('pictures', () => {
  it('show every layer, in more colours than a background', async () => {
    const file = await exportAs('Overview as PNG…');
    const picture = decode(Buffer.from(file.content, file.encoding));
    expect(picture.height).toBe(13 * 18);
    expect(coloursOf(picture.data)).toBeGreaterThan(30);
    writeFileSync(join(screenshots, 'export-overview.png'), file.content, file.encoding);
  });

  it('are to be had of the chart of gamma as well', async () => {
    await page.locator('vscode-dropdown[aria-label="Chart"]').click();
    await page.getByRole('option', { name: 'Gamma and beta' }).click();
    const before = panel.saved.length;
    await page.getByRole('button', { name: 'Save Gamma, the learned scale as PNG' }).click();
    await expect.poll(() => panel.saved.length).toBe(before + 1);
    const file = panel.saved.at(-1) ?? raise('nothing was saved');
    expect(file.suggestedName).toBe('broken-backbone.bn-Gamma-the-learned-scale.png');
    const picture = decode(Buffer.from(file.content, file.encoding));
    expect(coloursOf(picture.data)).toBeGreaterThan(8);
    writeFileSync(join(screenshots, 'export-gamma.png'), file.content, file.encoding);
  });
});

function coloursOf(data: ArrayLike<number>): number {
  const colours = new Set<string>();
  for (let pixel = 0; pixel + 3 < data.length; pixel += 4) {
    colours.add(`${String(data[pixel])},${String(data[pixel + 1])},${String(data[pixel + 2])}`);
  }
  return colours.size;
}

describe('the summary as Markdown', () => {
  it('is on the clipboard, verdict first, worst layers on top', async () => {
    await page.getByRole('button', { name: 'Export…' }).click();
    await page.getByRole('menuitem', { name: 'Copy Summary as Markdown' }).click();
    await page.getByRole('status').getByText('Copied the summary').waitFor();
    const [text = ''] = panel.copied;
    expect(text).toContain('### BatchNorm statistics of `broken.onnx`');
    expect(text).toContain('**The running statistics of 9 of 10 BatchNorm layers');
    const rows = text.split('\n').filter((line) => line.startsWith('| ') && line.includes('bn'));
    expect(rows.at(-1)).toContain('| head.bn | 32 |');
  });
});

describe('the report', () => {
  it('opens alone, without network, script or complaint, and says what the panel says', async () => {
    const { content } = await exportAs('Report as HTML…');
    const report = await browser.newPage({
      viewport: { width: 1180, height: 1400 },
      offline: true,
      javaScriptEnabled: false,
    });
    const complaints: string[] = [];
    report.on('console', (message) => complaints.push(message.text()));
    report.on('request', (request) => {
      if (!request.url().startsWith('data:')) {
        complaints.push(request.url());
      }
    });
    await report.setContent(content);
    expect(await report.locator('.verdict h2').innerText()).toContain('9 of 10 BatchNorm layers');
    expect(await report.locator('tbody tr').count()).toBe(10);
    expect(await report.locator('figure svg path.batch').count()).toBe(18);
    const label = await report.locator('svg').first().getAttribute('aria-label');
    expect(label).toContain('Running mean of 16 channels');
    await report.screenshot({ path: join(screenshots, 'export-report.png') });
    expect(complaints).toEqual([]);
    await report.close();
  });
});

function raise(message: string): never {
  throw new Error(message);
}
