/** What a call does: functions of the project are entered, everything else is asked for. */

import type { FunctionDefinition, Parameter } from '../python/nodes';
import { classMember } from './attributes';
import { outsideBases } from './classes';
import { callBuiltin } from './builtins';
import type { CallLimits } from './callLimits';
import {
  type CallMemory,
  type RememberedCall,
  isLasting,
  recallCall,
  rememberCall,
} from './callMemory';
import { pendingContext } from './contextManagers';
import { callCollectionMethod } from './collectionMethods';
import { type Frame, newFrame } from './frame';
import { concatenate, joinAll } from './join';
import { setFields } from './fields';
import type { CallSite, Machine } from './machine';
import { callTextMethod } from './strings';
import {
  type CallArguments,
  type ClassValue,
  type FunctionValue,
  type MethodValue,
  type ObjectValue,
  type Site,
  type Value,
  constant,
  item,
  noContents,
  none,
  textOf,
  unknown,
  unknownContents,
} from './value';
import type { Mark } from './store';

/** What calls need to remember across a program. */
export interface CallState {
  readonly limits: CallLimits;
  /** Where each of the functions being run was called. */
  readonly sites: Site[];
  readonly memory: CallMemory;
  nextObjectId: number;
}

interface Calling {
  readonly machine: Machine;
  readonly state: CallState;
  readonly at: CallSite;
}

export function callValue(callee: Value, args: CallArguments, calling: Calling): Value {
  const { machine, at } = calling;
  switch (callee.kind) {
    case 'function':
      return callFunction(callee, args, calling);
    case 'class':
      return construct(callee, args, calling);
    case 'partial':
      return callValue(callee.callee, mergeArguments(callee.args, args), calling);
    case 'method':
      return callMethod(callee, args, calling);
    case 'external':
      return callExternal(callee.name, args, calling);
    case 'object':
      return callObject(callee, args, calling);
    case 'library':
      return machine.library.callObject(callee, { args, ...at, machine }) ?? unknown;
    case 'union':
      return joinAll(callee.options.map((option) => callValue(option, args, calling)));
    case 'unknown':
      loseTrackOf(args, machine);
      return machine.library.callUnknown?.({ args, ...at, machine }) ?? unknown;
    case 'constant':
    case 'module':
    case 'collection':
    case 'super':
      loseTrackOf(args, machine);
      return unknown;
  }
}

function callExternal(name: string, args: CallArguments, { machine, at }: Calling): Value {
  const builtin = callBuiltin(name, { args, at, machine });
  if (builtin !== undefined) {
    return builtin;
  }
  if (!machine.library.isWellBehaved(name)) {
    loseTrackOf(args, machine);
  }
  return machine.library.callExternal(name, { args, ...at, machine }) ?? unknown;
}

/** Code nobody can read may change every list it is given. */
function loseTrackOf(args: CallArguments, machine: Machine): void {
  for (const value of [...args.positional, ...args.keywords.values()]) {
    if (value.kind === 'partial') {
      loseTrackOf(value.args, machine);
    }
    if (value.kind === 'collection' && value.shape !== 'tuple') {
      const contents = machine.contentsOf(value);
      machine.store.write(value.cell, { ...contents, hasUnknownItems: true });
    }
    machine.library.escaped?.(value, machine);
  }
}

function mergeArguments(bound: CallArguments, given: CallArguments): CallArguments {
  return {
    positional: [...bound.positional, ...given.positional],
    keywords: new Map([...bound.keywords, ...given.keywords]),
    hasUnknownPositional: bound.hasUnknownPositional || given.hasUnknownPositional,
    hasUnknownKeywords: bound.hasUnknownKeywords || given.hasUnknownKeywords,
  };
}

function callMethod({ receiver, name }: MethodValue, args: CallArguments, calling: Calling): Value {
  const { machine, at } = calling;
  if (name === '__call__') {
    return callValue(receiver, args, calling);
  }
  if (receiver.kind === 'collection') {
    return callCollectionMethod(receiver, name, { args, machine });
  }
  const text = textOf(receiver);
  if (text !== undefined) {
    return callTextMethod(text, name, { args, machine });
  }
  const result = machine.library.callMethod(receiver, name, { args, ...at, machine });
  if (receiver.kind === 'unknown' && result === undefined) {
    loseTrackOf(args, machine);
  }
  return result ?? unknown;
}

function callObject(object: ObjectValue, args: CallArguments, calling: Calling): Value {
  const { machine, at } = calling;
  const own = classMember(object.type, '__call__', machine);
  if (own?.kind === 'function') {
    return callFunction({ ...own, self: object }, args, calling);
  }
  return machine.library.callObject(object, { args, ...at, machine }) ?? unknown;
}

function construct(type: ClassValue, args: CallArguments, calling: Calling): Value {
  const { machine, state, at } = calling;
  const object: ObjectValue = {
    kind: 'object',
    id: state.nextObjectId++,
    type,
    attributes: new Map(),
    site: at.site,
  };
  machine.library.objectCreated?.(object, machine);
  const initialize = classMember(type, '__init__', machine);
  if (initialize?.kind === 'function') {
    callFunction({ ...initialize, self: object }, args, calling);
  } else if (outsideBases(type).length > 0) {
    machine.library.callMethod(object, '__init__', { args, ...at, machine });
  }
  if (initialize === undefined) {
    setFields(object, args, machine);
  }
  machine.library.objectReady?.(object, machine);
  return object;
}

function callFunction(callee: FunctionValue, args: CallArguments, calling: Calling): Value {
  const { machine, state } = calling;
  const { depth } = state.limits;
  const remembered = recallCall(state.memory, callee, { args, machine, depth });
  if (remembered !== undefined) {
    machine.library.calledAgain?.(callee);
    if (remembered.fromDepth > 0) {
      state.limits.noteDeep();
    }
    return remembered.result;
  }
  const isForbidden =
    mayBeReplaced(callee) ||
    state.limits.forbid(callee, { args, machine }) ||
    !machine.shouldEnter(callee.code);
  if (isForbidden || !mayGoOn(calling)) {
    machine.library.notRead?.(callee, machine);
    loseTrackOf(args, machine);
    return unknown;
  }
  machine.entered.add(callee.code);
  state.sites.push(calling.at.site);
  try {
    return runAndRemember(callee, args, calling);
  } finally {
    state.sites.pop();
  }
}

function mayGoOn({ machine, state }: Calling): boolean {
  const may = machine.mayGoOn();
  if (!may) {
    state.limits.noteSpent();
  }
  return may;
}

function isContextManager({ decorators }: FunctionValue): boolean {
  return decorators.some(
    (own) => own.kind === 'external' && own.name === 'contextlib.contextmanager',
  );
}

/** A decorator of the project, or one nobody knows, may cache the result or call something else. */
function mayBeReplaced({ decorators }: FunctionValue): boolean {
  return decorators.some((own) => !isFromOutside(own));
}

/** `@jax.jit`, `@partial(jax.jit, ...)`. */
function isFromOutside(decorator: Value): boolean {
  const { kind } = decorator.kind === 'partial' ? decorator.callee : decorator;
  return kind === 'external' || kind === 'library';
}

function runAndRemember(callee: FunctionValue, args: CallArguments, calling: Calling): Value {
  const { machine, state } = calling;
  const { store, nextCell, unboundReads } = machine;
  const { depth } = state.limits;
  const start = store.mark();
  let result: Value = unknown;
  let reads: RememberedCall['reads'] = new Map();
  const cuts = state.limits.enter(callee, { args, machine }, () => {
    reads = store.watch(nextCell, () => {
      result = runFunction(callee, args, calling);
    });
  });
  const hasEffects = store.hasChangedBelow(nextCell, start);
  const isByChance = cuts.isSpent || cuts.again < depth;
  const isWhole = !isByChance && unboundReads === machine.unboundReads && !store.isDead;
  if (isWhole && !hasEffects && isLasting(result)) {
    const fromDepth = cuts.isDeep ? depth : 0;
    rememberCall(state.memory, { callee, args, reads, result, fromDepth });
  }
  return result;
}

/** Runs the body on a copy of the state and takes over what all its exits did. */
function runFunction(
  callee: FunctionValue,
  args: CallArguments,
  { machine, state }: Calling,
): Value {
  const frame = newFrame({
    kind: 'function',
    path: callee.closure.path,
    parent: callee.closure,
    callee,
  });
  bindParameters(callee, args, { frame, machine });
  if (callee.code.kind === 'function' && isContextManager(callee)) {
    return pendingContext(callee.code.body, { frame, active: state.limits.active });
  }
  const contexts = callee.decorators.map((decorator) =>
    machine.library.enter(decorator, decorator, machine),
  );
  const result =
    callee.code.kind === 'lambda'
      ? machine.evaluate(callee.code.body, frame)
      : runBody(callee.code, frame, machine);
  for (const context of contexts.reverse()) {
    context?.exit();
  }
  return result;
}

function runBody(code: FunctionDefinition, frame: Frame, machine: Machine): Value {
  const { store } = machine;
  const entry = store.mark();
  frame.entry = entry;
  machine.run(code.body, frame);
  if (machine.isSpent) {
    return unknown;
  }
  const own = frame.isCaptured ? undefined : new Set(frame.names.values());
  const result = leave(frame, { store, entry, own });
  if (frame.yields.length > 0) {
    const yielded = frame.yields.map((value) => ({ ...item(value), presence: 'maybe' as const }));
    return machine.newCollection('iterator', { ...unknownContents, items: yielded });
  }
  return result;
}

interface Leaving {
  readonly store: Machine['store'];
  readonly entry: Mark;
  /** Cells of the function's names, when nobody else can reach them. */
  readonly own: ReadonlySet<number> | undefined;
}

/** Goes on behind a function: with what was done on its one way out, or on all of them. */
function leave(frame: Frame, { store, entry, own }: Leaving): Value {
  if (frame.returns.length === 0 && !store.isDead) {
    store.settle(entry, own);
    return frame.result ?? none;
  }
  const end = store.changesSince(entry);
  const last = { changes: end, value: frame.result ?? none };
  const exits = end.isDead ? frame.returns : [...frame.returns, last];
  store.rollBack(entry);
  store.meet(
    exits.map(({ changes }) => changes),
    own,
  );
  if (store.isDead) {
    // Often a method that a subclass nobody sees overrides: what follows its call is read as well.
    store.meet([{ ...end, isDead: false }], own);
    return unknown;
  }
  return joinAll(exits.map(({ value }) => value));
}

interface Binding {
  readonly frame: Frame;
  readonly machine: Machine;
}

function bindParameters(callee: FunctionValue, args: CallArguments, binding: Binding): void {
  const self = callee.self === undefined ? [] : [callee.self];
  const positional = [...self, ...args.positional];
  const taken = new Set<string>();
  let position = 0;
  for (const parameter of callee.code.parameters) {
    const isPositional = parameter.role === 'plain' && !parameter.isKeywordOnly;
    const given = isPositional ? positional[position++] : undefined;
    const value =
      given ?? parameterValue(parameter, args, { taken, position, positional, binding, callee });
    taken.add(parameter.name);
    const cell = binding.machine.newCell(value);
    binding.frame.names.set(parameter.name, cell);
  }
}

interface Unbound {
  readonly taken: ReadonlySet<string>;
  readonly position: number;
  readonly positional: readonly Value[];
  readonly binding: Binding;
  readonly callee: FunctionValue;
}

function parameterValue(parameter: Parameter, args: CallArguments, unbound: Unbound): Value {
  const { machine } = unbound.binding;
  if (parameter.role === 'star') {
    const rest = unbound.positional.slice(unbound.position).map((value) => item(value));
    const contents = { ...noContents, items: rest, hasUnknownItems: args.hasUnknownPositional };
    return machine.newCollection('tuple', contents);
  }
  if (parameter.role === 'doubleStar') {
    return keywordRest(args, unbound);
  }
  const named = args.keywords.get(parameter.name);
  if (named !== undefined) {
    return named;
  }
  const mayBeHidden = args.hasUnknownKeywords || args.hasUnknownPositional;
  const defaultValue = defaultOf(parameter, unbound);
  return mayBeHidden || defaultValue === undefined
    ? { kind: 'unknown', parameter: parameter.name, defaultValue }
    : defaultValue;
}

/** Defaults are read where the function is defined. */
function defaultOf({ defaultValue }: Parameter, { binding, callee }: Unbound): Value | undefined {
  return defaultValue === undefined
    ? undefined
    : binding.machine.evaluate(defaultValue, callee.closure);
}

function keywordRest(args: CallArguments, { callee, binding }: Unbound): Value {
  const own = new Set(callee.code.parameters.map(({ name }) => name));
  const rest = [...args.keywords].filter(([name]) => !own.has(name));
  const items = rest.map(([name, value]) => item(value, constant(name)));
  const contents = concatenate({ ...noContents, items }, noContents);
  return binding.machine.newCollection('dict', {
    ...contents,
    hasUnknownItems: args.hasUnknownKeywords,
  });
}
