import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolders } from '../platform/temporaryFolder';
import { type CliResult, runCli } from './runCli';

const makeFolder = temporaryFolders();
const root = join(import.meta.dirname, '../..');
const digits = (name: string): string => join(root, 'examples/digits', name);
const broken = digits('broken.onnx');
const healthy = digits('healthy.onnx');
const mixed = digits('mixed.npz');

/** A batch of digit-sized images as `.npy`; samples from `start` on of one fixed series. */
function images(start: number, count: number): Uint8Array {
  const header = `{'descr': '<f4', 'fortran_order': False, 'shape': (${String(count)}, 1, 8, 8), }\n`;
  const head = Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length, 0]);
  const values = Float32Array.from({ length: 64 * count }, (_, index) =>
    Math.sin((64 * start + index) ** 1.5),
  );
  return Buffer.concat([head, Buffer.from(header), Buffer.from(values.buffer)]);
}

async function good(cwd: string, ...args: readonly string[]): Promise<CliResult> {
  const result = await runCli(args, { cwd });
  expect(result.err).toBe('');
  expect(result.code).not.toBe(2);
  return result;
}

interface Moments {
  readonly input: { readonly sampleCount: number };
  readonly eval: readonly Readonly<Record<string, readonly number[]>>[];
  readonly batch: Moments['eval'];
}

async function momentsIn(file: string): Promise<Moments> {
  return JSON.parse(await readFile(file, 'utf8')) as Moments;
}

/** Largest difference between two lists of numbers, relative to the largest of them. */
function difference(a: readonly number[] = [], b: readonly number[] = []): number {
  const size = Math.max(...a.map(Math.abs), 1e-9);
  return Math.max(...a.map((value, index) => Math.abs(value - (b[index] ?? NaN)))) / size;
}

describe('bn-guard observe --output and merge-moments', () => {
  it('give from parts what one run over all samples gives', async () => {
    const folder = await makeFolder({
      'all.npy': images(0, 48),
      'a.npy': images(0, 32),
      'b.npy': images(32, 16),
    });
    for (const name of ['all', 'a', 'b']) {
      const args = ['--input', `${name}.npy`, '--batch-size', '16', '--output', `${name}.json`];
      await good(folder, 'observe', healthy, ...args);
    }
    await good(folder, 'merge-moments', 'a.json', 'b.json', '--output', 'merged.json');
    const [all, merged] = await Promise.all(
      ['all.json', 'merged.json'].map((name) => momentsIn(join(folder, name))),
    );
    expect(merged?.input.sampleCount).toBe(48);
    for (const pass of ['eval', 'batch'] as const) {
      for (const [index, layer] of (all?.[pass] ?? []).entries()) {
        const other = merged?.[pass][index];
        expect(other?.['valueCount']).toEqual(layer['valueCount']);
        for (const name of ['mean', 'squares', 'sampleMean', 'betweenSquares']) {
          expect(difference(layer[name], other?.[name])).toBeLessThan(1e-5);
        }
      }
    }
    const { out } = await good(folder, 'observe', healthy, '--moments', 'merged.json');
    expect(out).toContain('a.npy [32, 1, 8, 8] + b.npy [16, 1, 8, 8]');
  });

  it('do not mix the parts of two models', async () => {
    const folder = await makeFolder();
    await good(folder, 'observe', healthy, '--input', mixed, '--output', 'h.json');
    await good(folder, 'observe', broken, '--input', mixed, '--output', 'b.json');
    const merged = await runCli(['merge-moments', 'h.json', 'b.json', '--output', 'x.json'], {
      cwd: folder,
    });
    expect(merged.code).toBe(2);
    expect(merged.err).toMatch(
      /b\.json does not belong to h\.json: the layer backbone\.bn differs/,
    );
    const judged = await runCli(['observe', broken, '--moments', 'h.json'], { cwd: folder });
    expect(judged.err).toContain('was not made with this model');
  });

  it.each([
    ['text', 'no file of moments'],
    ['{"kind":"bn-guard-moments","version":2}', 'another version'],
    ['{"kind":"bn-guard-moments","version":1,"layers":[],"eval":[{}]}', 'damaged'],
  ])('refuse %s', async (text, reason) => {
    const folder = await makeFolder({ 'm.json': text });
    const { code, err } = await runCli(['observe', healthy, '--moments', 'm.json'], {
      cwd: folder,
    });
    expect(code).toBe(2);
    expect(err).toContain(reason);
  });
});

describe('bn-guard repair', () => {
  it('writes a copy whose statistics fit, and leaves the original alone', async () => {
    const folder = await makeFolder({ 'broken.onnx': await readFile(broken) });
    const args = ['repair', 'broken.onnx', '--input', mixed, '--output', 'new.onnx'];
    const { out } = await good(folder, ...args);
    expect(out).toMatch(/10 BatchNorm layers store what 128 samples show/);
    expect(out).toContain('Run again: The stored statistics fit the samples');
    expect(out).toMatch(/In the original it was the same for \d+ % \(output logits\)\./);
    expect(await readFile(join(folder, 'broken.onnx'))).toEqual(await readFile(broken));
    const again = await good(folder, 'observe', 'new.onnx', '--input', mixed);
    expect(again.code).toBe(0);
    expect(again.out).toContain('backbone.block1.bn1');
  });

  it('replaces bytes in place where each layer has tensors of its own', async () => {
    const folder = await makeFolder();
    await good(folder, 'repair', healthy, '--input', mixed, '--output', 'new.onnx');
    const [before, after] = await Promise.all([
      readFile(healthy),
      readFile(join(folder, 'new.onnx')),
    ]);
    expect(after.length).toBe(before.length);
    expect(after.equals(before)).toBe(false);
  });

  it('replaces bytes of layers inside functions', async () => {
    const model = join(root, 'test/models/functions_eval.onnx');
    const values = Float32Array.from({ length: 64 * 108 }, (_, at) => Math.sin(at) * 2 + 1);
    const header = `{'descr': '<f4', 'fortran_order': False, 'shape': (64, 3, 6, 6), }\n`;
    const head = Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length, 0]);
    const npy = Buffer.concat([head, Buffer.from(header), Buffer.from(values.buffer)]);
    const folder = await makeFolder({ 'x.npy': npy });
    const { out } = await good(folder, 'repair', model, '--input', 'x.npy', '--output', 'new.onnx');
    expect(out).toMatch(/2 BatchNorm layers store what 64 samples show/);
    expect(out).toContain('Run again: The stored statistics fit the samples');
    expect((await readFile(join(folder, 'new.onnx'))).length).toBe((await readFile(model)).length);
  });

  it.each([
    [
      'over the original',
      ['broken.onnx', '--input', mixed, '--output', 'broken.onnx'],
      /never written over/,
    ],
    ['without samples', ['broken.onnx', '--output', 'new.onnx'], /--input or --moments/],
    [
      'from a handful of samples',
      ['broken.onnx', '--input', mixed, '--limit', '8', '--output', 'n.onnx'],
      /8 samples are too few/,
    ],
    [
      'a model stored in training mode',
      [join(root, 'test/models/train_opset15.onnx'), '--input', mixed, '--output', 'n.onnx'],
      /training mode/,
    ],
    [
      'a model whose weights would be left behind',
      [join(root, 'test/models/external.onnx'), '--input', mixed, '--output', 'n.onnx'],
      /same folder/,
    ],
  ])('does not repair %s', async (_, args, reason) => {
    const folder = await makeFolder({ 'broken.onnx': await readFile(broken) });
    const { code, err } = await runCli(['repair', ...args], { cwd: folder });
    expect(code).toBe(2);
    expect(err).toMatch(reason);
  });
});

describe('bn-guard compare', () => {
  it('says which layers differ and which model fits the samples', async () => {
    const folder = await makeFolder();
    const { out } = await good(folder, 'compare', healthy, broken, '--input', mixed);
    expect(out).toContain('differ in 9 of 10 BatchNorm layers');
    expect(out.replaceAll('\n', ' ')).toContain('Those of the first model fit the samples better.');
    expect(out).toMatch(/^9 {2}head\.bn +32 +0 +0 /m);
  });

  it('compares without samples, as JSON too', async () => {
    const folder = await makeFolder();
    const { out } = await good(folder, 'compare', healthy, healthy, '--format', 'json');
    const comparison = JSON.parse(out) as { layers: readonly { changedChannels: number }[] };
    expect(comparison).toMatchObject({ version: 1, unmatched: { first: [], second: [] } });
    expect(comparison.layers.map(({ changedChannels }) => changedChannels)).toEqual(
      Array<number>(10).fill(0),
    );
  });
});
