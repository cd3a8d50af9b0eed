/** The experiment with neighbours, on the example's two models and against what PyTorch measured. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { judgeNeighbours } from '../../src/core/stats/neighbours';
import { readNpz } from '../../src/core/tensors/npz';
import { variationsOf } from '../../src/core/tensors/variations';
import { RuntimeProcess } from '../../src/platform/runtimeProcess';
import type { NeighboursDto, NeighbourTopsDto } from '../../src/protocol/neighbours';
import type { NeighboursParams } from '../../src/protocol/runtime';
import { buildRuntime } from './runtimeHost';

const examples = join(import.meta.dirname, '../../examples/digits');
const models = join(import.meta.dirname, '../models');
let runtime: RuntimeProcess;

beforeAll(async () => {
  runtime = new RuntimeProcess({ modulePath: await buildRuntime() });
}, 60_000);

afterAll(() => {
  runtime.dispose();
});

function file(name: string) {
  return { kind: 'file', path: join(examples, name) } as const;
}

async function tried(model: string, more: Partial<NeighboursParams> = {}): Promise<NeighboursDto> {
  const path = join(examples, `${model}.onnx`);
  const reply = await runtime.request('tryNeighbours', { path, input: file('mixed.npz'), ...more });
  if (!reply.ok) {
    throw new Error(reply.error.message);
  }
  return reply.value;
}

async function refusal(path: string, more: Partial<NeighboursParams> = {}): Promise<string> {
  const input = { kind: 'synthetic', sampleCount: 4 } as const;
  const reply = await runtime.request('tryNeighbours', { path, input, ...more });
  return reply.ok ? 'no refusal' : reply.error.message;
}

function labels(name: string): readonly number[] {
  const arrays = readNpz(readFileSync(join(examples, name)));
  const own = arrays.ok ? arrays.value.find((array) => array.name === 'labels') : undefined;
  return Array.from(own?.data ?? [], Number);
}

/** Share of subjects that get the right answer in one of the four batches. */
function accuracy(
  { subjects }: NeighboursDto,
  right: readonly number[],
  condition: keyof NeighbourTopsDto,
): number {
  const good = subjects.filter(({ tops }, index) => tops?.[condition] === right[index]);
  return good.length / subjects.length;
}

describe('the example', () => {
  interface Measured {
    readonly models: Readonly<
      Record<string, { readonly accuracy: Record<string, { readonly savedSimilar: number }> }>
    >;
  }
  // The script beside it wrote this shape.
  const measured = JSON.parse(readFileSync(join(examples, 'results.json'), 'utf8')) as Measured;

  it.each(['healthy', 'broken'])('gives what PyTorch measured of the %s model', async (model) => {
    const batch = { similar: file('similar.npz'), subjects: 64, batchSize: 64 };
    const seen = await tried(model, batch);
    const right = labels('similar.npz');
    const { eval: evaluation, train } = measured.models[model]?.accuracy ?? {};
    expect(accuracy(seen, right, 'evalSimilar')).toBe(evaluation?.savedSimilar);
    expect(accuracy(seen, right, 'batchSimilar')).toBe(train?.savedSimilar);
  });

  it('finds the healthy model independent of the neighbours in evaluation mode only', async () => {
    const { verdict, comparisons, ...seen } = await tried('healthy', { subjects: 32 });
    expect(verdict).toMatchObject({ kind: 'independent', severity: 'ok' });
    expect(comparisons.evaluation).toMatchObject({ changedTops: 0 });
    expect(comparisons.evaluation.difference).toBeLessThan(1e-5);
    expect(comparisons.batch.changedTops).toBeGreaterThan(12);
    expect(comparisons.modes.changedTops).toBeLessThan(3);
    expect(seen).toMatchObject({ output: 'logits', input: { batchSize: 32, similar: 'made' } });
  });

  it('finds that only mixed neighbours hide the fault of the broken one', async () => {
    const { verdict, comparisons } = await tried('broken', { subjects: 32 });
    expect(verdict).toMatchObject({ kind: 'lost', severity: 'error' });
    expect(comparisons.evaluation.changedTops).toBe(0);
    expect(comparisons.modes.changedTops).toBeGreaterThan(20);
  });
});

it('leaves an input of a single number as it is', async () => {
  const reply = await runtime.request('tryNeighbours', {
    path: join(models, 'keep_probability.onnx'),
    input: { kind: 'synthetic', sampleCount: 6 },
  });
  expect(reply.ok ? reply.value : reply.error.message).toMatchObject({
    input: { batchSize: 6, similar: 'made' },
    output: 'y',
  });
  expect(reply.ok && reply.value.subjects).toHaveLength(6);
});

describe('refusals', () => {
  it('of a single sample', async () => {
    const alone = { input: { kind: 'synthetic', sampleCount: 1 } } as const;
    expect(await refusal(join(examples, 'healthy.onnx'), alone)).toContain('no neighbours');
  });

  it('of a model that takes one sample at a time', async () => {
    expect(await refusal(join(models, 'baked_batch.onnx'))).toMatch(/free batch size/);
  });

  it('of a request of the wrong shape', async () => {
    expect(await refusal(join(examples, 'healthy.onnx'), { subjects: 0 })).toMatch(/wrong shape/);
  });
});

describe('judging', () => {
  const answer = (...numbers: readonly number[]): Float64Array => Float64Array.from(numbers);
  const same = answer(1, 2, 3);

  it('sees an answer that depends on the neighbours even with stored statistics', () => {
    const moved = { evalMixed: same, evalSimilar: answer(1, 2, 2.9), batchMixed: same };
    const { verdict } = judgeNeighbours([{ ...moved, batchSimilar: same }], true);
    expect(verdict).toMatchObject({ kind: 'dependent', severity: 'error' });
  });

  it('goes by distance where there are no scores', () => {
    const stored = { evalMixed: same, evalSimilar: same, batchSimilar: same };
    const far = judgeNeighbours([{ ...stored, batchMixed: answer(9, 9, 9) }], false);
    const near = judgeNeighbours([{ ...stored, batchMixed: answer(1, 2, 3.1) }], false);
    expect([far.verdict.kind, near.verdict.kind]).toEqual(['lost', 'independent']);
    expect(far.subjects[0]?.tops).toBeUndefined();
  });

  it('takes answers that are no numbers for dependent, not for good', () => {
    const broken = { evalMixed: same, evalSimilar: answer(NaN, 1, 1), batchMixed: same };
    const { verdict } = judgeNeighbours([{ ...broken, batchSimilar: same }], true);
    expect(verdict.kind).toBe('dependent');
  });
});

describe('variations', () => {
  const picture = Float32Array.from({ length: 3 * 6 * 5 }, (_, at) => (at * 37) % 11);
  const sample = { name: 'x', dtype: 'float32', shape: [1, 3, 6, 5], data: picture } as const;

  it('begin with the sample and stay near it and in its range', () => {
    const varied = variationsOf(sample, 9, 1);
    expect(varied?.shape).toEqual([9, 3, 6, 5]);
    const values = Array.from(varied?.data ?? [], Number);
    expect(values.slice(0, 90)).toEqual(Array.from(picture));
    const distances = values.map((value, at) => Math.abs(value - (picture[at % 90] ?? NaN)));
    expect(Math.max(...distances)).toBeLessThan(0.2 * 11 + 0.05 * 10 + 0.1 * 10);
    expect(distances.slice(90).filter((distance) => distance > 0).length).toBeGreaterThan(600);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThanOrEqual(10);
  });

  it('of bytes are bytes, and there are none of word numbers', () => {
    const bytes = { ...sample, dtype: 'uint8', data: Uint8Array.from(picture) } as const;
    expect(variationsOf(bytes, 3, 1)?.data).toBeInstanceOf(Uint8Array);
    const words = {
      ...sample,
      dtype: 'int64',
      data: BigInt64Array.from([1n]),
      shape: [1, 1],
    } as const;
    expect(variationsOf(words, 3, 1)).toBeUndefined();
  });
});
