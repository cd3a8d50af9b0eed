/** Where numbers come from: which layers of a graph, which calls, which weights. */

import type { Machine } from '../../semantics/machine';
import { type LibraryObject, type Value, libraryValue, optionsOf } from '../../semantics/value';
import type { LayerCall } from './facts';
import { type GraphNode, membersOf } from './layer';
import { type WeightObject, isWeight } from './weights';

export interface TensorObject extends LibraryObject {
  readonly type: 'kerasTensor';
  /** The layers that it went through on its way from an input, of those that may matter. */
  readonly nodes: readonly GraphNode[];
  readonly calls: readonly LayerCall[];
  readonly weights: readonly WeightObject[];
  /** Whether it comes from `keras.Input`, so that what is called on it is built and not run. */
  readonly isSymbolic: boolean;
  /** Drawn at random, and nothing else. */
  readonly isNoise: boolean;
}

export function isTensor(object: LibraryObject): object is TensorObject {
  return object.type === 'kerasTensor';
}

const maxSources = 64;
const maxDepth = 3;
const nothing: Omit<TensorObject, 'type'> = {
  nodes: [],
  calls: [],
  weights: [],
  isSymbolic: false,
  isNoise: false,
};

/** Gives equal origins one object, so that the store can tell them to be equal. */
export class TensorPool {
  readonly #known = new Map<string, TensorObject>();
  readonly #nodes = new Map<string, GraphNode>();
  readonly #ids = new WeakMap<object, number>();
  #nextId = 1;

  make(origin: Partial<TensorObject>): Value {
    const nodes = distinct(origin.nodes ?? []).map((node) => this.#nodeLike(node));
    const calls = distinct(origin.calls ?? []);
    const weights = distinct(origin.weights ?? []);
    const { isSymbolic, isNoise } = { ...nothing, ...origin };
    const ids = [...nodes, ...calls, ...weights].map((own) => this.#idOf(own));
    const key = `${ids.sort((a, b) => a - b).join(' ')} ${String(isSymbolic)} ${String(isNoise)}`;
    const known = this.#known.get(key) ?? {
      type: 'kerasTensor',
      nodes,
      calls,
      weights,
      isSymbolic,
      isNoise,
    };
    this.#known.set(key, known);
    return libraryValue(known);
  }

  /** What is computed from these; `undefined` when nothing is known of any of them. */
  merge(values: readonly Value[], machine: Machine): Value | undefined {
    const { tensors, weights, others } = sourcesIn(values, machine, 0);
    if (tensors.length === 0 && weights.length === 0) {
      return undefined;
    }
    return this.make({
      nodes: tensors.flatMap(({ nodes }) => nodes),
      calls: tensors.flatMap(({ calls }) => calls),
      weights: [...weights, ...tensors.flatMap((own) => own.weights)],
      isSymbolic: tensors.some(({ isSymbolic }) => isSymbolic),
      isNoise: others === 0 && weights.length === 0 && tensors.every(({ isNoise }) => isNoise),
    });
  }

  #nodeLike(node: GraphNode): GraphNode {
    const place = `${node.site.path}:${String(node.site.range.start)}`;
    const key = `${String(this.#idOf(membersOf(node.layer)))} ${node.training} ${place}`;
    const known = this.#nodes.get(key) ?? node;
    this.#nodes.set(key, known);
    return known;
  }

  #idOf(object: object): number {
    const id = this.#ids.get(object) ?? this.#nextId++;
    this.#ids.set(object, id);
    return id;
  }
}

function distinct<T>(sources: readonly T[]): readonly T[] {
  return [...new Set(sources)].slice(0, maxSources);
}

interface Sources {
  readonly tensors: readonly TensorObject[];
  readonly weights: readonly WeightObject[];
  /** How many values nobody knows. */
  readonly others: number;
}

function sourcesIn(values: readonly Value[], machine: Machine, depth: number): Sources {
  const tensors: TensorObject[] = [];
  const weights: WeightObject[] = [];
  let others = 0;
  for (const value of values.flatMap(optionsOf)) {
    if (value.kind === 'library' && isTensor(value.object)) {
      tensors.push(value.object);
    } else if (value.kind === 'library' && isWeight(value.object)) {
      weights.push(value.object);
    } else if (value.kind === 'collection' && depth < maxDepth) {
      const inner = machine.contentsOf(value).items.map((own) => own.value);
      const found = sourcesIn(inner, machine, depth + 1);
      tensors.push(...found.tensors);
      weights.push(...found.weights);
      others += found.others;
    } else if (value.kind === 'unknown') {
      others++;
    }
  }
  return { tensors, weights, others };
}

/** The tensors that a value is or holds. */
export function tensorsIn(value: Value, machine: Machine): readonly TensorObject[] {
  return sourcesIn([value], machine, 0).tensors;
}

/** The weights that a value was computed from. */
export function weightsBehind(value: Value, machine: Machine): readonly WeightObject[] {
  const { tensors, weights } = sourcesIn([value], machine, 0);
  return [...weights, ...tensors.flatMap((own) => own.weights)];
}
