/** What the stored numbers of one layer say by themselves: each flag, and what only looks like it. */

import { describe, expect, it } from 'vitest';
import { flagsOf } from '../../../src/core/stats/staticFlags';
import type { StoredLayer } from '../../../src/core/stats/storedLayer';

const sound: StoredLayer = {
  index: 0,
  name: 'bn',
  channels: 4,
  epsilon: 1e-5,
  mode: 'eval',
  isComputed: false,
  sharingCount: 0,
  mean: Float64Array.of(0.1, -0.4, 0.3, 1),
  variance: Float64Array.of(0.5, 2, 1, 0.7),
  gamma: Float64Array.of(1, 0.8, 1.3, 0.9),
  beta: Float64Array.of(0, 0.1, -0.1, 0.2),
};

function codes(change: Partial<StoredLayer>): readonly string[] {
  return flagsOf({ ...sound, ...change }).map(({ code }) => code);
}

const zeros = new Float64Array(4);
const ones = new Float64Array(4).fill(1);

describe('a layer', () => {
  it.each<[string, Partial<StoredLayer>, readonly string[]]>([
    ['with sound numbers', {}, []],
    ['never updated: S1', { mean: zeros, variance: ones }, ['S1']],
    [
      'with mean 0 and one variance that is not 1',
      { mean: zeros, variance: ones.with(2, 0.5) },
      [],
    ],
    ['with a mean that is no number: S2', { mean: ones.with(1, NaN) }, ['S2']],
    ['with an infinite variance: S2', { variance: ones.with(1, Infinity) }, ['S2']],
    ['with a negative variance: S2', { variance: Float64Array.of(-0.1, 2, 1, 1) }, ['S2']],
    ['of shared tensors: S3', { sharingCount: 2 }, ['S3']],
    ['of one number: S4', { mean: ones, variance: ones.map(() => 2) }, ['S4']],
    ['of one channel', { channels: 1, mean: Float64Array.of(1), variance: Float64Array.of(2) }, []],
    [
      'with a constant channel: S5',
      { variance: Float64Array.of(0, 2, 1, 1), gamma: ones },
      ['S5', 'S7'],
    ],
    [
      'with a variance of 90 epsilons',
      { variance: Float64Array.of(9e-4, 2, 1, 1), gamma: ones },
      [],
    ],
    [
      "with Keras's epsilon and a small variance",
      { epsilon: 1e-3, variance: Float64Array.of(2e-3, 2, 1, 1) },
      [],
    ],
    ['with a large epsilon', { epsilon: 0.1, variance: Float64Array.of(0.5, 0.2, 0.9, 0.04) }, []],
    [
      "with Keras's epsilon and a constant channel: S5",
      { epsilon: 1e-3, variance: Float64Array.of(5e-5, 2, 1, 1) },
      ['S5'],
    ],
    ['with a channel switched off: S6', { gamma: Float64Array.of(1e-7, 1, 1, 1) }, ['S6']],
    ['of small gammas', { gamma: ones.map(() => 1e-4) }, []],
    [
      'with one fragile channel: S7',
      { variance: Float64Array.of(2e-4, 9, 9, 9), gamma: Float64Array.of(3, 1, 1, 1) },
      ['S7'],
    ],
    ['in training mode: S8', { mode: 'training' }, ['S8']],
    [
      'of computed statistics: S9',
      { isComputed: true, mean: undefined, variance: undefined },
      ['S9'],
    ],
  ])('%s', (_, change, expected) => {
    expect(codes(change)).toEqual(expected);
  });

  it('names the channels that are meant', () => {
    const [flag] = flagsOf({
      ...sound,
      variance: Float64Array.of(0.5, 1e-6, 1, 0),
      gamma: undefined,
    });
    expect(flag?.channels).toEqual(Int32Array.of(1, 3));
    expect(flag?.message).toMatch(/^Channels 1 and 3: running variance below 0.0001/);
  });
});
