import { findArgument } from '../../semantics/callArguments';
import type { LibraryCall } from '../../semantics/library';
import type { Machine } from '../../semantics/machine';
import {
  type ClassValue,
  type Known,
  type LibraryObject,
  type ObjectValue,
  type Value,
  item,
  libraryValue,
  noContents,
  textOf,
  unknown,
} from '../../semantics/value';
import type { FrameworkPart } from '../frameworkPart';
import { writtenBy } from '../tensorflow1/weightFiles';
import {
  type FlaxContext,
  FlaxState,
  apply,
  buildNorm,
  callModule,
  callNorm,
  initialize,
} from './applications';
import { type FlaxFacts, FlaxRecorder } from './facts';
import {
  type CollectionObject,
  type GradientObject,
  type StateObject,
  isCollection,
  isGradient,
  isModule,
  isNorm,
  isState,
  isStateClass,
  isStateName,
} from './values';

/** Transformations after which a function does what it did. */
const transparent = /^jax\.(?:jit|pmap|vmap|checkpoint|remat)$|^flax\.linen\.jit$/;
const freezers = /^flax\.(?:core\.)?(?:frozen_dict\.)?(?:freeze|unfreeze|FrozenDict)$/;
const savers =
  /^flax\.training\.checkpoints\.save_checkpoint\w*$|^flax\.serialization\.(?:to_bytes|msgpack_serialize)$/;

/** Modules, variables and states of Flax linen. */
export class FlaxPart implements FrameworkPart {
  readonly #recorder = new FlaxRecorder();
  #state: FlaxState | undefined;

  get facts(): FlaxFacts {
    return this.#recorder;
  }

  begin(machine: Machine): void {
    this.#stateFor(machine);
  }

  callExternal(name: string, call: LibraryCall): Value | undefined {
    const [first] = call.args.positional;
    this.#noteSaved(name, call);
    if (name === 'flax.linen.BatchNorm') {
      return buildNorm(this.#contextFor(call));
    }
    if (/^jax\.(?:grad|value_and_grad)$/.test(name) && first !== undefined) {
      const gradient: GradientObject = { type: 'jaxGradient', of: first };
      return libraryValue(gradient);
    }
    if (transparent.test(name) || freezers.test(name)) {
      return first;
    }
    if (name === 'optax.apply_updates') {
      this.#recorder.isTraining = true;
    }
    const [, state] = /^(.*)\.create$/.exec(name) ?? [];
    return state !== undefined && isStateName(state) ? this.#createState(call, 'no') : undefined;
  }

  callMethod(receiver: Value, name: string, call: LibraryCall): Value | undefined {
    const context = this.#contextFor(call);
    if (isModule(receiver)) {
      return callModuleMethod(receiver, name, context);
    }
    if (receiver.kind === 'class') {
      return name === 'create' && isStateClass(receiver)
        ? this.#createState(call, keepsStatistics(receiver))
        : undefined;
    }
    if (receiver.kind === 'library') {
      return this.#callLibraryMethod(receiver.object, name, context);
    }
    if (receiver.kind === 'unknown' && (name === 'apply_fn' || isApplication(name, call))) {
      return apply(undefined, context);
    }
    return undefined;
  }

  callObject(receiver: Value, call: LibraryCall): Value | undefined {
    const context = this.#contextFor(call);
    if (isModule(receiver)) {
      return callModule(receiver, context);
    }
    const object = receiver.kind === 'library' ? receiver.object : undefined;
    if (object !== undefined && isNorm(object)) {
      return callNorm(object, context);
    }
    return object !== undefined && isGradient(object)
      ? this.#differentiate(object, call)
      : undefined;
  }

  attribute(object: LibraryObject, name: string): Value | undefined {
    return isState(object) ? object.fields.get(name) : undefined;
  }

  item(object: LibraryObject, key: Value): Value | undefined {
    return isCollection(object) ? partOf(object, textOf(key)) : undefined;
  }

  #callLibraryMethod(
    object: LibraryObject,
    name: string,
    { call }: FlaxContext,
  ): Value | undefined {
    if (isState(object)) {
      if (name === 'apply_gradients') {
        this.#recorder.isTraining = true;
      }
      return name === 'apply_gradients' || name === 'replace' ? libraryValue(object) : undefined;
    }
    if (!isCollection(object)) {
      return undefined;
    }
    const key = textOf(call.args.positional[0]);
    if (name === 'pop') {
      const rest: CollectionObject = { ...object, holds: key === 'params' ? 'others' : 'all' };
      const items = [item(libraryValue(rest)), item(partOf(object, key) ?? unknown)];
      return call.machine.newCollection('tuple', { ...noContents, items });
    }
    return name === 'get' ? partOf(object, key) : undefined;
  }

  /** `jax.value_and_grad(f)(x)` runs `f`. */
  #differentiate(
    { of }: GradientObject,
    { machine, args, site, argumentSites }: LibraryCall,
  ): Value {
    const state = this.#stateFor(machine);
    state.gradients++;
    machine.call(of, args, { site, argumentSites });
    state.gradients--;
    return unknown;
  }

  #createState(call: LibraryCall, hasField: Known): Value {
    const { keywords, hasUnknownKeywords } = call.args;
    const params = keywords.get('params');
    const own =
      params?.kind === 'library' && isCollection(params.object) ? params.object : undefined;
    const isGiven = keywords.has('batch_stats') || hasUnknownKeywords;
    this.#recorder.states.push({
      site: call.site,
      hasNorm: own?.hasNorm ?? 'unknown',
      keepsStatistics: isGiven || own?.holds === 'all' ? 'yes' : hasField,
    });
    const object: StateObject = { type: 'flaxState', fields: keywords };
    return libraryValue(object);
  }

  #noteSaved(name: string, call: LibraryCall): void {
    const { args, argumentSites, site } = call;
    const isBytes = name.startsWith('flax.serialization.');
    const given = savers.test(name) ? findArgument(args, isBytes ? 0 : 1, 'target') : undefined;
    const values = [
      ...writtenBy(name, call),
      ...(given === undefined || given === 'absent' || given === 'unknown' ? [] : [given]),
    ];
    const held = values.flatMap((value) => collectionsIn(value, call.machine));
    const isWhole = held.some(({ holds }) => holds !== 'parameters');
    this.#recorder.savesStatistics ||= isWhole;
    const [parameters] = held;
    if (parameters !== undefined && !isWhole) {
      const valueSite = argumentSites.get(isBytes ? 0 : 1) ?? argumentSites.get('target');
      this.#recorder.saves.push({ site, through: name, valueSite, hasNorm: parameters.hasNorm });
    }
  }

  #contextFor(call: LibraryCall): FlaxContext {
    return { call, recorder: this.#recorder, state: this.#stateFor(call.machine) };
  }

  #stateFor(machine: Machine): FlaxState {
    return (this.#state ??= new FlaxState(machine));
  }
}

function callModuleMethod(
  module: ObjectValue,
  name: string,
  context: FlaxContext,
): Value | undefined {
  const { call } = context;
  switch (name) {
    case 'apply':
      return apply(module, context);
    case 'init':
      return initialize(module, context);
    case 'init_with_output': {
      const items = [item(unknown), item(initialize(module, context))];
      return call.machine.newCollection('tuple', { ...noContents, items });
    }
    default:
      return undefined;
  }
}

/** Whether `apply` of something nobody knows is surely that of a module. */
function isApplication(name: string, { args, machine }: LibraryCall): boolean {
  const [variables] = args.positional;
  const keys =
    variables?.kind === 'collection' && variables.shape === 'dict'
      ? machine.contentsOf(variables).items.map(({ key }) => textOf(key))
      : [];
  return name === 'apply' && keys.includes('params');
}

function partOf(object: CollectionObject, key: string | undefined): Value | undefined {
  if (object.holds === 'parameters' || object.holds === 'statistics') {
    return unknown;
  }
  const holds = key === 'params' ? 'parameters' : key === 'batch_stats' ? 'statistics' : 'others';
  const part: CollectionObject = { ...object, holds };
  return key === undefined ? unknown : libraryValue(part);
}

const maxDepth = 3;

function collectionsIn(value: Value, machine: Machine, depth = 0): readonly CollectionObject[] {
  if (value.kind === 'library') {
    if (isState(value.object)) {
      return [...value.object.fields.values()].flatMap((own) =>
        collectionsIn(own, machine, depth + 1),
      );
    }
    return isCollection(value.object) ? [value.object] : [];
  }
  return value.kind === 'collection' && depth < maxDepth
    ? machine.contentsOf(value).items.flatMap((own) => collectionsIn(own.value, machine, depth + 1))
    : [];
}

/** Whether a class of states has a field for batch statistics. */
function keepsStatistics({ code }: ClassValue): Known {
  const isField = code.body.some(
    (own) =>
      own.kind === 'assign' &&
      own.targets.some((target) => target.kind === 'name' && target.id === 'batch_stats'),
  );
  return isField ? 'yes' : 'unknown';
}
