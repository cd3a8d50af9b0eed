/** What `isinstance` answers. */

import { outsideBases } from './classes';
import type { Machine } from './machine';
import {
  type CallArguments,
  type ClassValue,
  type Known,
  type Value,
  constant,
  unknown,
} from './value';

/** `isinstance(object, type)`. */
export function isInstance({ positional }: CallArguments, machine: Machine): Value {
  const [object, type] = positional;
  const types =
    type?.kind === 'collection' ? machine.contentsOf(type).items.map(({ value }) => value) : [type];
  const answers = types.map(
    (option) => isOfPythonType(object, option) ?? isOfType(object, option, machine),
  );
  if (answers.includes('yes')) {
    return constant(true);
  }
  return answers.every((answer) => answer === 'no') ? constant(false) : unknown;
}

const shapes: ReadonlyMap<string, string> = new Map([
  ['builtins.list', 'list'],
  ['builtins.tuple', 'tuple'],
  ['builtins.set', 'set'],
  ['builtins.dict', 'dict'],
]);

const constantTypes: ReadonlyMap<string, string> = new Map([
  ['builtins.str', 'string'],
  ['builtins.bool', 'boolean'],
]);

/** Lists, texts and truths; numbers are left out, for `1.0` and `1` are one here. */
function isOfPythonType(object: Value | undefined, type: Value | undefined): Known | undefined {
  const name = type?.kind === 'external' ? type.name : '';
  const shape = shapes.get(name);
  const constantType = constantTypes.get(name);
  if (shape === undefined && constantType === undefined) {
    return undefined;
  }
  if (object?.kind === 'constant') {
    return answer(object.value !== null && typeof object.value === constantType);
  }
  const isShaped = object?.kind === 'collection' && object.shape !== 'iterator';
  return isShaped ? answer(object.shape === shape) : undefined;
}

function answer(isSo: boolean): Known {
  return isSo ? 'yes' : 'no';
}

function isOfType(
  object: Value | undefined,
  type: Value | undefined,
  { library }: Machine,
): Known | undefined {
  if (object?.kind === 'object') {
    return isOfClass(object.type, type);
  }
  if (object?.kind !== 'library') {
    return undefined;
  }
  return type?.kind === 'external'
    ? library.isInstance(object.object, type.name)
    : type?.kind === 'class'
      ? 'no'
      : undefined;
}

/** `no` only where every base can be read: an outside base may be a kind of the outside type. */
function isOfClass(own: ClassValue, type: Value | undefined): Known | undefined {
  if (type?.kind === 'external') {
    return outsideBases(own).includes(type.name) ? 'yes' : undefined;
  }
  if (type?.kind !== 'class') {
    return undefined;
  }
  if (own.order.some(({ frame }) => frame === type.frame)) {
    return 'yes';
  }
  const isReadable = own.order.every(({ bases }) =>
    bases.every(({ kind }) => kind === 'class' || kind === 'external'),
  );
  return isReadable ? 'no' : undefined;
}
