/** Models forced into evaluation mode, run beside the same models written without training mode. */

import * as ort from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { mainFrame } from '../../../src/core/onnx/frame';
import { upgradeObstacle } from '../../../src/core/onnx/surgery/upgrade';
import { modelBytes } from './describe';
import { forced } from './forced';

async function answersOf(bytes: Uint8Array): Promise<Readonly<Record<string, readonly number[]>>> {
  const session = await ort.InferenceSession.create(bytes, { logSeverityLevel: 3 });
  const values = Float32Array.from({ length: 5 * 48 }, (_, index) => 2 * Math.sin(index * index));
  const answers = await session.run({ x: new ort.Tensor('float32', values, [5, 3, 4, 4]) });
  return Object.fromEntries(
    Object.entries(answers).map(([name, { data }]) => [name, Array.from(data, Number)]),
  );
}

/** Largest difference between two lists. */
function difference(a: readonly number[] = [], b: readonly number[] = []): number {
  expect(a).toHaveLength(b.length);
  return Math.max(...a.map((value, index) => Math.abs(value - (b[index] ?? NaN))));
}

describe('forced into evaluation mode', () => {
  it('BatchNorm and Dropout inside branches, loops and functions are too', async () => {
    const actual = await answersOf(forced(modelBytes('training_inside')).bytes);
    const expected = await answersOf(modelBytes('evaluation_inside'));
    expect(Object.keys(actual)).toEqual(['y', 'm_end', 'stored']);
    for (const [name, values] of Object.entries(actual)) {
      expect(difference(values, expected[name])).toBeLessThan(1e-6);
    }
  });

  it('a model without training mode answers what it answers as it is', async () => {
    const actual = await answersOf(forced(modelBytes('evaluation_inside')).bytes);
    expect(actual).toEqual(await answersOf(modelBytes('evaluation_inside')));
  });

  it('operators of version 1 do what their newer forms do', async () => {
    const actual = await answersOf(forced(modelBytes('old_forms')).bytes);
    const expected = await answersOf(modelBytes('old_forms_new'));
    expect(difference(actual['y'], expected['y'])).toBeLessThan(1e-5);
    expect(Math.max(...(actual['y'] ?? []))).toBeGreaterThan(0.5);
  });

  it('names the operator that has no newer form', () => {
    const { model } = forced(modelBytes('old_unknown_rank'));
    expect(upgradeObstacle(mainFrame(model), model)?.name).toBe('scaled');
    const { model: convertible } = forced(modelBytes('old_forms'));
    expect(upgradeObstacle(mainFrame(convertible), convertible)).toBeUndefined();
  });
});
