import { mkdirSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { decode } from 'fast-png';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { repositoryRoot } from '../../scripts/tools/repository';
import { launchBrowser } from '../../scripts/vscode/browser';
import type { ModelSource } from '../../src/client/onnx/session';
import {
  type SampleOptions,
  sampleComparison,
  sampleNeighbours,
  sampleObservation,
  sampleRepair,
  sampleReport,
} from '../client/sampleModel';
import { seriousViolations } from './accessibility';
import {
  type OpenOptions,
  type OpenPanel,
  openPanelPage,
  servePanel,
  waitForStrips,
} from './panelPage';
import { themes } from './themes';

const screenshots = join(repositoryRoot, 'out/screenshots');

const partlyLoaded: SampleOptions = {
  channels: [16, 16, 32, 32, 64, 64, 128, 128, 256],
  untouched: [3, 4],
};
/** As many channels as a ResNet-50 has layers of its widest kind. */
const large: SampleOptions = { channels: new Array<number>(53).fill(2048), untouched: [20] };

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
  const { complaints, page } = panel;
  await page.close();
  expect(complaints, 'what the browser refused or complained about').toEqual([]);
});

function sourceOf(options: SampleOptions, changes: Partial<ModelSource> = {}): ModelSource {
  const report = sampleReport(options);
  return {
    fileName: 'resnet.onnx',
    readModel: () => Promise.resolve({ ok: true, value: report }),
    observe: () => Promise.resolve({ ok: true, value: sampleObservation(report) }),
    previewPictures: () => Promise.resolve({ ok: true, value: { fileCount: 0, pictures: [] } }),
    tryInput: () => Promise.resolve({ ok: true, value: sampleObservation(report) }),
    tryNeighbours: () => Promise.resolve({ ok: true, value: sampleNeighbours }),
    compare: () => Promise.resolve({ ok: true, value: sampleComparison(report) }),
    repair: () => Promise.resolve({ ok: true, value: sampleRepair }),
    cancel: () => undefined,
    ...changes,
  };
}

async function open(options: Partial<OpenOptions> = {}): Promise<Page> {
  panel = await openPanelPage(browser, { url, source: sourceOf(partlyLoaded), ...options });
  return panel.page;
}

async function openWithChart(options: Partial<OpenOptions> = {}): Promise<Page> {
  const page = await open(options);
  await waitForChart(page);
  return page;
}

async function run(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Run Model' }).click();
  await page.getByText('observed, batch pass').waitFor();
}

/** A chart is drawn when it holds more colours than a background and a grid do. */
async function waitForChart(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('.chart canvas');
    if (!canvas || canvas.width === 0) {
      return false;
    }
    // The chart's own canvas is not made to be read, and the browser complains when it is.
    const copy = new OffscreenCanvas(canvas.width, canvas.height);
    const context = copy.getContext('2d', { willReadFrequently: true });
    context?.drawImage(canvas, 0, 0);
    const image = context?.getImageData(0, 0, canvas.width, canvas.height);
    return new Set(new Uint32Array(image?.data.buffer ?? new ArrayBuffer(0))).size > 8;
  });
}

describe.each(Object.entries(themes))('in the %s theme', (name, theme) => {
  it('draws its charts and strips, before and after a run', async () => {
    const page = await openWithChart({ theme });
    await page.screenshot({ path: join(screenshots, `page-${name}-stored.png`) });
    await run(page);
    await waitForChart(page);
    await expect.poll(() => stripColours(page)).toBeGreaterThan(8);
    await page.screenshot({ path: join(screenshots, `page-${name}-observed.png`) });
  });

  it('has nothing axe calls serious: running, dead, with its menu open, run twice', async () => {
    const page = await openWithChart({ theme, source: troubledSource() });
    const check = async (state: string): Promise<void> => {
      await page.screenshot({ path: join(screenshots, `page-${name}-${state}.png`) });
      expect(await seriousViolations(page), state).toEqual([]);
    };
    await page.getByRole('button', { name: 'Run Model' }).click();
    await page.getByText('16 of 64 samples').waitFor();
    await check('running');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Run Model' }).click();
    await page.getByRole('alert').getByText('SIGSEGV').waitFor();
    await check('crashed');
    await page.getByRole('button', { name: 'Retry' }).click();
    await page.getByText('observed, batch pass').waitFor();
    await page.getByRole('button', { name: 'Run Model' }).click();
    await page.getByText('The run before, over 64 samples').waitFor();
    await check('compared');
    await page.getByRole('button', { name: 'Export…' }).click();
    await check('menu');
    await page.keyboard.press('Escape');
    await page.getByRole('tab', { name: 'Layers' }).press('ArrowRight');
    await page.getByRole('button', { name: 'Try Neighbours' }).click();
    await page.locator('.subjects td.changed').getByText('≠ 8').waitFor();
    await check('neighbours');
  });

  it.each(Object.entries(quietStates))('has nothing axe calls serious: %s', async (state, make) => {
    const page = await open({ theme, ...make() });
    await page.locator('h1').waitFor();
    await page.screenshot({ path: join(screenshots, `page-${name}-${state}.png`) });
    expect(await seriousViolations(page)).toEqual([]);
  });
});

/** What a page can show without being asked. */
const quietStates: Readonly<Record<string, () => Partial<OpenOptions>>> = {
  folded: () => ({ source: foldedSource() }),
  error: () => ({
    source: sourceOf(partlyLoaded, {
      readModel: () =>
        Promise.resolve({
          ok: false,
          error: { kind: 'truncated', message: 'resnet.onnx ends in the middle of its graph.' },
        }),
    }),
  }),
  untrusted: () => ({ editor: { isTrusted: () => false } }),
  healthy: () => ({ source: sourceOf({ channels: [16, 16, 32, 32] }) }),
};

/** The first run waits to be cancelled, the second dies, the others succeed. */
function troubledSource(): ModelSource {
  const good = sourceOf(partlyLoaded);
  let attempts = 0;
  let end: (reply: Awaited<ReturnType<ModelSource['observe']>>) => void = () => undefined;
  const message = 'The process that runs the model ended with SIGSEGV. Run it again.';
  return {
    ...good,
    observe: (input, onProgress) => {
      attempts += 1;
      if (attempts === 1) {
        onProgress({
          stage: 'running',
          fraction: 0.2,
          message: 'Evaluation pass, 16 of 64 samples',
        });
        return new Promise((resolve) => {
          end = resolve;
        });
      }
      return attempts === 2
        ? Promise.resolve({ ok: false, error: { kind: 'crashed', message } })
        : good.observe(input, onProgress);
    },
    cancel: () => {
      end({ ok: false, error: { kind: 'cancelled', message: 'Cancelled.' } });
    },
  };
}

const exportLine = 'torch.onnx.export(model, x, "m.onnx", dynamo=True, optimize=False)';

function foldedSource(): ModelSource {
  const report = {
    ...sampleReport({ channels: [] }),
    noBatchNorm: { summary: 'Folded.', nextStep: 'Export it with the layers kept:', exportLine },
    verdict: {
      kind: 'noBatchNorm' as const,
      severity: 'information' as const,
      confidence: 'likely' as const,
      summary: 'This file holds no BatchNorm layer: the exporter folded them away.',
      evidence: ['All 53 convolutions have a bias, which is what folding leaves behind.'],
    },
  };
  return sourceOf(partlyLoaded, {
    fileName: 'folded.onnx',
    readModel: () => Promise.resolve({ ok: true, value: report }),
  });
}

async function stripColours(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const colours = new Set<number>();
    const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    for (const { style } of document.querySelectorAll<HTMLElement>('.layer .strip')) {
      const address = /^url\("(.*)"\)$/.exec(style.backgroundImage)?.[1];
      if (address === undefined) {
        continue;
      }
      const picture = new Image();
      picture.src = address;
      await picture.decode();
      context?.drawImage(picture, 0, 0);
      const image = context?.getImageData(0, 0, picture.naturalWidth, 1);
      new Uint32Array(image?.data.buffer ?? new ArrayBuffer(0)).forEach((c) => colours.add(c));
    }
    return colours.size;
  });
}

describe('the page', () => {
  it('keeps every number of the list in its row', async () => {
    const page = await openWithChart();
    await run(page);
    const outside = await page.locator('.layer').evaluateAll((rows) =>
      rows.flatMap((row) => {
        const { top, bottom } = row.getBoundingClientRect();
        return [...row.querySelectorAll('.channels, .badness')]
          .filter((part) => {
            const box = part.getBoundingClientRect();
            return box.top < top || box.bottom > bottom || part.scrollWidth > part.clientWidth;
          })
          .map(({ textContent }) => textContent);
      }),
    );
    expect(outside).toEqual([]);
  });

  it('puts new colours on when the theme changes', async () => {
    const page = await openWithChart();
    const dark = await page.locator('.chart canvas').first().screenshot();
    await panel.setTheme(themes['light'] ?? raise('no light theme'));
    await expect
      .poll(async () => (await page.locator('.chart canvas').first().screenshot()).equals(dark))
      .toBe(false);
  });

  it('explains a folded model and copies the line that exports it again', async () => {
    const page = await open({ source: foldedSource() });
    await page.getByText('the exporter folded them away').waitFor();
    await page.getByRole('button', { name: 'Copy' }).click();
    await expect.poll(() => panel.copied).toEqual([exportLine]);
  });

  it('says what is wrong with a file, and reads it again on Retry', async () => {
    const good = sourceOf(partlyLoaded);
    let attempts = 0;
    const page = await open({
      source: {
        ...good,
        readModel: () => {
          attempts += 1;
          const message = 'resnet.onnx ends in the middle of its graph. Copy the file again.';
          return attempts === 1
            ? Promise.resolve({ ok: false, error: { kind: 'truncated', message } })
            : good.readModel();
        },
      },
    });
    await page.getByRole('alert').getByText('ends in the middle').waitFor();
    await page.getByRole('button', { name: 'Retry' }).click();
    await waitForChart(page);
  });

  it('survives the death of the process that runs the model, and runs it again', async () => {
    const good = sourceOf(partlyLoaded);
    let attempts = 0;
    const message = 'The process that runs the model ended with SIGSEGV. Run it again.';
    const page = await openWithChart({
      source: {
        ...good,
        observe: (input, onProgress) => {
          attempts += 1;
          return attempts === 1
            ? Promise.resolve({ ok: false, error: { kind: 'crashed', message } })
            : good.observe(input, onProgress);
        },
      },
    });
    await page.getByRole('button', { name: 'Run Model' }).click();
    await page.getByRole('alert').getByText('SIGSEGV').waitFor();
    await page.getByRole('button', { name: 'Retry' }).click();
    await page.getByText('observed, batch pass').waitFor();
  });

  it('asks for trust before it runs anything', async () => {
    const page = await openWithChart({ editor: { isTrusted: () => false } });
    await page.getByRole('button', { name: 'Manage Workspace Trust' }).waitFor();
    expect(await page.getByRole('button', { name: 'Run Model' }).count()).toBe(0);
  });

  it('reads a changed file again and keeps the selected layer', async () => {
    const page = await openWithChart();
    await page.getByRole('option', { name: /stage1\.block2\.bn/ }).click();
    panel.session.forget();
    panel.peer.emit('modelChanged', { reason: 'edited' });
    await page.getByText('was read again').waitFor();
    await page.locator('.notice').waitFor({ state: 'hidden' });
    await page.getByRole('heading', { name: 'stage1.block2.bn' }).waitFor();
  });

  it('comes back as it was left when it is built anew', async () => {
    const page = await openWithChart();
    await page.getByRole('option', { name: /stage1\.block2\.bn/ }).click();
    await page.getByRole('heading', { name: 'stage1.block2.bn' }).waitFor();
    const savedState = await page.evaluate(
      () => (window as unknown as { bnState: unknown }).bnState,
    );
    await page.close();
    const again = await openWithChart({ savedState });
    await again.getByRole('heading', { name: 'stage1.block2.bn' }).waitFor();
  });

  it('draws histograms over the channels, and remembers that', async () => {
    const page = await openWithChart();
    await run(page);
    await page.getByRole('combobox', { name: 'Chart' }).click();
    await page.getByRole('option', { name: 'Histograms over the channels' }).click();
    await page.locator('.histogram').nth(3).waitFor();
    expect(await page.locator('.histogram').first().locator('path').count()).toBe(4);
    await page.screenshot({ path: join(screenshots, 'page-dark-histograms.png') });
    expect(await seriousViolations(page)).toEqual([]);
    const saved = await page.evaluate(() => (window as unknown as { bnState: unknown }).bnState);
    expect(saved).toMatchObject({ subject: 'histogram' });
  });

  it('marks collapsed and dead channels by shape, and says so', async () => {
    const page = await openWithChart();
    const legend = page.getByRole('group', { name: 'Legend' }).first();
    expect(await legend.innerText()).not.toContain('channel');
    const markedBefore = await markedPixels(page);
    await page.getByRole('option', { name: /stage2\.block0\.bn/ }).click();
    await legend.getByText('collapsed channel').waitFor();
    await legend.getByText('dead channel').waitFor();
    expect(markedBefore).toBe(0);
    await expect.poll(() => markedPixels(page)).toBeGreaterThan(10);
    await page.screenshot({ path: join(screenshots, 'page-dark-marked.png') });
  });

  it('shows only the channels brushed in the chart, until told otherwise', async () => {
    const page = await openWithChart();
    await page.getByRole('option', { name: /stage1\.block2\.bn/ }).click();
    await page.getByRole('heading', { name: 'stage1.block2.bn' }).waitFor();
    await waitForChart(page);
    const box = await page.locator('.u-over').first().boundingBox();
    const { x, y, width, height } = box ?? raise('no chart');
    await page.mouse.move(x + width * 0.25, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(x + width * 0.5, y + height / 2, { steps: 4 });
    await page.mouse.up();
    await page.getByText(/^Channels 3\d to 6\d: 3\d of 128 channels/).waitFor();
    await page.getByRole('button', { name: 'Show All Channels' }).click();
    await page.locator('.table-caption').getByText('128 channels', { exact: true }).waitFor();
  });

  it('fits a narrow editor without scrolling sideways', async () => {
    const page = await openWithChart({ size: { width: 420, height: 900 } });
    await run(page);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    await page.screenshot({ path: join(screenshots, 'page-dark-narrow.png'), fullPage: true });
    expect(overflow).toBe(0);
  });

  it('at 200 % zoom scrolls down only, and everything can be reached', async () => {
    const page = await openWithChart({ size: { width: 590, height: 430 }, scale: 2 });
    await run(page);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    await page.screenshot({ path: join(screenshots, 'page-dark-zoomed.png') });
    expect(overflow).toBe(0);
    await page.locator('tbody tr').last().scrollIntoViewIfNeeded();
    await page.getByRole('button', { name: 'Export…' }).click();
    const items = page.getByRole('menuitem');
    for (const item of await items.all()) {
      await item.scrollIntoViewIfNeeded();
      const box = (await item.boundingBox()) ?? raise('not shown');
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(590);
    }
  });

  it('moves nothing where less motion is asked for', async () => {
    const running: ModelSource = { ...troubledSource() };
    const page = await openWithChart({ source: running, isMotionReduced: true });
    await page.getByRole('button', { name: 'Run Model' }).click();
    await page.getByText('16 of 64 samples').waitFor();
    expect(await page.evaluate(runningAnimations)).toEqual([]);
    const waiting = await open({
      source: { ...running, readModel: () => new Promise(() => undefined) },
      isMotionReduced: true,
    });
    await waiting.getByText('Reading the model').waitFor();
    expect(await waiting.evaluate(runningAnimations)).toEqual([]);
    await page.close();
  });

  it('joins a run that goes on while it is hidden and built anew', async () => {
    const good = sourceOf(partlyLoaded);
    let finish = (): void => undefined;
    const waits = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const source: ModelSource = {
      ...good,
      observe: async (input, onProgress) => {
        await waits;
        return good.observe(input, onProgress);
      },
    };
    const page = await openWithChart({ source });
    await page.getByRole('button', { name: 'Run Model' }).click();
    await page.getByRole('button', { name: 'Cancel' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Cancel' }).waitFor();
    finish();
    await page.getByText('observed, batch pass').waitFor();
  });
});

describe('the keyboard', () => {
  it('reaches every control, and the focus can be seen', async () => {
    const page = await openWithChart();
    const reached: string[] = [];
    for (let step = 0; step < 30; step += 1) {
      await page.keyboard.press('Tab');
      reached.push(await page.evaluate(focusedName));
    }
    for (const name of ['Export…', 'Choose Input…', 'Run Model', 'Show', 'Order']) {
      expect(reached.join('\n')).toContain(name);
    }
    for (const name of ['BatchNorm layers', 'Charts.', 'Table of channels']) {
      expect(reached.join('\n')).toContain(name);
    }
    expect(reached.filter((name) => name.endsWith('(invisible focus)'))).toEqual([]);
  });

  it('walks through layers, then channels, and reads them out', async () => {
    const page = await openWithChart();
    await page.getByRole('listbox', { name: 'BatchNorm layers' }).focus();
    await page.keyboard.press('End');
    await page.getByRole('heading', { name: 'stage2.block0.bn' }).waitFor();
    await page.getByRole('group', { name: /^Charts/ }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByText(/^Channel 1: mean/).waitFor();
    await page.keyboard.press('End');
    await page.getByText(/^Channel 255: mean/).waitFor();
    await page.locator('tr[aria-selected=true]').getByText('255').waitFor();
  });

  it('opens the menu of exports, goes round in it and leaves it with Escape', async () => {
    const page = await openWithChart();
    const opener = page.getByRole('button', { name: 'Export…' });
    await opener.press('Enter');
    await page.keyboard.press('ArrowUp');
    expect(await page.evaluate(focusedName)).toBe('Copy Summary as Markdown');
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate(focusedName)).toBe('Every Channel as CSV…');
    await page.keyboard.press('Escape');
    expect(await page.evaluate(focusedName)).toBe('Export…');
    expect(await opener.getAttribute('aria-expanded')).toBe('false');
  });

  it('selects channels with Shift, as dragging does, and names the worst', async () => {
    const page = await openWithChart();
    await run(page);
    await page.getByText(/32 channels off by a KL of 0.1 or more; the worst: \d+ \(KL/).waitFor();
    await page.getByRole('group', { name: /^Charts/ }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Shift+ArrowRight');
    await page.getByText('Channels 1 to 3: 3 of 32 channels').waitFor();
  });

  it('walks 2,048 channels in the table', async () => {
    const page = await openWithChart({ source: sourceOf({ channels: [2048] }) });
    await page.getByRole('group', { name: 'Table of channels' }).focus();
    await page.keyboard.press('End');
    await page.getByText(/^Channel 2047: mean/).waitFor();
    expect(await page.locator('tr[aria-selected=true]').isVisible()).toBe(true);
    expect(await page.locator('tbody tr').count()).toBeLessThan(60);
  });
});

/** Animations that would be seen, in shadows of controls as well. */
function runningAnimations(): readonly string[] {
  return document
    .getAnimations()
    .filter(({ playState }) => playState === 'running')
    .map(({ effect }) => (effect as KeyframeEffect | null)?.target?.outerHTML ?? '');
}

function focusedName(): string {
  const focused = document.activeElement;
  const label = focused?.getAttribute('aria-label') ?? focused?.textContent ?? '';
  const inner = focused?.shadowRoot?.activeElement ?? focused;
  const isSeen = [focused, inner].some((target) => {
    if (!target) {
      return false;
    }
    const { outlineStyle, outlineWidth, borderColor } = getComputedStyle(target);
    return (
      (outlineStyle !== 'none' && outlineWidth !== '0px') || borderColor === 'rgb(0, 120, 212)'
    );
  });
  return `${label.trim()}${isSeen || focused === document.body ? '' : ' (invisible focus)'}`;
}

/** Channels of every BatchNorm of ResNet-50: 1 and 16 blocks of 3, four of them with a shortcut. */
function resNet50(): readonly number[] {
  const stages = [3, 4, 6, 3].flatMap((blocks, stage) => {
    const width = 64 << stage;
    return Array.from({ length: blocks }, (_, block) => [
      ...[width, width, 4 * width],
      ...(block === 0 ? [4 * width] : []),
    ]);
  });
  return [64, ...stages.flat()];
}

/** Channels of every BatchNorm of DenseNet-121: two per layer, one per transition, first and last. */
function denseNet121(): readonly number[] {
  let channels = 64;
  const blocks = [6, 12, 24, 16].flatMap((layers, block) => {
    const own = Array.from({ length: layers }, (_, layer) => [channels + 32 * layer, 128]).flat();
    channels += 32 * layers;
    const after = [channels];
    channels = block < 3 ? channels / 2 : channels;
    return [...own, ...after];
  });
  return [64, ...blocks];
}

describe('walking through the layers leaves a trace of tasks, the longest of which is printed', () => {
  it.each<[string, SampleOptions, number]>([
    ['ResNet-50', { channels: resNet50(), untouched: [20] }, 53],
    ['DenseNet-121', { channels: denseNet121(), untouched: [20] }, 121],
    ['53 layers of 2,048 channels', large, 53],
  ])('%s', async (name, options, layers) => {
    const page = await openWithChart({ source: sourceOf(options) });
    await run(page);
    expect(await page.locator('.layer').count()).toBe(layers);
    await waitForStrips(page);
    await page.getByRole('listbox', { name: 'BatchNorm layers' }).focus();
    await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline'] });
    for (let step = 0; step < 20; step += 1) {
      await page.keyboard.press('ArrowDown');
      await page.waitForTimeout(100);
    }
    await page.getByText(`layer 41 of ${String(layers)}`).waitFor();
    const tasks = tasksOf(await browser.stopTracing());
    await page.screenshot({
      path: join(screenshots, `page-dark-${name.replace(/\W+/g, '-')}.png`),
    });
    const told = tasks.slice(0, 3).map(({ elapsedMs, collectingMs }) => {
      const part = collectingMs < 1 ? '' : ` (${collectingMs.toFixed(1)} ms collecting garbage)`;
      return `${elapsedMs.toFixed(1)} ms${part}`;
    });
    console.log(
      `${name}: ${String(tasks.length)} tasks over 1 ms while walking 20 layers; the longest ${told.join(', then ')}`,
    );
    expect(tasks.length).toBeGreaterThan(0);
  });
});

interface TracedTask {
  /** Thread time of the whole task. */
  readonly elapsedMs: number;
  /** Of it, full garbage collections. */
  readonly collectingMs: number;
}

/** The tasks on the page's main thread over 1 ms, longest first. */
function tasksOf(trace: Buffer): readonly TracedTask[] {
  interface TraceEvent {
    readonly name: string;
    readonly ph: string;
    readonly tid: number;
    readonly pid: number;
    /** Time the thread itself spent, in µs: other processes of the machine do not count. */
    readonly tdur?: number;
    /** Begin and length by the clock, in µs. */
    readonly ts: number;
    readonly dur?: number;
    readonly args: { readonly name?: string };
  }
  // Written by Chromium's tracing.
  const { traceEvents } = JSON.parse(trace.toString()) as { readonly traceEvents: TraceEvent[] };
  const isMain = ({ name, args }: TraceEvent): boolean =>
    name === 'thread_name' && args.name === 'CrRendererMain';
  const mains = new Set(
    traceEvents.filter(isMain).map(({ pid, tid }) => `${String(pid)}/${String(tid)}`),
  );
  const own = traceEvents.filter(({ pid, tid }) => mains.has(`${String(pid)}/${String(tid)}`));
  const collections = own.filter(({ name }) => name === 'MajorGC');
  return own
    .filter(({ name }) => name.endsWith('RunTask'))
    .map(({ ts, dur = 0, tdur = 0 }) => ({
      elapsedMs: tdur / 1000,
      collectingMs: collections
        .filter((collection) => collection.ts >= ts && collection.ts <= ts + dur)
        .reduce((sum, collection) => sum + (collection.tdur ?? 0) / 1000, 0),
    }))
    .filter(({ elapsedMs }) => elapsedMs > 1)
    .sort((one, other) => other.elapsedMs - one.elapsedMs);
}

function raise(message: string): never {
  throw new Error(message);
}

/** Pixels of the first chart in the colour of errors, as somebody sees them. */
async function markedPixels(page: Page): Promise<number> {
  const { data, channels } = decode(await page.locator('.chart').first().screenshot());
  let count = 0;
  for (let index = 0; index < data.length; index += channels) {
    const [red = 0, green = 0, blue = 0] = data.subarray(index, index + 3);
    count += red > 200 && green < 120 && blue < 120 ? 1 : 0;
  }
  return count;
}
