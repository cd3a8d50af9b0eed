/** What we observe of every BatchNorm, against PyTorch's own hooks on the model before its export. */

import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeMachine } from '../../src/runtime/node/machine';
import { observe } from '../../src/runtime/observe';
import { temporaryFolder } from '../runtime/runtimeHost';
import { runScript } from './runScript';

interface HookedLayer {
  readonly mean: readonly number[];
  /** Population variance. */
  readonly variance: readonly number[];
}

interface Hooked {
  readonly models: readonly {
    readonly model: string;
    readonly input: string;
    readonly layers: readonly HookedLayer[];
  }[];
}

/** In float32, relative to the layer's variance; where that is nothing, to BatchNorm's epsilon. */
const tolerance = 1e-4;
const epsilon = 1e-5;
const folder = temporaryFolder();
let hooked: Hooked = { models: [] };

beforeAll(async () => {
  const script = join(import.meta.dirname, 'models/make_observed.py');
  // Our own script, which prints this shape.
  hooked = (await runScript(script, [folder])) as Hooked;
}, 600_000);

/** Largest error of any layer's means and variances. */
async function errorOf(each: Hooked['models'][number], batchSize: number): Promise<number> {
  const reply = await observe(
    {
      path: join(folder, `${each.model}.onnx`),
      input: { kind: 'file', path: join(folder, `${each.input}.npy`) },
      passes: ['eval'],
      batchSize,
    },
    { machine: nodeMachine, report: () => undefined },
  );
  if (!reply.ok) {
    throw new Error(`${each.model}: ${reply.error.message}`);
  }
  expect(reply.value.layers).toHaveLength(each.layers.length);
  const errors = each.layers.flatMap(({ mean, variance }, index) => {
    const seen = reply.value.layers[index]?.eval;
    return variance.flatMap((want, channel) => {
      const shift = Math.abs((seen?.mean[channel] ?? NaN) - (mean[channel] ?? NaN));
      const difference = Math.abs((seen?.variance[channel] ?? NaN) - want);
      return [shift / Math.sqrt(want + epsilon), difference / (want + epsilon)];
    });
  });
  return Math.max(...errors);
}

describe("PyTorch's hooks", () => {
  it.each([
    ['in one run', 24],
    ['in several runs, by lean probes', 5],
  ])('agree with what is observed %s', async (_, batchSize) => {
    const errors = new Map<string, number>();
    for (const each of hooked.models) {
      errors.set(each.model, await errorOf(each, batchSize));
    }
    expect(errors.size).toBeGreaterThan(15);
    const worst = Math.max(...errors.values());
    console.log(`${String(errors.size)} models, largest relative error ${worst.toExponential(1)}`);
    expect([...errors].filter(([, error]) => !(error < tolerance))).toEqual([]);
  });
});
