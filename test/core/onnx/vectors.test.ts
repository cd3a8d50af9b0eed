/** ONNX's own test vectors, forced to evaluation mode and run. */

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as ort from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { readTensorProto } from '../../../src/core/onnx/tensorProto';
import { numbersOf } from '../../../src/core/tensors/convert';
import type { NamedTensor } from '../../../src/core/tensors/tensor';
import { describeBytes } from './describe';
import { forced } from './forced';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const data = join(process.env['BN_GUARD_DATA'] ?? join(root, '../shared/data'), 'onnx-backend');
const isHere = existsSync(data);
if (!isHere) {
  console.warn(`ONNX's test vectors are not in ${data}; set BN_GUARD_DATA to run these tests.`);
}

/** Tolerances of ONNX's own test runner. */
const relative = 1e-3;
const absolute = 1e-7;

function bytesOf(path: string): Uint8Array {
  return new Uint8Array(readFileSync(path));
}

function tensorsOf(folder: string, kind: 'input' | 'output'): readonly NamedTensor[] {
  const set = join(folder, 'test_data_set_0');
  const count = readdirSync(set).filter((name) => name.startsWith(`${kind}_`)).length;
  return Array.from({ length: count }, (_, index) => {
    const read = readTensorProto(bytesOf(join(set, `${kind}_${String(index)}.pb`)));
    if (!read.ok) {
      throw new Error(read.error.message);
    }
    return read.value;
  });
}

interface ForcedRun {
  readonly outputs: readonly ort.Tensor[];
  readonly inputs: readonly NamedTensor[];
}

async function runForced(folder: string): Promise<ForcedRun> {
  const { bytes, model } = forced(bytesOf(join(folder, 'model.onnx')));
  const session = await ort.InferenceSession.create(bytes, { logSeverityLevel: 3 });
  const inputs = tensorsOf(folder, 'input');
  const names = model.graph.inputs
    .map(({ name }) => name)
    .filter((name) => !model.graph.initializers.has(name));
  const feeds: Record<string, ort.Tensor> = {};
  for (const [index, name] of names.entries()) {
    const tensor = inputs[index];
    if (tensor !== undefined && session.inputNames.includes(name)) {
      feeds[name] = new ort.Tensor(
        tensor.dtype as 'float32',
        tensor.data as Float32Array,
        tensor.shape,
      );
    }
  }
  const results = await session.run(feeds);
  return { inputs, outputs: session.outputNames.flatMap((name) => results[name] ?? []) };
}

function expectClose(actual: ArrayLike<unknown> | undefined, expected: ArrayLike<number>): void {
  expect(actual?.length).toBe(expected.length);
  for (let index = 0; index < expected.length; index++) {
    const want = expected[index] ?? NaN;
    const difference = Math.abs(Number(actual?.[index]) - want);
    expect(difference).toBeLessThanOrEqual(absolute + relative * Math.abs(want));
  }
}

/** `gamma · (x − mean) / √(variance + ε) + beta`, written down once more. */
function evaluationFormula(inputs: readonly NamedTensor[], epsilon: number): readonly number[] {
  const [x = [], gamma = [], beta = [], mean = [], variance = []] = inputs.map((tensor) => [
    ...numbersOf(tensor),
  ]);
  const [, channels = 1, ...positions] = inputs[0]?.shape ?? [];
  const size = positions.reduce((product, dim) => product * dim, 1);
  return x.map((value, index) => {
    const channel = Math.floor(index / size) % channels;
    const scale = (gamma[channel] ?? NaN) / Math.sqrt((variance[channel] ?? NaN) + epsilon);
    return scale * (value - (mean[channel] ?? NaN)) + (beta[channel] ?? NaN);
  });
}

function foldersOf(group: string): readonly (readonly [string, string])[] {
  const folder = join(data, group);
  return isHere ? readdirSync(folder).map((name) => [name, join(folder, name)] as const) : [];
}

const all = [...foldersOf('node'), ...foldersOf('pytorch-converted')];
const training = all.filter(([name]) => name.includes('training'));
const evaluation = all.filter(([name]) => !name.includes('training'));

describe.runIf(isHere)("ONNX's test vectors", () => {
  it.each(evaluation)('%s: outputs equal the expected ones', async (_, folder) => {
    const { outputs } = await runForced(folder);
    const expected = tensorsOf(folder, 'output');
    expect(outputs).toHaveLength(expected.length);
    for (const [index, tensor] of expected.entries()) {
      expectClose(outputs[index]?.data, numbersOf(tensor));
    }
  });

  it.each(training.filter(([name]) => name.includes('batchnorm')))(
    '%s: forced to evaluation it equals the formula',
    async (name, folder) => {
      const { outputs, inputs } = await runForced(folder);
      expect(outputs).toHaveLength(1);
      const epsilon = name.includes('epsilon') ? 1e-2 : 1e-5;
      expectClose(outputs[0]?.data, evaluationFormula(inputs, epsilon));
    },
  );

  it.each(training.filter(([name]) => name.includes('dropout')))(
    '%s: forced to evaluation it passes its input on',
    async (_, folder) => {
      const { outputs, inputs } = await runForced(folder);
      const [x] = inputs;
      expectClose(outputs[0]?.data, x === undefined ? [] : numbersOf(x));
    },
  );

  it.each([
    ['densenet121', 121],
    ['inception_v2', 69],
    ['resnet50', 53],
    ['shufflenet', 49],
  ])('light_%s: all %i BatchNorm layers are described, with every tensor', (name, count) => {
    const described = describeBytes(bytesOf(join(data, 'light', `light_${name}.onnx`)));
    const layers = described.ok ? described.value.layers : [];
    const tensors = layers.flatMap(({ parameters }) => Object.values(parameters));
    expect(layers).toHaveLength(count);
    expect(tensors.filter(({ values }) => values === undefined)).toEqual([]);
  });
});
