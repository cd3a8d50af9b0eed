/** Sessions of TensorFlow 1, and what was run in them so far. */

import { findArgument } from '../../../semantics/callArguments';
import type { LibraryCall } from '../../../semantics/library';
import type { Machine } from '../../../semantics/machine';
import {
  type Known,
  type LibraryObject,
  type Value,
  constant,
  libraryValue,
  unknown,
} from '../../../semantics/value';
import { type GraphObject, isGraph } from './graphs';

export interface SessionObject extends LibraryObject {
  readonly type: 'session';
  /** `undefined` when nobody knows which it is. */
  readonly graph: GraphObject | undefined;
  /** Holds whether anything but an initializer was run, or values were restored. */
  readonly cell: number;
}

export function isSession(object: LibraryObject): object is SessionObject {
  return object.type === 'session';
}

/** `tf.Session(target, graph, config)`. */
export function newSession(
  { args, machine }: LibraryCall,
  current: GraphObject | undefined,
): Value {
  const given = findArgument(args, 1, 'graph');
  const isOwn = typeof given !== 'string' && given.kind === 'library' && isGraph(given.object);
  const isLeftOut =
    given === 'absent' ||
    (given !== 'unknown' && given.kind === 'constant' && given.value === null);
  const graph = isOwn && isGraph(given.object) ? given.object : isLeftOut ? current : undefined;
  const session: SessionObject = {
    type: 'session',
    graph,
    cell: machine.newCell(constant(false)),
  };
  return libraryValue(session);
}

/** Whether the session's variables may hold anything else than their initial values. */
export function hasChanged({ cell }: SessionObject, machine: Machine): Known {
  const state = machine.store.read(cell);
  if (state?.kind !== 'constant') {
    return 'unknown';
  }
  return state.value === true ? 'yes' : 'no';
}

/** The op that gives variables their initial values. */
interface InitializerObject extends LibraryObject {
  readonly type: 'initializer';
}

const initializer: InitializerObject = { type: 'initializer' };

/** @source https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/initializers */
const initializers = new Set([
  'tensorflow.global_variables_initializer',
  'tensorflow.local_variables_initializer',
  'tensorflow.variables_initializer',
  'tensorflow.initialize_all_variables',
  'tensorflow.initialize_local_variables',
  'tensorflow.initialize_variables',
  'tensorflow.tables_initializer',
  'tensorflow.initializers.global_variables',
  'tensorflow.initializers.local_variables',
  'tensorflow.initializers.variables',
]);

export function callInitializer(name: string, { args }: LibraryCall): Value | undefined {
  const isGroup = name === 'tensorflow.group' && args.positional.length > 0;
  const isAll =
    isGroup && !args.hasUnknownPositional && args.positional.every((value) => isInitializer(value));
  return initializers.has(name) || isAll ? libraryValue(initializer) : undefined;
}

/** Whether a value is the op that gives variables their initial values. */
export function isInitializer(value: Value): boolean {
  return value.kind === 'library' && value.object.type === 'initializer';
}

/** `session.run(...)`: anything but an initializer may change variables. */
export function noteRun({ cell }: SessionObject, { args, machine }: LibraryCall): void {
  const fetched = findArgument(args, 0, 'fetches');
  if (typeof fetched !== 'string' && isOnlyInitializers(fetched, machine)) {
    return;
  }
  machine.store.write(cell, constant(true));
}

/** The session's variables got other values. */
export function noteChange({ cell }: SessionObject, machine: Machine): void {
  machine.store.write(cell, constant(true));
}

function isOnlyInitializers(value: Value, machine: Machine): boolean {
  if (value.kind !== 'collection' || value.shape === 'dict') {
    return isInitializer(value);
  }
  const { items, hasUnknownItems } = machine.contentsOf(value);
  return !hasUnknownItems && items.every((own) => isInitializer(own.value));
}

/** Code nobody can read got the session, and may do anything with it. */
export function loseSession({ cell }: SessionObject, machine: Machine): void {
  machine.store.write(cell, unknown);
}
