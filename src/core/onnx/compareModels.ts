/** Two models layer by layer: how far their stored statistics are apart, and which fits the data. */

import { divergenceOf } from '../stats/divergence';
import type { ObservedLayer } from '../stats/observedLayer';
import { medianOf } from '../stats/summary';
import type { BatchNormLayer, ModelReport } from './report';

export interface Pair<T> {
  readonly first: T;
  readonly second: T;
}

export interface ComparedLayerPair {
  readonly names: Pair<string>;
  /** Position of each among its model's layers. */
  readonly indices: Pair<number>;
  readonly channels: number;
  /** Median over channels of the KL divergence of the second's from the first's statistics. */
  readonly storedKl: number | undefined;
  readonly changedChannels: number;
  /** Median KL of what the samples show from what each stores, in the batch pass. */
  readonly observedKl: Pair<number | undefined>;
}

export interface Comparison {
  readonly paths: Pair<string>;
  readonly layers: readonly ComparedLayerPair[];
  /** Layers without a counterpart, by name. */
  readonly unmatched: Pair<readonly string[]>;
  /** Which model's statistics fit the samples in more layers; absent without samples. */
  readonly better: 'first' | 'second' | 'equal' | undefined;
}

interface Run {
  readonly layers: readonly Pick<ObservedLayer, 'index' | 'batch' | 'eval'>[];
}

/** @param runs what both showed on the same samples */
export function compareModels(
  { first, second }: Pair<ModelReport>,
  runs: Pair<Run> | undefined,
): Comparison {
  const matched = matchLayers(first.layers, second.layers);
  const layers = matched.map((pair) => comparePair(pair, runs));
  const isMatched = (layer: BatchNormLayer, side: 'first' | 'second'): boolean =>
    matched.some((pair) => pair[side] === layer);
  const namesLeft = (side: 'first' | 'second', all: readonly BatchNormLayer[]): readonly string[] =>
    all.filter((layer) => !isMatched(layer, side)).map(({ name }) => name);
  return {
    paths: { first: first.model.path, second: second.model.path },
    layers,
    unmatched: {
      first: namesLeft('first', first.layers),
      second: namesLeft('second', second.layers),
    },
    better: runs === undefined ? undefined : betterOf(layers),
  };
}

/** By name; what is left over, by its order in the graph and its number of channels. */
function matchLayers(
  first: readonly BatchNormLayer[],
  second: readonly BatchNormLayer[],
): readonly Pair<BatchNormLayer>[] {
  const left = new Set(second);
  const named = new Map<BatchNormLayer, BatchNormLayer>();
  for (const layer of first) {
    const other = second.find(({ name }) => name === layer.name);
    if (other?.channels === layer.channels && left.delete(other)) {
      named.set(layer, other);
    }
  }
  return first.flatMap((layer) => {
    const other = named.get(layer) ?? [...left].find(({ channels }) => channels === layer.channels);
    if (other === undefined) {
      return [];
    }
    left.delete(other);
    return [{ first: layer, second: other }];
  });
}

/** A shift or a scale that moves the layer's output visibly. */
const visibleKl = 1e-3;

function comparePair(
  { first, second }: Pair<BatchNormLayer>,
  runs: Pair<Run> | undefined,
): ComparedLayerPair {
  const [own, other] = [storedOf(first), storedOf(second)];
  const kl = own && other ? divergenceOf(own, other, first.epsilon).kl : undefined;
  return {
    names: { first: first.name, second: second.name },
    indices: { first: first.index, second: second.index },
    channels: first.channels,
    storedKl: kl && medianOf(kl),
    changedChannels: kl?.filter((value) => !(value < visibleKl)).length ?? 0,
    observedKl: {
      first: batchKl(runs?.first, first.index),
      second: batchKl(runs?.second, second.index),
    },
  };
}

function storedOf({ parameters }: BatchNormLayer) {
  const [mean, variance] = [parameters.mean.values, parameters.variance.values];
  return mean && variance && { mean, variance };
}

function batchKl(run: Run | undefined, index: number): number | undefined {
  return run?.layers.find((layer) => layer.index === index)?.batch?.medianKl;
}

/** Differences below this are sampling noise. */
const noticeableKl = 0.02;

function betterOf(layers: readonly ComparedLayerPair[]): Comparison['better'] {
  let balance = 0;
  for (const { observedKl } of layers) {
    const difference = (observedKl.first ?? NaN) - (observedKl.second ?? NaN);
    balance += Math.abs(difference) > noticeableKl ? Math.sign(difference) : 0;
  }
  return balance === 0 ? 'equal' : balance > 0 ? 'second' : 'first';
}
