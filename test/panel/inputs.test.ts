// Folders of pictures as input: what the form shows, and what the first layer says while it changes.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode } from 'fast-png';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { repositoryRoot } from '../../scripts/tools/repository';
import { launchBrowser } from '../../scripts/vscode/browser';
import { readNpz } from '../../src/core/tensors/npz';
import type { InputChoice } from '../../src/protocol/onnxPanel';
import { fitToInput, presets } from '../../src/protocol/preprocessing';
import { LocalModel, uriOf } from '../client/localModel';
import { seriousViolations } from './accessibility';
import { type OpenPanel, openPanelPage, servePanel } from './panelPage';
import { themes } from './themes';

const digits = join(repositoryRoot, 'examples/digits');
const screenshots = join(repositoryRoot, 'out/screenshots');

let browser: Browser;
let server: Server;
let url: string;
let folder: string;
let panel: OpenPanel;
let model: LocalModel;
let remembered: InputChoice[];

beforeAll(async () => {
  await mkdir(screenshots, { recursive: true });
  ({ url, server } = await servePanel());
  browser = await launchBrowser();
  folder = join(await mkdtemp(join(tmpdir(), 'bn-guard-pictures-')), 'digits');
  await mkdir(folder);
  await writeDigits();
});

afterAll(async () => {
  await browser.close();
  server.close();
  await rm(join(folder, '..'), { recursive: true, force: true });
});

afterEach(async () => {
  model.dispose();
  await panel.page.close();
  expect(panel.complaints).toEqual([]);
});

/** The samples of the example as 32 pictures; in the file they are 0 to 1. */
async function writeDigits(): Promise<void> {
  const read = readNpz(await readFile(join(digits, 'mixed.npz')));
  const image = read.ok ? read.value.find(({ name }) => name === 'image') : undefined;
  if (!image) {
    throw new Error('mixed.npz has no array "image"');
  }
  for (let sample = 0; sample < 32; sample += 1) {
    const values = Array.from(image.data.slice(64 * sample, 64 * (sample + 1)), Number);
    const data = Uint8Array.from(values, (value) => Math.round(255 * value));
    const png = encode({ width: 8, height: 8, channels: 1, data });
    await writeFile(join(folder, `digit-${String(sample).padStart(2, '0')}.png`), png);
  }
}

function pictures(preset: keyof typeof presets): InputChoice {
  const preprocessing = fitToInput(presets[preset], ['batch', 1, 8, 8]);
  return { kind: 'images', uri: uriOf(folder), fileName: 'digits', preprocessing };
}

async function open(input: InputChoice, theme = themes['dark']): Promise<Page> {
  model = new LocalModel(join(digits, 'healthy.onnx'));
  remembered = [];
  panel = await openPanelPage(browser, {
    url,
    theme,
    source: model,
    editor: {
      pickInput: () => Promise.resolve(input),
      rememberInput: (chosen) => remembered.push(chosen),
      resolveDrop: (uris) =>
        Promise.resolve(
          uris[0] === `file://${folder}`
            ? { ok: true, value: input }
            : { ok: false, error: { kind: 'badInput', message: 'Drop one folder.' } },
        ),
    },
  });
  return panel.page;
}

const fits = 'these settings fit';
const doesNotFit = 'does not see what it stores';

describe('a folder of pictures', () => {
  it.each(['dark', 'light', 'high-contrast'])(
    'prepared wrongly is warned of before any run, in the %s theme',
    async (name) => {
      const page = await open(pictures('raw'), themes[name]);
      await page.getByRole('button', { name: 'Choose Input…' }).click();
      await page.getByRole('status').getByText(doesNotFit).waitFor();
      expect(await page.locator('.thumbnails canvas').count()).toBe(6);
      await page.getByText('and 26 more').waitFor();
      await page.getByText('Every step').click();
      await page.screenshot({ path: join(screenshots, `input-${name}-wrong-scale.png`) });
      expect(await seriousViolations(page)).toEqual([]);
    },
  );

  it('fits once the form says how it was prepared, and runs as it says', async () => {
    const page = await open(pictures('raw'));
    await page.getByRole('button', { name: 'Choose Input…' }).click();
    await page.getByText(doesNotFit).waitFor();
    await page.getByText('Every step').click();
    await page.getByLabel('Scale').fill('1/255');
    await page.getByLabel('Scale').press('Enter');
    await page.getByText(fits).waitFor();
    await page.screenshot({ path: join(screenshots, 'input-dark-fits.png') });
    await page.getByRole('button', { name: 'Run Model' }).click();
    await page.getByText('observed, evaluation pass').waitFor();
    expect(await page.locator('.verdict.error').count()).toBe(0);
    expect(remembered).toEqual([pictures('unit')]);
  });

  it('refuses what makes no sense, and says what would', async () => {
    const page = await open(pictures('unit'));
    await page.getByRole('button', { name: 'Choose Input…' }).click();
    await page.getByText(fits).waitFor();
    await page.getByText('Every step').click();
    await page.getByLabel('Deviation').fill('0');
    await page.getByLabel('Deviation').press('Enter');
    await page.getByRole('alert').getByText('none of them 0').waitFor();
    expect(await page.getByText(fits).count()).toBe(1);
  });

  it('is taken when it is dropped, and anything else is refused with a reason', async () => {
    const page = await open(pictures('unit'));
    await page.locator('.verdict').waitFor();
    await page.evaluate(dropOnPage, 'file:///somewhere/notes.txt');
    await page.getByRole('alert').getByText('Drop one folder.').waitFor();
    await page.evaluate(dropOnPage, `file://${folder}`);
    await page.locator('.input-name').getByText('digits').waitFor();
    await page.getByText(fits).waitFor();
  });
});

function dropOnPage(uri: string): void {
  const dataTransfer = new DataTransfer();
  dataTransfer.setData('application/vnd.code.uri-list', uri);
  const target = document.querySelector('.verdict');
  target?.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
}
