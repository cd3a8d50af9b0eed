import { describe, expect, it } from 'vitest';
import type { BatchNormLayer } from '../../../src/core/onnx/report';
import { describeBytes, describeNamed, modelBytes } from './describe';

function codesOf(layers: readonly BatchNormLayer[]): readonly (readonly string[])[] {
  return layers.map(({ flags }) => flags.map(({ code }) => code));
}

describe('describeModel', () => {
  it('names layers, channels and parameters of a healthy model', () => {
    const { layers, mode, verdict, inputs } = describeNamed('healthy');
    expect(layers.map(({ name, channels, opset }) => [name, channels, opset])).toEqual([
      ['bn1', 4, 15],
      ['bn2', 4, 15],
    ]);
    expect(layers[0]?.parameters.mean.tensor).toBe('bn1.running_mean');
    expect(layers[0]?.epsilon).toBeCloseTo(1e-5, 10);
    expect(layers[0]?.decay).toBeCloseTo(0.9, 6);
    expect(mode).toBe('eval');
    expect(verdict).toMatchObject({ kind: 'plausible', severity: 'ok' });
    expect(inputs).toEqual([{ name: 'x', dtype: 'float32', shape: ['N', 3, 8, 8] }]);
  });

  it('reads the same numbers however the file stores them', () => {
    const { layers, problems } = describeNamed('storage');
    expect(problems).toEqual([]);
    expect(
      layers.map(({ name, parameters }) => [name, [...(parameters.mean.values ?? [])]]),
    ).toEqual(layers.map(({ name }) => [name, [1, 2, 3]]));
    expect(layers.map(({ parameters }) => parameters.variance.source)).toEqual([
      ...Array<string>(5).fill('initializer'),
      ...Array<string>(2).fill('constant'),
      ...Array<string>(3).fill('initializer'),
    ]);
  });

  it('reads parameters kept in a file beside the model', () => {
    const { layers, problems } = describeNamed('external');
    expect(problems).toEqual([]);
    expect(layers[0]?.parameters.mean.source).toBe('external');
    expect(layers[0]?.parameters.mean.values?.length).toBe(300);
  });

  it('says which file is missing, and still describes the rest', () => {
    const { layers, problems, verdict } = describeNamed('external_missing');
    expect(layers).toHaveLength(1);
    expect(problems[0]).toMatchObject({ kind: 'externalDataMissing' });
    expect(problems[0]?.message).toMatch(/"not_there\.bin".*Copy that file/);
    expect(verdict.kind).toBe('unreadable');
  });

  it('names the layers that were never loaded', () => {
    const { layers, verdict } = describeNamed('partial');
    expect(codesOf(layers)).toEqual([[], ['S1']]);
    expect(verdict).toMatchObject({ kind: 'partialRestore', severity: 'error' });
    expect(verdict.evidence[0]).toBe('Untouched statistics (mean 0, variance 1): bn2.');
  });

  it('tells a model without any loaded statistics from a partial restore', () => {
    expect(describeNamed('untouched').verdict.kind).toBe('neverLoaded');
    const shared = describeNamed('shared');
    expect(shared.verdict.kind).toBe('neverLoaded');
    expect(codesOf(shared.layers)).toEqual([
      ['S1', 'S3'],
      ['S1', 'S3'],
    ]);
  });

  it.each([
    ['train_opset9', 'training', 'trainingMode'],
    ['train_opset15', 'training', 'trainingMode'],
    ['computed', 'eval', 'batchDependent'],
    ['dropout_training', 'mixed', 'plausible'],
    ['not_finite', 'eval', 'notFinite'],
    ['batch_norm_6', 'eval', 'plausible'],
    ['batch_norm_7', 'eval', 'plausible'],
  ])('%s is stored in %s mode and judged %s', (name, mode, kind) => {
    const report = describeNamed(name);
    expect(report.mode).toBe(mode);
    expect(report.verdict.kind).toBe(kind);
  });

  it('follows bodies, which cannot be observed, and functions, which can', () => {
    const { layers } = describeNamed('nested');
    expect(layers.map(({ name, isMeasurable }) => [name, isMeasurable])).toEqual([
      ['inner', false],
      ['bn', true],
    ]);
    expect(layers[1]?.epsilon).toBe(0.25);
    expect(layers.every(({ parameters }) => parameters.mean.values?.length === 3)).toBe(true);
  });

  it('reads functions that call functions as what they come to', () => {
    const report = describeNamed('functions');
    expect(report.mode).toBe('training');
    expect(report.layers).toMatchObject([
      { name: 'layer0', epsilon: 0.5, mode: 'training', isMeasurable: true },
      { name: 'layer1', epsilon: 0.5, mode: 'training', isMeasurable: true },
    ]);
    expect(describeNamed('functions_eval').mode).toBe('mixed');
    const flat = describeNamed('functions_flat').layers;
    expect(report.layers.map(({ parameters }) => parameters)).toEqual(
      flat.map(({ parameters }) => parameters),
    );
  });

  it('explains a folded model and gives the line that exports it again', () => {
    const { noBatchNorm, verdict } = describeNamed('folded');
    expect(verdict.kind).toBe('noBatchNorm');
    expect(noBatchNorm?.summary).toMatch(/folded each BatchNorm into the convolution/);
    expect(noBatchNorm?.exportLine).toMatch(/^torch\.onnx\.export\(model\.eval\(\).*PRESERVE\)$/);
  });

  it.each([
    ['arithmetic', /"centre" \(4 channels\), subtract, divide, scale and shift/, /PRESERVE/],
    ['old_arithmetic', /"centre" \(3 channels\), subtract, divide, scale and shift/, /^$/],
    ['affine', /"scaled" \(4 channels\), scale and shift.*cannot be had back/, /tf2onnx/],
  ])('recognises what is left of a BatchNorm: %s', (name, summary, line) => {
    const { noBatchNorm, verdict } = describeNamed(name);
    expect(noBatchNorm?.summary).toMatch(summary);
    expect(verdict.evidence).toEqual([noBatchNorm?.summary]);
    expect(noBatchNorm?.exportLine).toMatch(line);
  });

  it('takes a layer norm that is written out for no BatchNorm', () => {
    const { noBatchNorm } = describeNamed('layer_norm_written_out');
    expect(noBatchNorm?.summary).not.toMatch(/per channel/);
  });

  it('lists normalisations that keep no running statistics', () => {
    const { otherNorms, noBatchNorm } = describeNamed('instance_norm');
    expect(otherNorms).toMatchObject([{ node: 'norm', opType: 'InstanceNormalization' }]);
    expect(noBatchNorm?.summary).toContain('InstanceNormalization');
  });
});

describe('describeModel on what is no model', () => {
  const text = new TextEncoder().encode('import torch\nprint("hello")\n');
  it.each([
    ['an empty file', new Uint8Array(0), 'notOnnx', /empty.*again/],
    ['a text file', text, 'notOnnx', /text file.*Choose/],
    [
      'a Git LFS pointer',
      new TextEncoder().encode('version https://git-lfs.github.com/spec/v1\noid sha256:1\n'),
      'notOnnx',
      /git lfs pull/,
    ],
    ['a zip file', Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0]), 'notOnnx', /zip file.*export/],
    ['random bytes', Uint8Array.from([0xff, 0xff, 0xff, 0xff, 7, 1]), 'notOnnx', /not an ONNX/],
    ['a model cut in half', modelBytes('healthy').slice(0, 900), 'truncated', /cut off after 900/],
  ] as const)('says what %s is and what to do', (_, bytes, kind, message) => {
    const described = describeBytes(bytes);
    expect(described).toMatchObject({ ok: false, error: { kind } });
    expect(described.ok ? '' : described.error.message).toMatch(message);
  });

  it('reports a model cut off at every length without throwing', () => {
    const bytes = modelBytes('storage');
    for (let length = 0; length < bytes.length; length++) {
      const described = describeBytes(bytes.slice(0, length));
      expect(described.ok ? described.value.layers : []).toBeDefined();
    }
  });
});
