// Models in the worker of a browser: what it answers is what the process answers.
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { repositoryRoot } from '../../scripts/tools/repository';
import { launchBrowser } from '../../scripts/vscode/browser';
import type { ModelReportDto } from '../../src/protocol/modelReport';
import type { ObservationDto } from '../../src/protocol/observation';
import type { ImagesChoice, InputChoice, ModelFile } from '../../src/protocol/onnxPanel';
import { fitToInput, presets } from '../../src/protocol/preprocessing';
import { LocalModel, uriOf } from '../client/localModel';
import { differenceOf } from '../runtime/differenceOf';
import { type ServedModels, serveModels, servedUri } from './browser/servedModels';

const digits = join(repositoryRoot, 'examples/digits');
const fixtures = join(repositoryRoot, 'test/models');
const pictures = join(repositoryRoot, 'test/pictures');
const synthetic = { kind: 'synthetic' } as const;
const ignored = (): void => undefined;

let browser: Browser;
let models: ServedModels;
let folder: string;
const sizes = new Map<string, number>();
const local: LocalModel[] = [];

beforeAll(async () => {
  browser = await launchBrowser();
  folder = await mkdtemp(join(tmpdir(), 'bn-guard-browser-'));
  models = await serveModels(browser, sizes);
});

afterEach(() => {
  local.splice(0).forEach((model) => {
    model.dispose();
  });
});

afterAll(async () => {
  await models.close();
  await browser.close();
  await rm(folder, { recursive: true, force: true });
});

/** The same model in the process of a desktop. */
function localModel(path: string): LocalModel {
  const model = new LocalModel(path);
  local.push(model);
  return model;
}

type Reply<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: { readonly kind: string; readonly message: string } };

function must<T>(reply: Reply<T>): T {
  if (!reply.ok) throw new Error(reply.error.message);
  return reply.value;
}

/** The report names the file as it was asked for. */
function withoutPath({ model, ...rest }: ModelReportDto): unknown {
  return { ...rest, model: { ...model, path: '' } };
}

/** A choice of a file, for the browser and for the process. */
function mixedSamples(uri: (path: string) => string): InputChoice {
  return { kind: 'file', uri: uri(join(digits, 'mixed.npz')), fileName: 'mixed.npz' };
}

const examples = ['broken', 'healthy'].map((name) => join(digits, `${name}.onnx`));
const [broken = '', healthy = ''] = examples;
const fixture = (name: string): string => join(fixtures, `${name}.onnx`);

describe('what a file stores', () => {
  const kinds = ['external', 'external_missing', 'storage', 'functions', 'nested', 'folded'];
  it.each([...examples, ...[...kinds, 'not_finite', 'shared'].map(fixture)])(
    'is read in the worker as in the process: %s',
    async (path) => {
      const served = await models.open(path);
      const [own, theirs] = [await served.call('readModel'), await localModel(path).readModel()];
      expect(withoutPath(must(own))).toEqual(withoutPath(must(theirs)));
    },
  );

  it.each([
    ['text.onnx', Buffer.from('This is a text file.\n')],
    ['empty.onnx', Buffer.alloc(0)],
    ['nothing.onnx', undefined],
  ])('is refused in the same words: %s', async (name, bytes) => {
    const path = join(folder, name);
    await (bytes && writeFile(path, bytes));
    const own = await (await models.open(path)).call('readModel');
    const theirs = await localModel(path).readModel();
    expect(own.ok).toBe(false);
    const words = (reply: Reply<unknown>): string =>
      reply.ok ? '' : reply.error.message.replace('served:', '');
    expect(words(own)).toBe(words(theirs));
  });

  it('is refused with the size and the limit when the file is too large', async () => {
    const path = join(folder, 'large.onnx');
    await copyFile(healthy, path);
    sizes.set(path, 3 * 2 ** 30);
    const reply = await (await models.open(path)).call('readModel');
    expect(reply).toMatchObject({ ok: false, error: { kind: 'tooLarge' } });
    expect(reply.ok ? '' : reply.error.message).toMatch(/large\.onnx" has 3072 MB.* 1024 MB/);
  });

  it('is not read from files that are not beside the model', async () => {
    const inner = join(folder, 'inner');
    await mkdir(inner, { recursive: true });
    const model = await readFile(fixture('external'), 'latin1');
    expect(model).toContain('external.bin');
    await writeFile(
      join(inner, 'model.onnx'),
      model.replaceAll('external.bin', '../other.bin'),
      'latin1',
    );
    await copyFile(join(fixtures, 'external.bin'), join(folder, 'other.bin'));
    const report = must(await (await models.open(join(inner, 'model.onnx'))).call('readModel'));
    expect(report.problems.map(({ kind }) => kind)).toContain('externalDataMissing');
  });
});

describe('a run', () => {
  const kinds = [
    'healthy',
    'external',
    'train_opset9',
    'train_opset15',
    'half_input',
    'two_inputs',
  ];
  it.each([...kinds, 'fixed_batch', 'old_forms'].map(fixture))(
    'gives the numbers of the process: %s',
    async (path) => {
      const served = await models.open(path);
      const own = must(await served.call('observe', synthetic));
      const theirs = must(await localModel(path).observe(synthetic, ignored));
      expect(differenceOf(own, theirs)).toBeLessThan(1e-4);
      expect(own.verdict.kind).toBe(theirs.verdict.kind);
      expect(own.problems.map(({ message }) => message).join()).toContain('ran in the browser');
    },
  );

  it.each(examples)('on the samples of the example comes to the same verdict: %s', async (path) => {
    const served = await models.open(path);
    const own = must(await served.call('observe', mixedSamples(servedUri)));
    const theirs = must(await localModel(path).observe(mixedSamples(uriOf), ignored));
    expect(differenceOf(own, theirs)).toBeLessThan(1e-4);
    expect(own.input).toEqual(theirs.input);
    expect(own.verdict.summary).toBe(theirs.verdict.summary);
    const steps = await served.progress();
    expect(steps.map(({ stage }) => stage)).toContain('running');
    expect(steps.at(-1)?.stage).toBe('judging');
  });

  it('that cannot be is refused in the same words', async () => {
    const path = fixture('unknown_operator');
    const own = await (await models.open(path)).call('observe', synthetic);
    const theirs = await localModel(path).observe(synthetic, ignored);
    const words = (reply: Reply<unknown>): string => (reply.ok ? '' : reply.error.message);
    expect(words(own)).toBe(words(theirs));
    expect(words(own)).not.toBe('');
  });

  it('is cancelled at any moment, and the model can be run again', async () => {
    const served = await models.open(broken);
    const run = served.call('observe', mixedSamples(servedUri));
    await expect.poll(async () => (await served.progress()).length).toBeGreaterThan(1);
    await served.call('cancel');
    expect(await run).toMatchObject({ ok: false, error: { kind: 'cancelled' } });
    expect((await served.call('observe', mixedSamples(servedUri))).ok).toBe(true);
  });
});

describe('a worker that ends by itself', () => {
  const bundle = `importScripts('/dist/web/runtime.js');`;
  const endings = {
    'its code throws': `
      const post = self.postMessage;
      self.postMessage = (message) => {
        if (message.body?.message === 'Preparing the batch pass') queueMicrotask(() => { throw new Error('no more'); });
        post.call(self, message);
      };`,
    'WebAssembly stops in the middle': `
      const post = self.postMessage;
      let isBroken = false;
      self.postMessage = (message) => {
        isBroken ||= message.body?.message === 'Preparing the batch pass';
        post.call(self, message);
      };
      const instantiate = WebAssembly.instantiate;
      WebAssembly.instantiate = async (...given) => {
        const { module, instance } = await instantiate(...given);
        const exports = Object.entries(instance.exports).map(([name, value]) => [
          name,
          typeof value !== 'function' ? value : (...args) => {
            if (isBroken) throw new WebAssembly.RuntimeError('unreachable');
            return value(...args);
          },
        ]);
        return { module, instance: { exports: Object.fromEntries(exports) } };
      };`,
  };

  it.each(Object.entries(endings))('is told with what it had come to: %s', async (_, script) => {
    const served = await models.open(broken, script + bundle);
    for (let attempt = 0; attempt < 2; attempt++) {
      const reply = await served.call('observe', mixedSamples(servedUri));
      expect(reply).toMatchObject({ ok: false, error: { kind: 'crashed' } });
      const message = reply.ok ? '' : reply.error.message;
      expect(message).toMatch(/^The model worker was ended\. .*(?:no more|unreachable)/);
      expect(message).toContain('It had come to this: Preparing the batch pass.');
      // The next request is answered by a new worker.
      expect((await served.call('readModel')).ok).toBe(true);
    }
  });
});

/** Gray and JPEG, with a folder in it. */
async function pictureFolder(): Promise<string> {
  const place = join(folder, 'photos');
  await mkdir(join(place, 'more'), { recursive: true });
  await copyFile(join(pictures, 'gray.png'), join(place, 'gray.png'));
  await copyFile(join(pictures, 'default.jpg'), join(place, 'b.jpg'));
  await copyFile(join(pictures, 'colour.png'), join(place, 'more/a ä.png'));
  await writeFile(join(place, 'notes.txt'), 'no picture');
  return place;
}

describe('pictures', () => {
  const choiceOf = (uri: string): ImagesChoice => ({
    ...{ kind: 'images', uri, fileName: 'photos' },
    preprocessing: fitToInput(presets.unit, ['N', 1, 8, 8]),
  });

  it('are decoded to the same pixels, JPEG included', async () => {
    const place = await pictureFolder();
    const served = await models.open(healthy);
    const own = must(await served.call('previewPictures', choiceOf(servedUri(place))));
    const theirs = must(await localModel(healthy).previewPictures(choiceOf(uriOf(place))));
    expect(own.pictures.map(({ fileName }) => fileName)).toEqual(['b.jpg', 'gray.png', 'a ä.png']);
    expect(own.pictures.map(({ rgba }) => [...rgba])).toEqual(
      theirs.pictures.map(({ rgba }) => [...rgba]),
    );
  });

  it('are tried again while they are tried, as a form does that is changed', async () => {
    const place = await pictureFolder();
    const served = await models.open(healthy);
    const choice = choiceOf(servedUri(place));
    const tries = await Promise.all(
      Array.from({ length: 3 }, () => served.call('tryInput', choice)),
    );
    const [first, ...others] = tries.map(must);
    others.forEach((other) => {
      expect(other.layers).toEqual(first?.layers);
    });
  });

  it('are what the model runs on', async () => {
    const place = await pictureFolder();
    const served = await models.open(healthy);
    const own = must(await served.call('tryInput', choiceOf(servedUri(place))));
    const theirs = must(await localModel(healthy).tryInput(choiceOf(uriOf(place))));
    expect(own.input).toEqual(theirs.input);
    // Three pictures leave the last layers a variance of rounding errors; the first sees the pictures.
    const firstOf = (seen: ObservationDto): ObservationDto => ({
      ...seen,
      layers: seen.layers.slice(0, 1),
    });
    expect(differenceOf(firstOf(own), firstOf(theirs))).toBeLessThan(1e-4);
  });
});

describe('other work', () => {
  it('tries neighbours as the process does', async () => {
    const served = await models.open(broken);
    const choice = { input: mixedSamples(servedUri), similar: null };
    const own = must(await served.call('tryNeighbours', choice));
    const input = mixedSamples(uriOf);
    const theirs = must(await localModel(broken).tryNeighbours({ input, similar: null }, ignored));
    expect(own.verdict).toEqual(theirs.verdict);
    expect(own.subjects.map(({ tops }) => tops)).toEqual(theirs.subjects.map(({ tops }) => tops));
  });

  it('compares two models as the process does', async () => {
    const other = (uri: (path: string) => string): ModelFile => ({
      uri: uri(healthy),
      fileName: 'healthy.onnx',
    });
    const served = await models.open(broken);
    const choice = { other: other(servedUri), input: mixedSamples(servedUri) };
    const own = must(await served.call('compare', choice));
    const theirs = must(
      await localModel(broken).compare(
        { other: other(uriOf), input: mixedSamples(uriOf) },
        ignored,
      ),
    );
    expect(own.comparison.better).toBe(theirs.comparison.better);
    expect(own.input).toEqual(theirs.input);
    const storedOnly = { other: other(servedUri), input: null };
    const stored = must(await served.call('compare', storedOnly));
    const { comparison } = must(
      await localModel(broken).compare({ other: other(uriOf), input: null }, ignored),
    );
    expect(stored.comparison.layers.map(({ changedChannels }) => changedChannels)).toEqual(
      comparison.layers.map(({ changedChannels }) => changedChannels),
    );
    comparison.layers.forEach(({ storedKl }, layer) => {
      expect(stored.comparison.layers[layer]?.storedKl).toBeCloseTo(storedKl ?? NaN, 12);
    });
  });

  it('writes a repaired copy that does what the process’s copy does', async () => {
    const [ownPath, theirPath] = [join(folder, 'own copy.onnx'), join(folder, 'theirs.onnx')];
    const before = await readFile(broken);
    const served = await models.open(broken);
    const own = must(await served.call('repair', mixedSamples(servedUri), servedUri(ownPath)));
    const theirs = must(
      await localModel(broken).repair(mixedSamples(uriOf), uriOf(theirPath), ignored),
    );
    expect(own.after.verdict.summary).toBe(theirs.after.verdict.summary);
    expect(own.layerCount).toBe(theirs.layerCount);
    const [ownBytes, theirBytes] = [await readFile(ownPath), await readFile(theirPath)];
    expect(ownBytes.length).toBe(theirBytes.length);
    expect(await readFile(broken)).toEqual(before);
    const run = must(await localModel(ownPath).observe(mixedSamples(uriOf), ignored));
    expect(run.verdict.summary).toBe(own.after.verdict.summary);
  });

  it('never writes over the original, and says when a place cannot be written to', async () => {
    const served = await models.open(broken);
    const over = await served.call('repair', mixedSamples(servedUri), servedUri(broken));
    expect(over).toMatchObject({ ok: false, error: { kind: 'badInput' } });
    const nowhere = servedUri(join(folder, 'nowhere/copy.onnx'));
    const lost = await served.call('repair', mixedSamples(servedUri), nowhere);
    expect(lost).toMatchObject({ ok: false, error: { kind: 'notWritten' } });
  });
});

it('nothing was refused by the browser’s policy', () => {
  const refused = models.complaints.filter((line) => /content security policy|refused/i.test(line));
  expect(refused).toEqual([]);
});
