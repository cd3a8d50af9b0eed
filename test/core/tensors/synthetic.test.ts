import { describe, expect, it } from 'vitest';
import { syntheticTensor } from '../../../src/core/tensors/synthetic';

describe('made-up samples', () => {
  it('are the same each time, around 0 and as wide as 1', () => {
    const make = () => syntheticTensor({ name: 'x', dtype: 'float32', shape: [100, 10] });
    const values = Array.from(make()?.data ?? [], Number);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(make()).toEqual(make());
    expect(Math.abs(mean)).toBeLessThan(0.1);
    expect(Math.abs(variance - 1)).toBeLessThan(0.1);
  });

  it.each([
    ['float32', 1],
    ['bool', 0],
    ['int64', 0],
  ] as const)('of a single %s are %i', (dtype, value) => {
    const single = syntheticTensor({ name: 'flag', dtype, shape: [] });
    expect(Array.from(single?.data ?? [], Number)).toEqual([value]);
    expect(single?.shape).toEqual([]);
  });

  it('are not made where they would not fit in memory', () => {
    const shape = [16, 3, 1 << 20, 1 << 20];
    expect(syntheticTensor({ name: 'x', dtype: 'float32', shape })).toBeUndefined();
  });
});
