import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RuntimeProcess } from '../../src/platform/runtimeProcess';
import type { InputDto, ObservationDto } from '../../src/protocol/runtime';
import { describeNamed } from '../core/onnx/describe';
import { buildRuntime, temporaryFolder } from './runtimeHost';

const folder = temporaryFolder();
const noise: InputDto = { kind: 'synthetic', sampleCount: 8 };
let modulePath = '';
let runtime: RuntimeProcess;

beforeAll(async () => {
  modulePath = await buildRuntime();
  runtime = new RuntimeProcess({ modulePath });
}, 60_000);

afterAll(() => {
  runtime.dispose();
});

function modelPath(name: string): string {
  return fileURLToPath(new URL(`../models/${name}.onnx`, import.meta.url));
}

async function observed(name: string, input: InputDto = noise): Promise<ObservationDto> {
  const reply = await runtime.request('observe', {
    path: modelPath(name),
    input,
    passes: ['eval', 'batch'],
  });
  if (!reply.ok) {
    throw new Error(reply.error.message);
  }
  return reply.value;
}

async function refusal(path: string, input: InputDto = noise): Promise<string> {
  const reply = await runtime.request('observe', { path, input, passes: ['eval'] });
  return reply.ok ? 'no refusal' : reply.error.message;
}

function npy(
  name: string,
  shape: readonly number[],
  values: ArrayLike<number>,
  descr = '<f4',
): string {
  const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape.join(', ')},), }\n`;
  const head = Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length, 0]);
  const data = descr === '<f4' ? Float32Array.from(values) : Uint8Array.from(values);
  const path = join(folder, `${name}.npy`);
  writeFileSync(path, Buffer.concat([head, Buffer.from(header), Buffer.from(data.buffer)]));
  return path;
}

/** Mean and population variance per channel of values of shape `[samples, channels, positions]`. */
function channelStatistics(values: ArrayLike<number>, channels: number, positions: number) {
  return Array.from({ length: channels }, (_, channel) => {
    const own = Array.from(values).filter(
      (__, index) => Math.floor(index / positions) % channels === channel,
    );
    const mean = own.reduce((sum, value) => sum + value, 0) / own.length;
    const variance = own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / own.length;
    return { mean, variance };
  });
}

/** Greatest difference in a pass, relative to the layer's variance. */
function differenceOf(a: ObservationDto, b: ObservationDto, pass: 'eval' | 'batch'): number {
  const differences = a.layers.flatMap((layer, index) => {
    const [own, other] = [layer[pass], b.layers[index]?.[pass]];
    return [...(own?.variance ?? [NaN])].flatMap((variance, channel) => {
      const mean = (own?.mean[channel] ?? NaN) - (other?.mean[channel] ?? NaN);
      const ratio = (other?.variance[channel] ?? NaN) / variance;
      return [Math.abs(mean) / Math.sqrt(variance), Math.abs(ratio - 1)];
    });
  });
  return Math.max(...differences);
}

async function observedInBatches(name: string, path: string, batchSize: number) {
  const reply = await runtime.request('observe', {
    path: modelPath(name),
    input: { kind: 'file', path },
    passes: ['eval', 'batch'],
    batchSize,
  });
  if (!reply.ok) {
    throw new Error(reply.error.message);
  }
  return reply.value;
}

describe('observing a model in several batches', () => {
  const shape = [24, 3, 8, 8];
  const values = (offset: number): Float32Array =>
    Float32Array.from({ length: 24 * 192 }, (_, index) => offset + Math.sin(index * index));

  it.each([
    ['values around zero', 0],
    ['values a thousand deviations from zero', 1000],
  ])('gives the same statistics as in one: %s', async (name, offset) => {
    const path = npy(name.replaceAll(' ', '_'), shape, values(offset));
    const once = await observedInBatches('healthy', path, 24);
    const often = await observedInBatches('healthy', path, 4);
    expect(often.layers.map((layer) => layer.eval?.count)).toEqual([24, 24]);
    expect(differenceOf(once, often, 'eval')).toBeLessThan(1e-4);
  });

  it('says how far the answers of both modes agree', async () => {
    const { agreements } = await observed('partial');
    expect(agreements).toMatchObject([{ output: 'y', sampleCount: 8, sameTop: undefined }]);
    expect(agreements[0]?.relativeDifference).toBeGreaterThan(0.05);
  });
});

describe('observing a model', () => {
  it.each([['train_opset9'], ['train_opset15'], ['batch_norm_7'], ['batch_norm_6']])(
    '%s: the observed statistics of its input are those of the samples',
    async (name) => {
      const values = Array.from({ length: 300 }, (_, index) => Math.sin(index) * 3 + 2);
      const path = npy('samples', [4, 3, 5, 5], values);
      const { layers } = await observed(name, { kind: 'file', path });
      const expected = channelStatistics(Float32Array.from(values), 3, 25);
      for (const pass of [layers[0]?.eval, layers[0]?.batch]) {
        for (const [channel, { mean, variance }] of expected.entries()) {
          expect(pass?.mean[channel]).toBeCloseTo(mean, 5);
          expect(pass?.variance[channel]).toBeCloseTo(variance, 4);
        }
        expect(pass).toMatchObject({ count: 4, valueCount: 100 });
      }
    },
  );

  it.each([
    ['train_opset15', 'training_mode 1 → 0, 3 outputs → 1'],
    ['train_opset9', '5 outputs → 1, which switches training off'],
    ['dropout_training', 'Dropout switched off'],
  ])('%s: says what was changed to run it in evaluation mode', async (name, change) => {
    const { forcedEval } = await observed(name);
    expect(forcedEval.map((entry) => entry.change)).toEqual([change]);
  });

  it('passes the stored statistics on to the next layer, as a deployed model does', async () => {
    const { layers } = await observed('baked_batch');
    const [first] = describeNamed('baked_batch').layers;
    const value = (name: 'gamma' | 'beta' | 'mean' | 'variance'): number =>
      first?.parameters[name].values?.[0] ?? NaN;
    // Mean over the four positions of channel 0 behind the first BatchNorm, by its formula.
    const scale = value('gamma') / Math.sqrt(value('variance') + (first?.epsilon ?? NaN));
    const expected = ((layers[0]?.eval?.mean[0] ?? NaN) - value('mean')) * scale + value('beta');
    const behind = [...(layers[1]?.eval?.mean.slice(0, 4) ?? [])];
    expect(behind.reduce((sum, next) => sum + next, 0) / 4).toBeCloseTo(expected, 4);
  });

  it.each([
    ['healthy', 2],
    ['healthy_opset9', 2],
    ['partial', 2],
    ['untouched', 2],
    ['shared', 2],
    ['storage', 10],
    ['external', 1],
    ['two_inputs', 1],
    ['half_input', 1],
    ['double_input', 1],
    ['not_finite', 1],
    ['computed', 1],
    ['fixed_batch', 2],
    ['as_inputs', 1],
    ['keep_probability', 1],
    ['used_twice', 2],
    ['word_numbers', 1],
  ])('%s: every layer is observed in both passes', async (name, count) => {
    const { layers, problems, input } = await observed(name);
    expect(problems).toEqual([]);
    expect(input).toMatchObject({ isSynthetic: true, sampleCount: 8 });
    expect(
      layers.filter((layer) => layer.eval?.count === 8 && layer.batch?.count === 8),
    ).toHaveLength(count);
  });

  it('observes layers inside functions as onnx.inliner would lay them open', async () => {
    const [called, flat] = [await observed('functions'), await observed('functions_flat')];
    expect(called.layers).toHaveLength(2);
    expect(
      called.layers.every((layer) => layer.eval?.count === 8 && layer.batch?.count === 8),
    ).toBe(true);
    expect(differenceOf(called, flat, 'eval')).toBeLessThan(1e-6);
    expect(differenceOf(called, flat, 'batch')).toBeLessThan(1e-6);
    expect(called.problems).toEqual([]);
    expect(called.forcedEval.map(({ change }) => change)).toEqual([
      'training_mode 1 → 0, 3 outputs → 1',
      'Dropout switched off',
      'training_mode 1 → 0, 3 outputs → 1',
      'Dropout switched off',
    ]);
  });

  it.each([
    ['training_inside', 'evaluation_inside'],
    ['old_forms', 'old_forms_new'],
  ])('%s: sees what there is to see in %s', async (name, twin) => {
    const [own, other] = [await observed(name), await observed(twin)];
    expect(own.layers).toHaveLength(1);
    expect(differenceOf(own, other, 'eval')).toBeLessThan(1e-5);
    expect(differenceOf(own, other, 'batch')).toBeLessThan(1e-5);
    expect(own.problems).toEqual([]);
  });

  it('says what was forced inside branches, loops and functions', async () => {
    const { forcedEval } = await observed('training_inside');
    expect(forcedEval.map(({ node }) => node)).toEqual([
      'inner',
      'drop_t',
      'looped',
      'drop_c',
      'bn',
    ]);
  });

  it('observes the layer behind a branch and says what it leaves out', async () => {
    const { layers } = await observed('nested');
    expect(layers.map(({ index }) => index)).toEqual([1]);
  });

  it('runs a model with a baked batch one by one and says that a batch pass is impossible', async () => {
    const { layers, problems } = await observed('baked_batch');
    expect(layers.map((layer) => layer.eval?.count)).toEqual([8, 8]);
    expect(problems.map(({ kind }) => kind)).toEqual(['noBatchPass']);
  });

  it.each([
    ['rank_3', [4, 3, 7]],
    ['rank_5', [4, 3, 2, 3, 2]],
  ])('%s: the statistics are those of the samples', async (name, shape) => {
    const positions = shape.slice(2).reduce((product, dim) => product * dim, 1);
    const values = Float32Array.from({ length: 12 * positions }, (_, at) => Math.sin(at * at) + 3);
    const { layers } = await observed(name, { kind: 'file', path: npy(name, shape, values) });
    const expected = channelStatistics(values, 3, positions);
    for (const pass of [layers[0]?.eval, layers[0]?.batch]) {
      expect(pass?.valueCount).toBe(4 * positions);
      for (const [channel, { mean, variance }] of expected.entries()) {
        expect(pass?.mean[channel]).toBeCloseTo(mean, 5);
        expect(pass?.variance[channel]).toBeCloseTo(variance, 5);
      }
    }
  });

  it('follows channels that come last in the input', async () => {
    const values = Float32Array.from({ length: 4 * 30 }, (_, at) => (at % 3) + Math.cos(at * at));
    const path = npy('last', [4, 2, 5, 3], values);
    const { layers } = await observed('channels_last', { kind: 'file', path });
    const expected = channelStatistics(values, 3, 1);
    for (const [channel, { mean, variance }] of expected.entries()) {
      expect(layers[0]?.eval?.mean[channel]).toBeCloseTo(mean, 5);
      expect(layers[0]?.batch?.variance[channel]).toBeCloseTo(variance, 5);
    }
  });

  it('leaves out what ONNX Runtime does not have behind the last BatchNorm', async () => {
    const { layers, agreements } = await observed('unknown_behind');
    expect(layers.map((layer) => [layer.eval?.count, layer.batch?.count])).toEqual([[8, 8]]);
    expect(agreements).toEqual([]);
  });

  it('runs a model with a baked batch of sixteen in full batches', async () => {
    const path = npy(
      'forty',
      [40, 3, 2, 2],
      Array.from({ length: 480 }, (_, at) => Math.sin(at)),
    );
    const { layers, problems, agreements } = await observed('baked_sixteen', {
      kind: 'file',
      path,
    });
    expect(layers.map((layer) => layer.eval?.count)).toEqual([40, 40]);
    expect(layers.map((layer) => layer.batch?.count)).toEqual([32, 32]);
    expect(agreements).toMatchObject([{ sampleCount: 32 }]);
    expect(agreements[0]?.relativeDifference).toBeGreaterThan(0);
    expect(problems).toEqual([]);
  });

  it('asks for one number where a model takes one', async () => {
    const input: InputDto = {
      kind: 'file',
      path: npy('one_only', [2, 3, 4, 4], new Float32Array(96)),
    };
    expect(await refusal(modelPath('keep_probability'), input)).toMatch(/x, keep/);
  });

  it.each([
    ['external_missing', /"not_there\.bin".*Copy that file/],
    ['folded', /folded each BatchNorm.*torch\.onnx\.export/],
    ['instance_norm', /InstanceNormalization/],
    ['only_branch', /inside a branch/],
    ['unknown_operator', /not a registered function/],
    ['old_unknown_rank', /operator set 6.*"scaled" \(Mul\).*version_converter/],
  ])('%s: is refused with the reason and what to do', async (name, message) => {
    expect(await refusal(modelPath(name))).toMatch(message);
  });

  it('keeps apart samples of the wrong shape, order, type and number', async () => {
    const path = modelPath('healthy');
    const file = (name: string, shape: readonly number[], descr?: string): InputDto => {
      const count = shape.reduce((product, dim) => product * dim, 1);
      return { kind: 'file', path: npy(name, shape, new Float32Array(count), descr) };
    };
    expect(await refusal(path, file('shape', [2, 5, 8, 8]))).toMatch(
      /\[2, 5, 8, 8\].*\[N, 3, 8, 8\]/,
    );
    expect(await refusal(path, file('order', [2, 8, 8, 3]))).toMatch(/transpose\(0, 3, 1, 2\)/);
    expect(await refusal(path, file('bytes', [2, 3, 8, 8], '|u1'))).toMatch(/uint8.*Scale it/);
    expect(await refusal(modelPath('two_inputs'), file('one', [2, 3, 4, 4]))).toMatch(
      /left, right/,
    );
    expect(await refusal(path, { kind: 'file', path: join(folder, 'no.npy') })).toMatch(/no file/);
    expect(await refusal(path, { kind: 'file', path: modelPath('healthy') })).toMatch(/neither/);
  });

  it('reports a file that is no model like the reader does', async () => {
    const text = join(folder, 'text.onnx');
    writeFileSync(text, 'hello, this is no model at all\n');
    expect(await refusal(text)).toMatch(/text file/);
    expect(await refusal(join(folder, 'none.onnx'))).toMatch(/no file/);
  });
});

describe('the model process', () => {
  it('settles a request when it is killed, and answers the next one', async () => {
    const own = new RuntimeProcess({ modulePath });
    const request = own.request('observe', {
      path: modelPath('healthy'),
      input: { kind: 'synthetic', sampleCount: 20_000 },
      passes: ['eval'],
    });
    await new Promise((resolve) => own.onProgress(resolve));
    process.kill(own.pid ?? 0, 'SIGSEGV');
    expect(await request).toMatchObject({
      ok: false,
      error: {
        kind: 'crashed',
        signal: 'SIGSEGV',
        message: expect.stringContaining('SIGSEGV') as string,
      },
    });
    expect(await own.request('readModel', { path: modelPath('healthy') })).toMatchObject({
      ok: true,
    });
    own.dispose();
    expect(own.pid).toBeUndefined();
  });

  it('stops on request', async () => {
    const own = new RuntimeProcess({ modulePath });
    const request = own.request('observe', {
      path: modelPath('healthy'),
      input: { kind: 'synthetic', sampleCount: 20_000 },
      passes: ['eval'],
    });
    await new Promise((resolve) => own.onProgress(resolve));
    own.cancel();
    expect(await request).toMatchObject({ ok: false, error: { kind: 'cancelled' } });
    own.dispose();
  });

  it('says when it cannot be started', async () => {
    const own = new RuntimeProcess({ modulePath: join(folder, 'none.js') });
    const reply = await own.request('readModel', { path: modelPath('healthy') });
    expect(reply).toMatchObject({ ok: false, error: { kind: 'crashed', exitCode: 1 } });
    own.dispose();
  });

  it('ends when nobody asks any more', async () => {
    const own = new RuntimeProcess({ modulePath, idleMs: 10 });
    await own.request('readModel', { path: modelPath('healthy') });
    await expect.poll(() => own.pid).toBeUndefined();
  });
});

describe('the models of these tests', () => {
  it('are each used by a test', () => {
    const models = new URL('../models/', import.meta.url);
    const tests = ['../core/onnx/describeModel.test.ts', './observe.test.ts', './engine.test.ts'];
    const text = tests.map((path) => readFileSync(new URL(path, import.meta.url), 'utf8')).join();
    const names = readdirSync(models)
      .filter((name) => name.endsWith('.onnx'))
      .map((name) => name.replace('.onnx', ''));
    expect(names.filter((name) => !text.includes(`'${name}'`))).toEqual([]);
  });
});
