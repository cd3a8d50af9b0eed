/** Methods of lists, sets and dicts. */

import { concatenate, joinValues, maybeAll, sameValue } from './join';
import type { Machine } from './machine';
import { withoutMembers } from './operators';
import { memberAt } from './subscripts';
import {
  type CallArguments,
  type CollectionValue,
  type Contents,
  type Value,
  item,
  noContents,
  none,
  constant,
  unknown,
  unknownContents,
} from './value';

interface MethodCall {
  readonly collection: CollectionValue;
  readonly contents: Contents;
  readonly args: CallArguments;
  readonly machine: Machine;
}

type CollectionMethod = (call: MethodCall) => Value;

export function callCollectionMethod(
  collection: CollectionValue,
  name: string,
  { args, machine }: { readonly args: CallArguments; readonly machine: Machine },
): Value {
  const call = { collection, contents: machine.contentsOf(collection), args, machine };
  return methods[name]?.(call) ?? unknown;
}

function change({ collection, machine }: MethodCall, contents: Contents): Value {
  machine.store.write(collection.cell, contents);
  return none;
}

function firstArgument({ args }: MethodCall): Value {
  return args.positional[0] ?? unknown;
}

function add(call: MethodCall): Value {
  const added = { ...noContents, items: [item(firstArgument(call))] };
  return change(call, concatenate(call.contents, added));
}

function insert(call: MethodCall): Value {
  const added = { ...noContents, items: [item(call.args.positional[1] ?? unknown)] };
  return change(call, concatenate(added, call.contents));
}

function extend(call: MethodCall): Value {
  return change(call, concatenate(call.contents, call.machine.iterate(firstArgument(call))));
}

function update(call: MethodCall): Value {
  const other = firstArgument(call);
  if (call.collection.shape !== 'dict') {
    return extend(call);
  }
  const isDict = other.kind === 'collection' && other.shape === 'dict';
  const hasOther = call.args.positional.length > 0 || call.args.hasUnknownKeywords;
  const added = isDict ? call.machine.contentsOf(other) : hasOther ? unknownContents : noContents;
  const named = Array.from(call.args.keywords, ([key, value]) => item(value, constant(key)));
  return change(call, [added, { ...noContents, items: named }].reduce(concatenate, call.contents));
}

function remove(call: MethodCall): Value {
  const removed = { ...noContents, items: [item(firstArgument(call))] };
  return change(call, withoutMembers(call.contents, removed));
}

function pop(call: MethodCall): Value {
  const { contents, args, collection } = call;
  const [key, fallback] = args.positional;
  const isDict = collection.shape === 'dict';
  const value = key === undefined ? unknown : memberAt(contents, key, { isDict });
  change(call, isDict && key !== undefined ? withoutKey(contents, key) : maybeAll(contents));
  return fallback === undefined ? value : joinValues(value, fallback);
}

/** `d.pop(key)` and `del d[key]`. */
export function withoutKey(contents: Contents, key: Value): Contents {
  if (key.kind !== 'constant') {
    return maybeAll(contents);
  }
  const items = contents.items.filter((own) => own.key === undefined || !sameValue(own.key, key));
  return { ...contents, items };
}

function get(call: MethodCall): Value {
  const { contents, args } = call;
  const [key, fallback] = args.positional;
  if (key?.kind === 'constant' && isSurelyWithout(contents, key)) {
    return fallback ?? none;
  }
  const value = key === undefined ? unknown : memberAt(contents, key, { isDict: true });
  return isSurelyWith(contents, key) ? value : joinValues(value, fallback ?? none);
}

function isSurelyWith({ items }: Contents, key: Value | undefined): boolean {
  return items.some(
    (own) =>
      own.presence === 'yes' && own.key && key?.kind === 'constant' && sameValue(own.key, key),
  );
}

function isSurelyWithout({ items, hasUnknownItems }: Contents, key: Value): boolean {
  return (
    !hasUnknownItems &&
    items.every((own) => own.key?.kind === 'constant' && !sameValue(own.key, key))
  );
}

function setDefault(call: MethodCall): Value {
  const [key, fallback] = call.args.positional;
  change(call, concatenate(call.contents, { ...noContents, items: [item(fallback ?? none, key)] }));
  return unknown;
}

function copy({ collection, contents, machine }: MethodCall): Value {
  return machine.newCollection(collection.shape, contents);
}

function keys({ contents, machine }: MethodCall): Value {
  const items = contents.items.map((own) => ({
    ...own,
    key: undefined,
    value: own.key ?? unknown,
  }));
  return machine.newCollection('iterator', { ...contents, items });
}

function values({ contents, machine }: MethodCall): Value {
  const items = contents.items.map((own) => ({ ...own, key: undefined }));
  return machine.newCollection('iterator', { ...contents, items });
}

function pairs({ contents, machine }: MethodCall): Value {
  const items = contents.items.map((own) => ({
    key: undefined,
    presence: own.presence,
    value: machine.newCollection('tuple', {
      ...noContents,
      items: [item(own.key ?? unknown), item(own.value)],
    }),
  }));
  return machine.newCollection('iterator', { ...contents, items });
}

function union({ collection, contents, args, machine }: MethodCall): Value {
  const joined = args.positional
    .map((other) => machine.iterate(other))
    .reduce(concatenate, contents);
  return machine.newCollection(collection.shape, joined);
}

function difference({ contents, args, machine }: MethodCall): Value {
  const removed = args.positional
    .map((other) => machine.iterate(other))
    .reduce(concatenate, noContents);
  return machine.newCollection('set', withoutMembers(contents, removed));
}

const methods: Readonly<Record<string, CollectionMethod | undefined>> = {
  append: add,
  add,
  insert,
  extend,
  update,
  remove,
  discard: remove,
  pop,
  clear: (call) => change(call, noContents),
  sort: () => none,
  reverse: () => none,
  get,
  setdefault: setDefault,
  copy,
  keys,
  values,
  items: pairs,
  iterkeys: keys,
  itervalues: values,
  iteritems: pairs,
  union,
  difference,
};
