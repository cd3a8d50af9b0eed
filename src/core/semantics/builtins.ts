/** Python's own functions, and those of the standard library that lists pass through. */

import { concatenate, maybeAll } from './join';
import type { CallSite, Machine } from './machine';
import { truthOf } from './truth';
import { isInstance } from './instances';
import { matchPattern } from './patterns';
import {
  type CallArguments,
  type CollectionShape,
  type Contents,
  type Item,
  type Value,
  constant,
  external,
  item,
  noArguments,
  noContents,
  textOf,
  unknown,
  unknownContents,
} from './value';

interface BuiltinCall {
  readonly args: CallArguments;
  readonly at: CallSite;
  readonly machine: Machine;
}

type Builtin = (call: BuiltinCall) => Value;

/** `undefined` when the name is none of Python's that we know. */
export function callBuiltin(name: string, call: BuiltinCall): Value | undefined {
  const builtin = builtins[name];
  return builtin?.(call) ?? matchPattern(name, call.args, call.machine);
}

function first({ args }: BuiltinCall): Value {
  return args.positional[0] ?? unknown;
}

/** `list(x)`, `sorted(x)`: the same members in a new collection. */
function copyAs(shape: CollectionShape): Builtin {
  return (call) => {
    const hasSource = call.args.positional.length > 0 || call.args.hasUnknownPositional;
    const contents = hasSource ? call.machine.iterate(first(call)) : noContents;
    return call.machine.newCollection(shape, contents);
  };
}

function makeDict(call: BuiltinCall): Value {
  const { args, machine } = call;
  const named = Array.from(args.keywords, ([key, value]) => item(value, constant(key)));
  const start = args.positional.length === 0 ? noContents : dictFrom(first(call), machine);
  const contents = concatenate(start, { ...noContents, items: named });
  const hasUnknownItems = contents.hasUnknownItems || args.hasUnknownKeywords;
  return machine.newCollection('dict', { ...contents, hasUnknownItems });
}

/** `dict(other)` and `dict(pairs)`. */
function dictFrom(source: Value, machine: Machine): Contents {
  if (source.kind === 'collection' && source.shape === 'dict') {
    return machine.contentsOf(source);
  }
  const { items, hasUnknownItems } = machine.iterate(source);
  const entries = items.flatMap(({ value, presence }): Item[] => {
    const [key, member] = machine.iterate(value).items;
    return key && member ? [{ key: key.value, value: member.value, presence }] : [];
  });
  const isWhole = entries.length === items.length;
  return { kind: 'contents', items: entries, hasUnknownItems: hasUnknownItems || !isWhole };
}

/** In the other direction, where every member is known. */
function reversed(call: BuiltinCall): Value {
  const contents = call.machine.iterate(first(call));
  const items = [...contents.items].reverse();
  return call.machine.newCollection('iterator', { ...contents, items });
}

/** Of a constant, the text Python would print. */
function text(call: BuiltinCall): Value {
  const value = first(call);
  if (
    value.kind !== 'constant' ||
    (typeof value.value === 'number' && !Number.isInteger(value.value))
  ) {
    return unknown;
  }
  const { value: own } = value;
  return constant(
    own === null ? 'None' : typeof own === 'boolean' ? (own ? 'True' : 'False') : String(own),
  );
}

function truth(call: BuiltinCall): Value {
  const answered = truthOf(first(call));
  return answered === undefined ? unknown : constant(answered);
}

/** `importlib.import_module('torch.nn')`. */
function importModule(call: BuiltinCall): Value {
  const name = textOf(first(call));
  if (name === undefined || name.startsWith('.')) {
    return unknown;
  }
  const found = call.machine.modules.findModule(name, 0, call.at.site.path);
  return found === undefined
    ? external(call.machine.library.canonicalName(name))
    : { kind: 'module', frame: found };
}

/** Ends the program for those who read on. */
function leave(call: BuiltinCall): Value {
  call.machine.store.die();
  return unknown;
}

function callWith(callee: Value, values: readonly Value[], { at, machine }: BuiltinCall): Value {
  return machine.call(callee, { ...noArguments, positional: values }, at);
}

function filter(call: BuiltinCall): Value {
  const [test = unknown, source = unknown] = call.args.positional;
  const { items, hasUnknownItems } = call.machine.iterate(source);
  const kept = items.flatMap((own): Item[] => {
    const truth = truthOf(callWith(test, [own.value], call));
    return truth === false ? [] : [truth ? own : { ...own, presence: 'maybe' }];
  });
  return call.machine.newCollection('iterator', { kind: 'contents', items: kept, hasUnknownItems });
}

function map(call: BuiltinCall): Value {
  const [change = unknown, source = unknown] = call.args.positional;
  if (call.args.positional.length !== 2) {
    return call.machine.newCollection('iterator', unknownContents);
  }
  const { items, hasUnknownItems } = call.machine.iterate(source);
  const changed = items.map((own) => ({ ...own, value: callWith(change, [own.value], call) }));
  return call.machine.newCollection('iterator', {
    kind: 'contents',
    items: changed,
    hasUnknownItems,
  });
}

/** Pairs by position: right for the few members that stand for many, wherever both sides match. */
function zip({ args, machine }: BuiltinCall): Value {
  const sides = args.positional.map((side) => machine.iterate(side));
  const length = Math.min(...sides.map(({ items }) => items.length));
  const items = Array.from({ length: Number.isFinite(length) ? length : 0 }, (_, index): Item => {
    const members = sides.map((side) => side.items[index]);
    const isCertain = members.every((member) => member?.presence === 'yes');
    const tuple = members.map((member) => item(member?.value ?? unknown));
    const value = machine.newCollection('tuple', { ...noContents, items: tuple });
    return { key: undefined, value, presence: isCertain ? 'yes' : 'maybe' };
  });
  const hasUnknownItems = sides.some((side) => side.hasUnknownItems) || sides.length === 0;
  return machine.newCollection('iterator', { kind: 'contents', items, hasUnknownItems });
}

function enumerate(call: BuiltinCall): Value {
  const { machine } = call;
  const contents = machine.iterate(first(call));
  const items = contents.items.map((own) => {
    const pair = [item(unknown), item(own.value)];
    return { ...own, value: machine.newCollection('tuple', { ...noContents, items: pair }) };
  });
  return machine.newCollection('iterator', { ...contents, items });
}

function quantify(decides: boolean): Builtin {
  return (call) => {
    const { items, hasUnknownItems } = call.machine.iterate(first(call));
    const truths = items.map(({ value, presence }) => ({ presence, truth: truthOf(value) }));
    if (truths.some(({ presence, truth }) => presence === 'yes' && truth === decides)) {
      return constant(decides);
    }
    const isOpposite = !hasUnknownItems && truths.every(({ truth }) => truth === !decides);
    return isOpposite ? constant(!decides) : unknown;
  };
}

function chain(call: BuiltinCall): Value {
  const parts = call.args.positional.map((part) => call.machine.iterate(part));
  return call.machine.newCollection('iterator', parts.reduce(concatenate, noContents));
}

function getAttribute({ args, at, machine }: BuiltinCall): Value {
  const [object = unknown, name] = args.positional;
  const text = textOf(name);
  return text === undefined ? unknown : machine.getAttribute(object, text, at.site);
}

function setAttribute({ args, machine }: BuiltinCall): Value {
  const [object = unknown, name, value = unknown] = args.positional;
  // A name nobody knows is some attribute all the same: the object keeps the value.
  const count = object.kind === 'object' ? object.attributes.size : 0;
  machine.setAttribute(object, textOf(name) ?? `*${String(count)}`, value);
  return constant(null);
}

/** The way in through a partial application. */
function partial({ args, at, machine }: BuiltinCall): Value {
  const [callee = unknown, ...positional] = args.positional;
  if (callee.kind === 'external') {
    machine.library.partiallyApplied?.(callee.name, { args, ...at, machine });
  }
  return { kind: 'partial', callee, args: { ...args, positional } };
}

function maybeFirst(call: BuiltinCall): Value {
  const { items, hasUnknownItems } = maybeAll(call.machine.iterate(first(call)));
  const [only] = items;
  return !hasUnknownItems && items.length === 1 && only ? only.value : unknown;
}

const builtins: Readonly<Record<string, Builtin | undefined>> = {
  'builtins.list': copyAs('list'),
  'builtins.tuple': copyAs('tuple'),
  'builtins.set': copyAs('set'),
  'builtins.frozenset': copyAs('set'),
  'builtins.sorted': copyAs('list'),
  'builtins.reversed': reversed,
  'builtins.iter': copyAs('iterator'),
  'builtins.next': maybeFirst,
  'builtins.dict': makeDict,
  'collections.OrderedDict': makeDict,
  'builtins.filter': filter,
  'builtins.map': map,
  'builtins.zip': zip,
  'builtins.enumerate': enumerate,
  'builtins.any': quantify(true),
  'builtins.all': quantify(false),
  'builtins.isinstance': ({ args, machine }) => isInstance(args, machine),
  'builtins.getattr': getAttribute,
  'builtins.setattr': setAttribute,
  'builtins.str': text,
  'builtins.bool': truth,
  'builtins.exit': leave,
  'builtins.quit': leave,
  'sys.exit': leave,
  'os._exit': leave,
  'importlib.import_module': importModule,
  'builtins.__import__': importModule,
  'builtins.print': () => constant(null),
  'builtins.property': first,
  'itertools.chain': chain,
  'itertools.ifilter': filter,
  'itertools.imap': map,
  'itertools.izip': zip,
  'functools.partial': partial,
  'functools.wraps': () => external('functools.wraps()'),
};
