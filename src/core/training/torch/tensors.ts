/** Where numbers come from: which calls of nets, which entries. */

import type { Machine } from '../../semantics/machine';
import {
  type LibraryObject,
  type Site,
  type Value,
  libraryValue,
  optionsOf,
} from '../../semantics/value';
import { type EntryObject, isEntry } from './entries';
import type { NetCall } from './facts';

export interface TensorObject extends LibraryObject {
  readonly type: 'torchTensor';
  readonly calls: readonly NetCall[];
  readonly entries: readonly EntryObject[];
  /** Drawn at random or constant, and nothing else. */
  readonly isNoise: boolean;
  /** What hands out the batches it was made from. */
  readonly loaders: readonly LoaderObject[];
  /** Whether arrays of another library are in it. */
  readonly isForeign: boolean;
  /** Whether entries were strung together into one vector. */
  readonly isFlat: boolean;
}

/** A `DataLoader`. */
export interface LoaderObject extends LibraryObject {
  readonly type: 'torchLoader';
  /** Samples in a batch; `undefined` when the program does not say. */
  readonly batchSize: number | undefined;
  readonly site: Site;
}

export function isLoader(object: LibraryObject): object is LoaderObject {
  return object.type === 'torchLoader';
}

export function isTensor(object: LibraryObject): object is TensorObject {
  return object.type === 'torchTensor';
}

const maxSources = 24;
const maxDepth = 2;

/** Gives equal origins one object, so that the store can tell them to be equal. */
export class TensorPool {
  readonly #known = new Map<string, TensorObject>();
  readonly #loaders = new Map<string, LoaderObject>();
  readonly #ids = new WeakMap<object, number>();
  #nextId = 1;

  /** The loader that is made at one place with one size. */
  loaderAt(site: Site, batchSize: number | undefined): LoaderObject {
    const key = `${site.path}:${String(site.range.start)}:${String(batchSize)}`;
    const loader = this.#loaders.get(key) ?? { type: 'torchLoader', batchSize, site };
    this.#loaders.set(key, loader);
    return loader;
  }

  make(origin: Partial<Omit<TensorObject, 'type'>>): Value {
    const calls = [...new Set(origin.calls)].slice(0, maxSources);
    const entries = [...new Set(origin.entries)].slice(0, maxSources);
    const loaders = [...new Set(origin.loaders)].slice(0, maxSources);
    const { isNoise = false, isForeign = false, isFlat = false } = origin;
    const parts = [...calls, ...entries, ...loaders];
    const ids = parts.map((own) => this.#idOf(own)).sort((a, b) => a - b);
    const key = [...ids, isNoise, isForeign, isFlat].join(' ');
    const made = {
      type: 'torchTensor',
      calls,
      entries,
      loaders,
      isNoise,
      isForeign,
      isFlat,
    } as const;
    const known = this.#known.get(key) ?? made;
    this.#known.set(key, known);
    return libraryValue(known);
  }

  /** What is computed from these; `undefined` when nothing is known of any of them. */
  merge(values: readonly Value[], machine: Machine): Value | undefined {
    const { tensors, entries, loaders, others } = sourcesIn(values, machine, 0);
    if (tensors.length === 0 && entries.length === 0 && loaders.length === 0) {
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
      loaders: [...loaders, ...tensors.flatMap((own) => own.loaders)],
      isNoise:
        others === 0 &&
        entries.length === 0 &&
        loaders.length === 0 &&
        tensors.every(({ isNoise }) => isNoise),
      isForeign: tensors.some(({ isForeign }) => isForeign),
      isFlat: tensors.some(({ isFlat }) => isFlat),
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
  readonly loaders: readonly LoaderObject[];
  /** How many values nobody knows. */
  readonly others: number;
}

function sourcesIn(values: readonly Value[], machine: Machine, depth: number): Sources {
  const tensors: TensorObject[] = [];
  const entries: EntryObject[] = [];
  const loaders: LoaderObject[] = [];
  let others = 0;
  for (const value of values.flatMap(optionsOf).map(ownerOf)) {
    if (value.kind === 'library' && isTensor(value.object)) {
      tensors.push(value.object);
    } else if (value.kind === 'library' && isEntry(value.object)) {
      entries.push(value.object);
    } else if (value.kind === 'library' && isLoader(value.object)) {
      loaders.push(value.object);
    } else if (value.kind === 'collection' && depth < maxDepth) {
      const inner = machine.contentsOf(value).items.map((own) => own.value);
      const found = sourcesIn(inner, machine, depth + 1);
      tensors.push(...found.tensors);
      entries.push(...found.entries);
      loaders.push(...found.loaders);
    } else if (value.kind === 'unknown') {
      others++;
    }
  }
  return { tensors, entries, loaders, others };
}

/** An attribute of a batch that is no method is a part of the batch. */
function ownerOf(value: Value): Value {
  const isOfTensor =
    value.kind === 'method' && value.receiver.kind === 'library' && isTensor(value.receiver.object);
  return isOfTensor ? value.receiver : value;
}

/** Methods that take another tensor for its shape or type, not for its numbers. */
export function takesShapeOnly(method: string): boolean {
  return /^(?:view|reshape|expand|type|resize)(?:_as)?$/.test(method);
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

/** What hands out the batches that these values were made from. */
export function loadersBehind(values: readonly Value[], machine: Machine): readonly LoaderObject[] {
  const { tensors, loaders } = sourcesIn(values, machine, 0);
  return [...loaders, ...tensors.flatMap((own) => own.loaders)];
}

/** Whether a value was made from arrays of another library. */
export function isMadeOfArrays(value: Value, machine: Machine): boolean {
  return sourcesIn([value], machine, 0).tensors.some(({ isForeign }) => isForeign);
}

/** Whether one long vector of entries is behind a value. */
export function isFlatBehind(value: Value, machine: Machine): boolean {
  return sourcesIn([value], machine, 0).tensors.some(({ isFlat }) => isFlat);
}

/** Whether a value is drawn at random or constant, and nothing else. */
export function isNoiseOnly(value: Value): boolean {
  return value.kind === 'library' && isTensor(value.object) && value.object.isNoise;
}
