import { encode } from 'fast-png';
import { readFileSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readNpz } from '../../src/core/tensors/npz';
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

  it('sees the same in a folder of pictures as in the array they were made of', async () => {
    const folder = await makeFolder();
    writePictures(folder, 40);
    const limit = ['--limit', '40', '--format', 'json'];
    const flags = ['--scale', '1/240', '--colours', 'gray'];
    const model = digits('healthy.onnx');
    const pictures = await observe(model, '--input', folder, ...flags, ...limit);
    const array = await observe(model, '--input', digits('mixed.npz'), ...limit);
    expect({ code: pictures.code, err: pictures.err }).toEqual({ code: 0, err: '' });
    const [own, other] = [pictures, array].map(({ out }) => JSON.parse(out) as ObservedJson);
    expect(own?.input.label).toContain('40 pictures [40, 1, 8, 8] (gray; 0 to 1.063)');
    const means = other?.layers.flatMap(({ observed }) => observed.eval.mean) ?? [];
    const seen = own?.layers.flatMap(({ observed }) => observed.eval.mean) ?? [];
    expect(seen).toHaveLength(means.length);
    expect(Math.max(...seen.map((mean, at) => Math.abs(mean - (means[at] ?? NaN))))).toBeLessThan(
      1e-5,
    );
  });

  it('asks how pictures were prepared, and names one that cannot be read', async () => {
    const folder = await makeFolder();
    writePictures(folder, 2);
    const guessed = await observe(digits('healthy.onnx'), '--input', folder);
    expect(guessed.code).toBe(2);
    expect(guessed.err).toContain('--preset');
    await writeFile(join(folder, '0001.png'), 'no picture');
    const raw = ['--preset', 'unit', '--colours', 'gray'];
    const broken = await observe(digits('healthy.onnx'), '--input', folder, ...raw);
    expect(broken.code).toBe(2);
    expect(broken.err).toContain('0001.png is neither PNG nor JPEG inside');
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

  it('says how many of the samples were used', async () => {
    const { out } = await observe(
      digits('healthy.onnx'),
      '--input',
      digits('mixed.npz'),
      '--limit',
      '20',
    );
    expect(out).toMatch(/mixed\.npz \[\d+, [\d, ]+\], the first 20 samples/);
  });

  it('says why there is no batch pass', async () => {
    const { code, out } = await observe('test/models/baked_batch.onnx');
    expect(code).toBe(0);
    expect(out).toMatch(/The batch pass could not run .*free batch\s+size/s);
  });

  it('says which operator ONNX Runtime does not have', async () => {
    const { code, err } = await observe('test/models/unknown_operator.onnx');
    expect(code).toBe(2);
    expect(err).toMatch(/my\.ops:Blur.*not a registered.*can be read all the same/s);
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

describe('bn-guard neighbours', () => {
  const mixed = ['--input', digits('mixed.npz')];

  it('exits with 0 for the healthy example and with 1 for the broken one', async () => {
    const [healthy, broken] = await Promise.all(
      ['healthy.onnx', 'broken.onnx'].map((model) =>
        runCli(['neighbours', digits(model), ...mixed], { cwd: root }),
      ),
    );
    expect(healthy).toMatchObject({ code: 0, err: '' });
    expect(healthy?.out).toContain('each sample is judged by itself');
    expect(broken).toMatchObject({ code: 1, err: '' });
    expect(broken?.out).toMatch(/Stored statistics against those of a mixed batch: [678] of 8/);
  });

  it('gives the answers as JSON', async () => {
    const args = ['neighbours', digits('healthy.onnx'), ...mixed, '--subjects', '3'];
    const { out } = await runCli([...args, '--format', 'json'], { cwd: root });
    expect(JSON.parse(out)).toMatchObject({
      version: 1,
      subjects: [{ tops: { evalMixed: 5 } }, { tops: { evalMixed: 8 } }, {}],
      verdict: { kind: 'independent' },
    });
  });

  it('asks for samples', async () => {
    const { code, err } = await runCli(['neighbours', digits('healthy.onnx')], { cwd: root });
    expect(code).toBe(2);
    expect(err).toContain('--input');
  });
});

interface ObservedJson {
  readonly input: { readonly label: string };
  readonly layers: readonly {
    readonly observed: { readonly eval: { readonly mean: readonly number[] } };
  }[];
}

/** The digits of the mixed batch as PNG files; they have 17 grays, and 255 is no multiple of 16. */
function writePictures(folder: string, count: number): void {
  const npz = readNpz(readFileSync(join(root, digits('mixed.npz'))));
  const images = npz.ok ? npz.value.find(({ name }) => name === 'image') : undefined;
  const values = Array.from(images?.data ?? [], Number);
  for (let index = 0; index < count; index++) {
    const own = values.slice(64 * index, 64 * (index + 1));
    const data = Uint8Array.from(own, (value) => Math.round(240 * value));
    const png = encode({ width: 8, height: 8, channels: 1, depth: 8, data });
    writeFileSync(join(folder, `${String(index).padStart(4, '0')}.png`), png);
  }
}
