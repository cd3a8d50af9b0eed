/** Reads of UPDATE_OPS, and the control scopes that what they gave goes to. */

import { findArgument } from '../../../semantics/callArguments';
import type { LibraryCall } from '../../../semantics/library';
import type { Machine } from '../../../semantics/machine';
import {
  type LibraryObject,
  type Value,
  item,
  libraryValue,
  noContents,
  optionsOf,
  textOf,
} from '../../../semantics/value';
import type { GraphObject } from '../graphs/graphs';
import type { UpdateControl, UpdateRead } from './facts';

/** Stands for all update ops that one read gave. */
interface UpdateOpsObject extends LibraryObject {
  readonly type: 'updateOps';
  readonly read: UpdateRead;
}

function isUpdateOps(object: LibraryObject): object is UpdateOpsObject {
  return object.type === 'updateOps';
}

export function isUpdateKey(value: Value | 'absent' | 'unknown'): boolean {
  if (typeof value === 'string') {
    return false;
  }
  const isByName = value.kind === 'external' && value.name === 'tensorflow.GraphKeys.UPDATE_OPS';
  return isByName || textOf(value) === 'update_ops';
}

/** Functions of TensorFlow, and methods of a graph. */
const readers = new Set([
  'tensorflow.get_collection',
  'tensorflow.get_collection_ref',
  'get_collection',
  'get_collection_ref',
]);

/** The read a call makes; `undefined` when it makes none. */
export function updateReadOf(
  name: string,
  call: LibraryCall,
  graph: GraphObject | undefined,
): UpdateRead | undefined {
  if (!readers.has(name) || !isUpdateKey(findArgument(call.args, 0, 'key', 'name'))) {
    return undefined;
  }
  const scope = findArgument(call.args, 1, 'scope');
  const isNone = typeof scope !== 'string' && scope.kind === 'constant' && scope.value === null;
  return {
    site: call.site,
    graph,
    isScoped: scope !== 'absent' && !isNone,
    isLive: name.endsWith('_ref'),
  };
}

/** The reads of a program, in the order in which they happen. */
export class UpdateReads {
  readonly #cell: number;

  constructor(machine: Machine) {
    this.#cell = machine.newCell(noContents);
  }

  /** Reads that surely happened by now. */
  soFar(machine: Machine): readonly UpdateRead[] {
    const contents = machine.store.read(this.#cell);
    const items = contents?.kind === 'contents' ? contents.items : [];
    return items.flatMap(({ value, presence }) =>
      presence === 'yes' ? readsIn(value, machine) : [],
    );
  }

  /** Takes down a read and answers the list it gives. */
  add(read: UpdateRead, machine: Machine): Value {
    const object: UpdateOpsObject = { type: 'updateOps', read };
    const contents = machine.store.read(this.#cell);
    const items = contents?.kind === 'contents' ? contents.items : [];
    const given = item(libraryValue(object));
    machine.store.write(this.#cell, { ...noContents, items: [...items, given] });
    return machine.newCollection('list', {
      ...noContents,
      items: [{ ...given, presence: 'maybe' }],
      hasUnknownItems: true,
    });
  }
}

/** `tf.control_dependencies(update_ops)`; `undefined` for anything else. */
export function updateControlOf(name: string, call: LibraryCall): UpdateControl | undefined {
  if (name !== 'tensorflow.control_dependencies' && name !== 'control_dependencies') {
    return undefined;
  }
  const given = findArgument(call.args, 0, 'control_inputs');
  const reads = typeof given === 'string' ? [] : readsIn(given, call.machine);
  return reads.length === 0 ? undefined : { site: call.site, reads };
}

const maxDepth = 3;

function readsIn(value: Value, machine: Machine, depth = 0): readonly UpdateRead[] {
  return optionsOf(value).flatMap((option): readonly UpdateRead[] => {
    if (option.kind === 'library') {
      return isUpdateOps(option.object) ? [option.object.read] : [];
    }
    return option.kind === 'collection' && depth < maxDepth
      ? machine.contentsOf(option).items.flatMap((own) => readsIn(own.value, machine, depth + 1))
      : [];
  });
}
