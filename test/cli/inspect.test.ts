import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolders } from '../platform/temporaryFolder';
import { runCli } from './runCli';

const makeFolder = temporaryFolders();
const root = join(import.meta.dirname, '../..');
const model = (name: string): string => join(root, 'test/models', `${name}.onnx`);

describe('bn-guard inspect', () => {
  it('names the layers of the broken example that hold untouched statistics', async () => {
    const { code, out, err } = await runCli(['inspect', 'examples/digits/broken.onnx'], {
      cwd: root,
    });
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(out).toContain('Running mean 0 and running variance 1 in 9 of 10 BatchNorm layers');
    expect(out.split('\n').filter((line) => /^\d .* untouched$/.test(line))).toHaveLength(9);
    expect(out).toMatch(/^9 {2}head\.bn .*(?<!untouched)$/m);
  });

  it('is content with the healthy example', async () => {
    const { code, out } = await runCli(['inspect', 'examples/digits/healthy.onnx'], { cwd: root });
    expect(code).toBe(0);
    expect(out).toContain('look like those of a trained model');
  });

  it('prints JSON by the contract, with values only on request', async () => {
    const args = ['inspect', 'examples/digits/broken.onnx', '--format', 'json'];
    const plain = JSON.parse((await runCli(args, { cwd: root })).out) as unknown;
    expect(plain).toMatchObject({
      version: 1,
      model: { path: 'examples/digits/broken.onnx', irVersion: 8 },
      mode: { asStored: 'eval', forcedEval: [] },
      verdict: { kind: 'partialRestore', severity: 'error' },
    });
    expect(JSON.stringify(plain)).not.toContain('"values"');
    const full = JSON.parse((await runCli([...args, '--values'], { cwd: root })).out) as unknown;
    expect(full).toMatchObject({
      layers: [
        { name: 'backbone.bn', momentum: 1, parameters: { mean: { values: Array(16).fill(0) } } },
        ...Array.from({ length: 9 }, () => ({})),
      ],
    });
  });

  it('writes numbers that are not finite as text', async () => {
    const { out } = await runCli(['inspect', model('not_finite'), '--format', 'json', '--values'], {
      cwd: root,
    });
    expect(out).toContain('"NaN"');
    expect(out).not.toMatch(/\bnull,?\n\s+"variance"/);
  });

  it('writes a row per channel as CSV', async () => {
    const { out } = await runCli(['inspect', 'examples/digits/healthy.onnx', '--format', 'csv'], {
      cwd: root,
    });
    const [head, first] = out.split('\n');
    expect(head).toBe('layer,name,channel,mean,variance,gamma,beta');
    expect(first).toMatch(/^0,backbone\.bn,0,-?\d/);
    expect(out.trimEnd().split('\n')).toHaveLength(1 + 16 * 3 + 32 * 3 + 40 * 3 + 32);
  });

  it.each([
    ['a model without BatchNorm', model('instance_norm'), 0, /InstanceNormalization/],
    ['a folded model', model('folded'), 0, /export/i],
    ['a training-mode model', model('train_opset15'), 1, /training mode/],
    ['statistics from the batch', model('computed'), 1, /batch/],
    ['missing external data', model('external_missing'), 1, /not beside the model/],
  ])('explains %s', async (_, path, code, text) => {
    const result = await runCli(['inspect', path], { cwd: root });
    expect(result.out).toMatch(text);
    expect(result.code).toBe(code);
  });

  it.each([
    ['an empty file', { 'm.onnx': '' }, /empty/],
    ['a text file', { 'm.onnx': 'hello, this is text' }, /text file/],
    ['no file', {}, /There is no file/],
  ])('says what is wrong with %s and exits with 2', async (_, files, text) => {
    const { code, out, err } = await runCli(['inspect', 'm.onnx'], {
      cwd: await makeFolder(files),
    });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(text);
  });

  it('says that a truncated model is truncated', async () => {
    const bytes = await readFile(model('healthy'));
    const folder = await makeFolder({});
    await writeFile(join(folder, 'm.onnx'), bytes.subarray(0, Math.floor(bytes.length * 0.7)));
    const { code, err } = await runCli(['inspect', 'm.onnx'], { cwd: folder });
    expect(code).toBe(2);
    expect(err).toMatch(/cut off/);
  });
});
