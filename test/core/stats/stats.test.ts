import { describe, expect, it } from 'vitest';
import { divergenceOf } from '../../../src/core/stats/divergence';
import {
  emptyMoments,
  mergeMoments,
  momentsOfBatch,
  momentsOfSamples,
  standardErrorOf,
  statisticsOf,
} from '../../../src/core/stats/moments';

/** Two samples of three positions of one channel, far from zero: raw moments would cancel. */
const samples = [
  [1e6, 1e6 + 1, 1e6 + 2],
  [1e6 + 4, 1e6 + 5, 1e6 + 9],
];

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function squares(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0);
}

const moments = momentsOfSamples(
  {
    sampleCount: 2,
    positionCount: 3,
    means: samples.map(mean),
    centredSquares: samples.map(squares),
  },
  1,
);

describe('moments', () => {
  it('equal mean and variance of all values, computed directly', () => {
    const { mean: merged, variance } = statisticsOf(moments);
    expect(merged[0]).toBeCloseTo(mean(samples.flat()), 6);
    expect(variance[0]).toBeCloseTo(squares(samples.flat()) / 6, 6);
  });

  it('give the standard error between samples', () => {
    const between = Math.sqrt(squares(samples.map(mean)) / 1 / 2);
    expect(standardErrorOf(moments)[0]).toBeCloseTo(between, 6);
  });

  it('do not change when merged with nothing, and do not depend on the order', () => {
    expect(mergeMoments(emptyMoments(1), moments)).toEqual(moments);
    const [a, b] = samples.map((sample) =>
      momentsOfSamples(
        {
          sampleCount: 1,
          positionCount: 3,
          means: [mean(sample)],
          centredSquares: [squares(sample)],
        },
        1,
      ),
    );
    const forward = a && b && mergeMoments(a, b);
    const backward = a && b && mergeMoments(b, a);
    expect(forward?.squares[0]).toBeCloseTo(backward?.squares[0] ?? NaN, 6);
  });

  it('are the same from the variance of the whole batch', () => {
    const variance = [squares(samples.flat()) / 6];
    const whole = momentsOfBatch(
      { sampleCount: 2, positionCount: 3, means: samples.map(mean), variance },
      1,
    );
    expect(whole.squares[0]).toBeCloseTo(moments.squares[0] ?? NaN, 6);
    expect({ ...whole, squares: undefined }).toEqual({ ...moments, squares: undefined });
  });

  it('have no standard error from one sample', () => {
    const one = momentsOfSamples(
      { sampleCount: 1, positionCount: 1, means: [1], centredSquares: [0] },
      1,
    );
    expect(standardErrorOf(one)[0]).toBeNaN();
  });
});

describe('divergenceOf', () => {
  const at = (z: number, ratio: number): number | undefined =>
    divergenceOf(
      { mean: Float64Array.of(0), variance: Float64Array.of(1) },
      { mean: Float64Array.of(z), variance: Float64Array.of(ratio) },
      1e-12,
    ).kl[0];

  it.each([
    [0, 1, 0],
    [0.5, 1, 0.125],
    [0, 2, 0.153],
    [0, 0.5, 0.097],
    [1, 1, 0.5],
    [0, 10, 3.35],
  ])('of a shift of %d and a ratio of %d is %d nats', (z, ratio, kl) => {
    expect(at(z, ratio)).toBeCloseTo(kl, 2);
  });

  it('is not a number for a negative stored variance', () => {
    const stored = { mean: Float64Array.of(0), variance: Float64Array.of(-1) };
    const seen = { mean: Float64Array.of(0), variance: Float64Array.of(1) };
    expect(divergenceOf(stored, seen, 1e-5).kl[0]).toBeNaN();
  });
});
