/** Where numbers come from: which calls of nets, which entries. */

import type { Machine } from '../../semantics/machine';
import { type LibraryObject, type Value, libraryValue, optionsOf } from '../../semantics/value';
import { type EntryObject, isEntry } from './entries';
import type { NetCall } from './facts';

export interface TensorObject extends LibraryObject {
  readonly type: 'torchTensor';
  readonly calls: readonly NetCall[];
  readonly entries: readonly EntryObject[];
  /** Drawn at random, and nothing else. */
  readonly isNoise: boolean;
}

export function isTensor(object: LibraryObject): object is TensorObject {
  return object.type === 'torchTensor';
}

const maxSources = 24;
const maxDepth = 2;

/** Gives equal origins one object, so that the store can tell them to be equal. */
export class TensorPool {
  readonly #known = new Map<string, TensorObject>();
  readonly #ids = new WeakMap<object, number>();
  #nextId = 1;

  make(origin: Omit<TensorObject, 'type'>): Value {
    const calls = [...new Set(origin.calls)].slice(0, maxSources);
    const entries = [...new Set(origin.entries)].slice(0, maxSources);
    const ids = [...calls, ...entries].map((own) => this.#idOf(own)).sort((a, b) => a - b);
    const key = `${ids.join(' ')} ${String(origin.isNoise)}`;
    const known = this.#known.get(key) ?? {
      type: 'torchTensor',
      calls,
      entries,
      isNoise: origin.isNoise,
    };
    this.#known.set(key, known);
    return libraryValue(known);
  }

  /** What is computed from these; `undefined` when nothing is known of any of them. */
  merge(values: readonly Value[], machine: Machine): Value | undefined {
    const { tensors, entries, others } = sourcesIn(values, machine, 0);
    if (tensors.length === 0 && entries.length === 0) {
      return undefined;
    }
    for (const { calls } of tensors) {
      for (const call of calls) {
        call.isUsed = true;
      }
    }
    return this.make({
      calls: tensors.flatMap(({ calls }) => calls),
      entries: [...entries, ...tensors.flatMap((own) => own.entries)],
      isNoise: others === 0 && entries.length === 0 && tensors.every(({ isNoise }) => isNoise),
    });
  }

  #idOf(object: object): number {
    const id = this.#ids.get(object) ?? this.#nextId++;
    this.#ids.set(object, id);
    return id;
  }
}

interface Sources {
  readonly tensors: readonly TensorObject[];
  readonly entries: readonly EntryObject[];
  /** How many values nobody knows. */
  readonly others: number;
}

function sourcesIn(values: readonly Value[], machine: Machine, depth: number): Sources {
  const tensors: TensorObject[] = [];
  const entries: EntryObject[] = [];
  let others = 0;
  for (const value of values.flatMap(optionsOf)) {
    if (value.kind === 'library' && isTensor(value.object)) {
      tensors.push(value.object);
    } else if (value.kind === 'library' && isEntry(value.object)) {
      entries.push(value.object);
    } else if (value.kind === 'collection' && depth < maxDepth) {
      const inner = machine.contentsOf(value).items.map((own) => own.value);
      const found = sourcesIn(inner, machine, depth + 1);
      tensors.push(...found.tensors);
      entries.push(...found.entries);
    } else if (value.kind === 'unknown') {
      others++;
    }
  }
  return { tensors, entries, others };
}

/** The calls a value was computed from. */
export function callsBehind(value: Value, machine: Machine): readonly NetCall[] {
  return sourcesIn([value], machine, 0).tensors.flatMap(({ calls }) => calls);
}

/** The entries a value was computed from. */
export function entriesBehind(value: Value, machine: Machine): readonly EntryObject[] {
  const { tensors, entries } = sourcesIn([value], machine, 0);
  return [...entries, ...tensors.flatMap((own) => own.entries)];
}
