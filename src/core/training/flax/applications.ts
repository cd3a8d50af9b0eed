/** `model.apply(...)`, `model.init(...)` and what they run. */

import { classMember } from '../../semantics/attributes';
import { type GivenArgument, findArgument } from '../../semantics/callArguments';
import type { LibraryCall } from '../../semantics/library';
import type { Machine } from '../../semantics/machine';
import {
  type Known,
  type ObjectValue,
  type Value,
  constant,
  item,
  libraryValue,
  noContents,
  none,
  textOf,
  unknown,
} from '../../semantics/value';
import type { FlaxNorm, FlaxRecorder } from './facts';
import { type CollectionObject, type NormObject, isCollection } from './values';

/** What the reading of one call may use. */
export interface FlaxContext {
  readonly call: LibraryCall;
  readonly recorder: FlaxRecorder;
  readonly state: FlaxState;
}

/** What is being run. */
export class FlaxState {
  /** BatchNorm layers of each module that is being applied, innermost last. */
  readonly frames: FlaxNorm[][] = [];
  /** How many functions whose gradients are taken are being run. */
  gradients = 0;
  readonly #pulse: number;
  #beats = 0;

  constructor(machine: Machine) {
    this.#pulse = machine.newCell(none);
  }

  /** Says that something happened here that a second reading must not skip. */
  beat(machine: Machine): void {
    machine.store.write(this.#pulse, constant(this.#beats++));
  }
}

/** `nn.BatchNorm(use_running_average=...)`. */
export function buildNorm({ call }: FlaxContext): Value {
  const given = findArgument(call.args, 0, 'use_running_average');
  const object: NormObject = {
    type: 'flaxNorm',
    flag: given === 'absent' ? undefined : given === 'unknown' ? unknown : given,
    flagSite: call.argumentSites.get('use_running_average') ?? call.argumentSites.get(0),
  };
  return libraryValue(object);
}

/** `norm(x)`, which may say itself what to use. */
export function callNorm(norm: NormObject, { call, state }: FlaxContext): Value {
  const given = findArgument(call.args, 1, 'use_running_average');
  const flag = given === 'absent' ? norm.flag : given === 'unknown' ? unknown : given;
  const own = call.argumentSites.get('use_running_average') ?? call.argumentSites.get(1);
  const value = flag?.kind === 'constant' ? flag.value : undefined;
  state.beat(call.machine);
  const mode = value === true ? 'running' : value === false ? 'batch' : 'unknown';
  state.frames.at(-1)?.push({ site: call.site, mode, flagSite: own ?? norm.flagSite });
  return unknown;
}

/** A module that is called inside another one. */
export function callModule(module: ObjectValue, { call }: FlaxContext): Value {
  const { machine, args, site, argumentSites } = call;
  const own = classMember(module.type, '__call__', machine);
  return own?.kind === 'function'
    ? machine.call({ ...own, self: module }, args, { site, argumentSites })
    : unknown;
}

/** Runs a module's own code and answers which BatchNorm layers ran. */
function run(module: ObjectValue, context: FlaxContext): readonly FlaxNorm[] {
  const { call, state } = context;
  const norms: FlaxNorm[] = [];
  const method = call.args.keywords.get('method');
  const keywords = new Map(
    [...call.args.keywords].filter(([name]) => !/^(?:mutable|rngs|method)$/.test(name)),
  );
  const args = { ...call.args, positional: call.args.positional.slice(1), keywords };
  state.frames.push(norms);
  if (method?.kind === 'function') {
    call.machine.call({ ...method, self: module }, args, call);
  } else if (method === undefined) {
    callModule(module, { ...context, call: { ...call, args } });
  }
  state.frames.pop();
  return norms;
}

/** `module.apply(variables, x, mutable=[...])`; the module may be one that nobody knows. */
export function apply(module: ObjectValue | undefined, context: FlaxContext): Value {
  const { call, recorder, state } = context;
  const { machine, site, args } = call;
  const norms = module === undefined ? [] : run(module, context);
  state.beat(machine);
  const isMutable = mutability(findArgument(args, undefined, 'mutable'), context);
  recorder.applications.push({
    site,
    hasNorm: module === undefined ? 'unknown' : norms.length > 0 ? 'yes' : 'no',
    norms,
    isMutable,
    hasStatistics: statisticsIn(args.positional[0], machine),
    isDifferentiated: state.gradients > 0,
  });
  const pair = [item(unknown), item(unknown)];
  return isMutable === 'yes'
    ? machine.newCollection('tuple', { ...noContents, items: pair })
    : unknown;
}

/** Whether variables hold batch statistics beside the parameters. */
function statisticsIn(variables: Value | undefined, machine: Machine): Known {
  if (variables?.kind === 'library' && isCollection(variables.object)) {
    return variables.object.holds === 'parameters' ? 'no' : 'yes';
  }
  if (variables?.kind !== 'collection' || variables.shape !== 'dict') {
    return 'unknown';
  }
  const { items, hasUnknownItems } = machine.contentsOf(variables);
  const names = items.map(({ key }) => textOf(key));
  return names.includes('batch_stats')
    ? 'yes'
    : hasUnknownItems || names.includes(undefined)
      ? 'unknown'
      : 'no';
}

function mutability(given: GivenArgument, { call }: FlaxContext): Known {
  if (given === 'absent') {
    return 'no';
  }
  if (given === 'unknown') {
    return 'unknown';
  }
  if (given.kind === 'collection') {
    const { items, hasUnknownItems } = call.machine.contentsOf(given);
    const names = items.map(({ value }) => textOf(value));
    const isUnread = hasUnknownItems || names.includes(undefined);
    return names.includes('batch_stats') ? 'yes' : isUnread ? 'unknown' : 'no';
  }
  if (given.kind === 'constant') {
    return given.value === 'batch_stats' || given.value === true ? 'yes' : 'no';
  }
  return 'unknown';
}

/** `module.init(rng, x)`. */
export function initialize(module: ObjectValue, context: FlaxContext): Value {
  const norms = run(module, context);
  const object: CollectionObject = {
    type: 'flaxCollection',
    holds: 'all',
    hasNorm: norms.length > 0 ? 'yes' : 'no',
  };
  return libraryValue(object);
}
