import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolders } from '../platform/temporaryFolder';
import { type CliResult, runCli } from './runCli';

const makeFolder = temporaryFolders();
const root = join(import.meta.dirname, '../..');
const digits = (name: string): string => `examples/digits/${name}`;

function observe(...args: readonly string[]): Promise<CliResult> {
  return runCli(['observe', ...args], { cwd: root });
}

describe('bn-guard observe', () => {
  it('says that the statistics of the broken example do not fit the mixed batch', async () => {
    const { code, out, err } = await observe(digits('broken.onnx'), '--input', digits('mixed.npz'));
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(out).toContain('never loaded');
    expect(out).toContain('mixed.npz [128, 1, 8, 8]');
  });

  it('finds the healthy example consistent', async () => {
    const { code, out } = await observe(digits('healthy.onnx'), '--input', digits('mixed.npz'));
    expect(code).toBe(0);
    expect(out).toContain('The stored statistics fit the samples');
  });

  it('gives observed statistics of both passes as JSON', async () => {
    const { out } = await observe(
      ...[
        digits('healthy.onnx'),
        '--input',
        digits('mixed.npz'),
        '--limit',
        '40',
        '--format',
        'json',
      ],
    );
    const report = JSON.parse(out) as {
      readonly layers: readonly { readonly observed: Readonly<Record<string, unknown>> }[];
    };
    expect(report).toMatchObject({ version: 1, input: { sampleCount: 40, isSynthetic: false } });
    expect(report.layers).toHaveLength(10);
    for (const { observed } of report.layers) {
      expect(observed).toMatchObject({ eval: { count: 40 }, batch: { count: 40 } });
    }
  });

  it('adds ten columns to the CSV', async () => {
    const { out } = await observe(
      ...[digits('healthy.onnx'), '--input', digits('mixed.npz'), '--format', 'csv'],
    );
    const [head = '', first = ''] = out.split('\n');
    expect(head.split(',')).toHaveLength(17);
    expect(first.split(',').every((cell) => cell !== '')).toBe(true);
  });

  it('labels a synthetic batch and judges nothing by it', async () => {
    const { code, out } = await observe(digits('healthy.onnx'));
    expect(code).toBe(0);
    expect(out).toContain('synthetic samples');
  });

  it.each([
    ['the wrong shape', ['--input', 'test/models/fixed_batch.onnx'], /neither \.npy/],
    ['no such file', ['--input', 'nope.npy'], /nope\.npy/],
    ['an unknown pass', ['--passes', 'train'], /eval, batch/],
    ['a count of zero', ['--limit', '0'], /whole number/],
  ])('says what is wrong with %s and exits with 2', async (_, args, text) => {
    const { code, out, err } = await observe(digits('healthy.onnx'), ...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(text);
  });

  it('refuses a model without BatchNorm in words', async () => {
    const { code, err } = await observe('test/models/instance_norm.onnx');
    expect(code).toBe(2);
    expect(err.length).toBeGreaterThan(20);
  });

  it('says that a file is no model', async () => {
    const cwd = await makeFolder({ 'm.onnx': 'text' });
    const { code, err } = await runCli(['observe', 'm.onnx'], { cwd });
    expect(code).toBe(2);
    expect(err).toContain('text file');
  });
});
