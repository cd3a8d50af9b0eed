/** Where names get their values from. */

import { type Frame, moduleFrameOf } from './frame';
import type { Machine } from './machine';
import { type Value, constant, external, unknown } from './value';

/** Builtins whose meaning somebody asks for; other unbound names are unknown. */
const builtinNames = new Set(
  (
    'list tuple set frozenset dict sorted reversed filter map zip enumerate len any all isinstance getattr ' +
    'hasattr setattr delattr print range open next iter str int float bool sum min max type property staticmethod ' +
    'classmethod object super xrange exit quit __import__ unicode id vars abs repr input round issubclass callable'
  ).split(' '),
);

export function lookUp(name: string, frame: Frame, machine: Machine): Value {
  const redirected = frame.redirected.get(name);
  if (redirected !== undefined) {
    return lookUp(name, redirected, machine);
  }
  for (let scope: Frame | undefined = frame; scope; scope = enclosing(scope, frame)) {
    const value = readName(name, scope, machine);
    if (value !== undefined) {
      return value;
    }
  }
  if (name === '__name__') {
    return constant('__main__');
  }
  if (builtinNames.has(name)) {
    return external(`builtins.${name}`);
  }
  machine.unboundReads++;
  // With one `from x import *` a name nobody binds can only be x's.
  const [only, ...others] = moduleFrameOf(frame).starImports;
  return only === undefined || others.length > 0
    ? unknown
    : external(machine.library.memberName(only, name));
}

/** Code inside a function does not see the names of the class around it. */
function enclosing(scope: Frame, start: Frame): Frame | undefined {
  const parent = scope.parent;
  const isHidden = parent?.kind === 'class' && parent !== start && scope.kind === 'function';
  return isHidden ? parent.parent : parent;
}

/** The value a frame gives to a name; `undefined` when it gives none at this point. */
export function readName(name: string, frame: Frame, machine: Machine): Value | undefined {
  const cell = frame.names.get(name);
  const value = cell === undefined ? undefined : machine.store.read(cell);
  return value === undefined || value.kind === 'contents' ? undefined : value;
}

export function bindName(name: string, value: Value, { frame, machine }: Binding): void {
  const target = frame.redirected.get(name) ?? frame;
  const cell = target.names.get(name);
  if (cell === undefined) {
    target.names.set(name, machine.newCell(value));
  } else {
    machine.store.write(cell, value);
  }
}

interface Binding {
  readonly frame: Frame;
  readonly machine: Machine;
}

/** Carries out `global a` or `nonlocal a`. */
export function redirectNames(
  kind: 'global' | 'nonlocal',
  names: readonly string[],
  frame: Frame,
): void {
  for (const name of names) {
    const owner = kind === 'global' ? moduleFrameOf(frame) : ownerOf(name, frame);
    // `global` at the top of a module says nothing.
    if (owner !== frame) {
      frame.redirected.set(name, owner);
    }
  }
}

function ownerOf(name: string, frame: Frame): Frame {
  for (let scope = frame.parent; scope?.parent !== undefined; scope = scope.parent) {
    if (scope.kind === 'function' && scope.names.has(name)) {
      return scope;
    }
  }
  return frame.parent ?? frame;
}
