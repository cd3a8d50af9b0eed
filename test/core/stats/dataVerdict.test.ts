/** The verdict on layers whose observed statistics are made up, one fault at a time. */

import { describe, expect, it } from 'vitest';
import { type Evidence, dataVerdict } from '../../../src/core/stats/dataVerdict';
import type { ChannelStatistics } from '../../../src/core/stats/divergence';
import { compareWithStored } from '../../../src/core/stats/observedLayer';
import { flagsOf } from '../../../src/core/stats/staticFlags';
import type { StoredLayer } from '../../../src/core/stats/storedLayer';

const channels = 24;
const sampleCount = 32;
const positions = 100;

/** Numbers in `[0, 1)`, the same in every run. */
function numbersFrom(seed: number): () => number {
  let state = seed * 7919 + 17;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** What the samples show of a layer. */
function seenBy(layer: number): ChannelStatistics {
  const next = numbersFrom(layer + 1);
  return {
    mean: Float64Array.from({ length: channels }, () => 2 * next() - 1),
    variance: Float64Array.from({ length: channels }, () => 0.2 + 3 * next()),
  };
}

const untouched: ChannelStatistics = {
  mean: new Float64Array(channels),
  variance: new Float64Array(channels).fill(1),
};

interface Case {
  readonly layerCount?: number;
  readonly stored?: (seen: ChannelStatistics, layer: number) => ChannelStatistics;
  readonly seen?: (layer: number) => ChannelStatistics;
  /** Standard error of a mean, in deviations of the channel. */
  readonly error?: number;
}

function verdictOn({ layerCount = 6, stored = (seen) => seen, seen = seenBy, error = 0.01 }: Case) {
  const all = Array.from({ length: layerCount }, (_, index) => {
    const observed = seen(index);
    const layer: StoredLayer = {
      index,
      name: `bn${String(index)}`,
      channels: observed.mean.length,
      epsilon: 1e-5,
      mode: 'eval',
      isComputed: false,
      sharingCount: 0,
      ...stored(observed, index),
      gamma: undefined,
      beta: undefined,
    };
    const { mean, variance } = observed;
    const between = variance.map((size) => size * error ** 2 * sampleCount * (sampleCount - 1));
    const batch = compareWithStored(layer, {
      count: sampleCount,
      valueCount: sampleCount * positions,
      mean,
      squares: variance.map((size) => size * sampleCount * positions),
      sampleMean: mean,
      betweenSquares: between,
    });
    return { flagged: { layer, flags: flagsOf(layer) }, observed: { index, eval: batch, batch } };
  });
  const evidence: Evidence = {
    layers: all.map(({ flagged }) => flagged),
    observed: all.map(({ observed }) => observed),
    sampleCount,
    isSynthetic: false,
    decay: 0.99,
    agreements: [],
  };
  return dataVerdict(evidence);
}

const mixed =
  (share: number) =>
  (seen: ChannelStatistics): ChannelStatistics => ({
    mean: seen.mean.map((value) => share * value),
    variance: seen.variance.map((value) => 1 - share + share * value),
  });

const scaled = (seen: ChannelStatistics, factor: number): ChannelStatistics => ({
  mean: seen.mean.map((value) => factor * value),
  variance: seen.variance.map((value) => factor ** 2 * value),
});

const rotated = ({ mean, variance }: ChannelStatistics): ChannelStatistics => {
  const turn = (values: Float64Array): Float64Array =>
    values.map((_, channel) => values[(channel + 7) % channels] ?? NaN);
  return { mean: turn(mean), variance: turn(variance) };
};

describe('the verdict on samples', () => {
  it('is content with statistics that fit', () => {
    expect(verdictOn({})).toMatchObject({ kind: 'consistent', severity: 'ok' });
  });

  it('says that nothing was loaded, also where a layer fits by accident', () => {
    const close = { mean: untouched.mean, variance: untouched.variance.map(() => 1.01) };
    const verdict = verdictOn({
      stored: () => untouched,
      seen: (layer) => (layer === 2 ? close : seenBy(layer)),
    });
    expect(verdict).toMatchObject({ kind: 'neverLoaded', severity: 'error' });
  });

  it('says which layers were not loaded, however little they are off', () => {
    const near = mixed(0.35);
    const verdict = verdictOn({
      stored: (seen, layer) => (layer === 3 ? untouched : seen),
      seen: (layer) => (layer === 3 ? near(seenBy(layer)) : seenBy(layer)),
    });
    expect(verdict.kind).toBe('partialRestore');
    expect(verdict.evidence[0]).toBe('At mean 0 and variance 1: bn3.');
  });

  it('leaves layers alone whose 0 and 1 fit, because they are folded into the weights', () => {
    const verdict = verdictOn({ stored: () => untouched, seen: () => untouched });
    expect(verdict.kind).toBe('consistent');
    expect(verdict.evidence.join(' ')).toContain('folded into the weights');
  });

  it.each([0.1, 0.3, 0.45])('counts the updates of statistics that stopped at %d', (share) => {
    const verdict = verdictOn({ stored: mixed(share) });
    const steps = Math.round(Math.log(1 - share) / Math.log(0.99));
    expect(verdict).toMatchObject({ kind: 'stale', severity: 'error' });
    expect(verdict.summary).toContain(`about ${String(steps)} updates`);
  });

  it('does not call statistics stale that are moved by a different share in each layer', () => {
    const verdict = verdictOn({ stored: (seen, layer) => mixed(0.1 + 0.15 * layer)(seen) });
    expect(verdict.kind).not.toBe('stale');
  });

  it('finds the numbers in another order of channels', () => {
    expect(verdictOn({ stored: rotated }).kind).toBe('permuted');
  });

  it('does not call numbers of another model permuted', () => {
    const other = verdictOn({ stored: (_, layer) => scaled(seenBy(layer + 50), 3) });
    expect(other.kind).toBe('mismatched');
  });

  it('blames the preparation of the samples when only the first layer is off', () => {
    const verdict = verdictOn({
      seen: (layer) => (layer === 0 ? scaled(seenBy(0), 255) : seenBy(layer)),
      stored: (seen, layer) => (layer === 0 ? seenBy(0) : seen),
    });
    expect(verdict.kind).toBe('preprocessing');
    expect(verdict.evidence[0]).toContain('250 times as large');
  });

  it('does not count channels again that a later layer has from the first', () => {
    const handedOn = (layer: number): ChannelStatistics => {
      const [first, own] = [scaled(seenBy(0), 255), seenBy(layer)];
      return layer === 0
        ? first
        : {
            mean: Float64Array.of(...first.mean, ...own.mean.slice(0, 9)),
            variance: Float64Array.of(...first.variance, ...own.variance.slice(0, 9)),
          };
    };
    const trained = (seen: ChannelStatistics): ChannelStatistics => ({
      mean: seen.mean.map((value, at) => (at < channels ? value / 255 : value)),
      variance: seen.variance.map((value, at) => (at < channels ? value / 255 ** 2 : value)),
    });
    expect(verdictOn({ seen: handedOn, stored: trained }).kind).toBe('preprocessing');
  });

  it('says that samples arrive almost constant, though later layers are off as well', () => {
    const verdict = verdictOn({
      seen: (layer) => scaled(seenBy(layer), layer === 0 ? 1e-3 : 0.3),
      stored: (_, layer) => seenBy(layer),
    });
    expect(verdict.kind).toBe('preprocessing');
    expect(verdict.evidence[0]).toContain('almost constant');
  });

  it('names channels that are far off where most of the layer fits', () => {
    const verdict = verdictOn({
      stored: ({ mean, variance }, layer) => ({
        mean,
        variance: variance.map((size, at) => (layer === 4 && at === 11 ? 1e-4 : size)),
      }),
    });
    expect(verdict).toMatchObject({ kind: 'mismatched', severity: 'warning' });
    expect(verdict.evidence).toEqual(['bn4: channel 11.']);
  });

  it.each([
    [0, 0.08],
    [3, 0.17],
  ])('expects more difference where samples differ as a whole: layer %d', (shiftedLayer, error) => {
    const shifted = (seen: ChannelStatistics, layer: number): ChannelStatistics =>
      layer === shiftedLayer
        ? {
            ...seen,
            mean: seen.mean.map((value, at) => value + 0.3 * Math.sqrt(seen.variance[at] ?? 0)),
          }
        : seen;
    expect(verdictOn({ stored: shifted, error: 0.01 }).kind).toBe('suspect');
    expect(verdictOn({ stored: shifted, error }).kind).toBe('consistent');
  });
});
