/** `layer(x)`. */

import { classMember } from '../../semantics/attributes';
import { type GivenArgument, findArgument } from '../../semantics/callArguments';
import type { LibraryCall } from '../../semantics/library';
import type { Machine } from '../../semantics/machine';
import {
  type CallArguments,
  type FunctionValue,
  type Value,
  constant,
  libraryValue,
  unknown,
} from '../../semantics/value';
import type { KerasContext } from './context';
import type { LayerCall, Mode, NormUse, TrainingArgument } from './facts';
import {
  type GraphNode,
  type Layer,
  hasNorm,
  isLayerClass,
  isNode,
  isNorm,
  membersOf,
  normsOf,
  readMember,
  treeOf,
} from './layer';
import type { CallFrame } from './state';
import { type TensorObject, isTensor } from './tensors';
import { trainability } from './trainable';

export function callLayer(layer: Layer, context: KerasContext): Value {
  const { call, state, tensors } = context;
  const { machine } = call;
  const given = [...call.args.positional, ...call.args.keywords.values()];
  const inputs = tensorOf(tensors.merge(given, machine));
  if (inputs?.isSymbolic === true) {
    return extendGraph(layer, inputs, context);
  }
  const outer = state.frames.at(-1);
  if (outer !== undefined) {
    const result = runAs(layer, { mode: modeIn(layer, call, outer), norms: outer.norms }, context);
    return joined(result, given, context);
  }
  const training = trainingOf(layer, call);
  const frame: CallFrame = { mode: modeOf(training, 'absent'), norms: [] };
  const result = runAs(layer, frame, context);
  const record = recordCall(layer, { training, norms: frame.norms, inputs }, context);
  return joined(result, given, context, record);
}

function tensorOf(value: Value | undefined): TensorObject | undefined {
  return value?.kind === 'library' && isTensor(value.object) ? value.object : undefined;
}

/** What comes out of a call, with all that it was computed from. */
function joined(
  result: Value,
  given: readonly Value[],
  { call, tensors }: KerasContext,
  record?: LayerCall,
): Value {
  const merged = tensors.merge([...given, result], call.machine);
  if (record === undefined) {
    return merged ?? result;
  }
  const behind = tensorOf(merged);
  const own = tensors.make({
    ...behind,
    calls: [record, ...(behind?.calls ?? [])],
    isNoise: false,
  });
  return result.kind === 'collection' && result.shape !== 'iterator'
    ? spread(result, own, call.machine)
    : own;
}

/** A tuple or dict of results: each of them comes from the call. */
function spread(
  result: Extract<Value, { kind: 'collection' }>,
  value: Value,
  machine: Machine,
): Value {
  const contents = machine.contentsOf(result);
  const items = contents.items.map((own) => ({ ...own, value }));
  return machine.newCollection(result.shape, { ...contents, items });
}

/** Called on `keras.Input`, a layer takes its place in a graph and runs later. */
function extendGraph(layer: Layer, inputs: TensorObject, context: KerasContext): Value {
  const { call, tensors } = context;
  const { source, mode } = trainingOf(layer, call);
  const node: GraphNode = {
    type: 'kerasNode',
    layer,
    training: source === 'absent' || source === 'default' ? 'absent' : mode,
    site: call.site,
  };
  const isPlain =
    layer.kind === 'library' && hasNorm(layer, call.machine) === 'no' && !isDropout(layer);
  return tensors.make({ ...inputs, nodes: isPlain ? inputs.nodes : [...inputs.nodes, node] });
}

/** What a call says about training. */
function trainingOf(layer: Layer, call: LibraryCall): TrainingArgument {
  const position = trainingPosition(layer, call.machine);
  const given = findArgument(call.args, position, 'training');
  const site = call.argumentSites.get('training') ?? call.argumentSites.get(position ?? -1);
  const told = { ...trainingIn(given), site };
  return told.source === 'absent' ? { ...defaultTraining(layer, call.machine), site } : told;
}

function trainingIn(given: GivenArgument): Omit<TrainingArgument, 'site'> {
  if (given === 'absent') {
    return { source: 'absent', mode: 'eval' };
  }
  if (given === 'unknown') {
    return { source: 'unknown', mode: 'unknown' };
  }
  if (given.kind === 'constant') {
    return given.value === null
      ? { source: 'absent', mode: 'eval' }
      : { source: 'constant', mode: given.value === false || given.value === 0 ? 'eval' : 'train' };
  }
  const isParameter = given.kind === 'unknown' && given.parameter !== undefined;
  return { source: isParameter ? 'parameter' : 'unknown', mode: 'unknown' };
}

/** The project's own `call` of a layer. */
export function ownCall(layer: Layer, machine: Machine): FunctionValue | undefined {
  const own = layer.kind === 'object' ? classMember(layer.type, 'call', machine) : undefined;
  return own?.kind === 'function' ? own : undefined;
}

/** Whether a `call` has a parameter of that very name: `**kwargs` does not count. */
export function takesTraining({ code }: FunctionValue): boolean {
  return code.parameters.some(({ name, role }) => name === 'training' && role === 'plain');
}

function trainingPosition(layer: Layer, machine: Machine): number | undefined {
  const own = ownCall(layer, machine);
  if (own === undefined) {
    return 1;
  }
  const parameters = own.code.parameters.filter(
    ({ role, isKeywordOnly }) => role === 'plain' && !isKeywordOnly,
  );
  const index = parameters.findIndex(({ name }) => name === 'training');
  return index > 0 ? index - 1 : undefined;
}

/** What `call` takes for `training` when nobody says anything. */
function defaultTraining(layer: Layer, machine: Machine): Omit<TrainingArgument, 'site'> {
  const own = ownCall(layer, machine);
  const parameter = own?.code.parameters.find(({ name }) => name === 'training');
  const value =
    own === undefined || parameter?.defaultValue === undefined
      ? undefined
      : machine.evaluate(parameter.defaultValue, own.closure);
  const isSaid = value?.kind === 'constant' && value.value !== null;
  return isSaid
    ? { source: 'default', mode: trainingIn(value).mode }
    : { source: 'absent', mode: 'eval' };
}

/** The mode that holds in a call: what it says itself, else what holds around it, else its default. */
function modeOf(training: TrainingArgument, around: CallFrame['mode']): CallFrame['mode'] {
  switch (training.source) {
    case 'absent':
      return around;
    case 'default':
      return around === 'absent' ? training.mode : around;
    default:
      return training.mode;
  }
}

function modeIn(layer: Layer, call: LibraryCall, outer: CallFrame): CallFrame['mode'] {
  return modeOf(trainingOf(layer, call), outer.mode);
}

function runAs(layer: Layer, frame: CallFrame, context: KerasContext): Value {
  const { state, call } = context;
  state.beat(call.machine);
  state.frames.push(frame);
  const result = runLayer(layer, frame, context);
  state.frames.pop();
  return result;
}

function runLayer(layer: Layer, frame: CallFrame, context: KerasContext): Value {
  const { call } = context;
  const { machine, site, argumentSites } = call;
  const own = ownCall(layer, machine);
  if (own !== undefined) {
    const args = withTraining(own, call.args, frame.mode);
    const before = frame.norms.length;
    const result = machine.call({ ...own, self: asValue(layer) }, args, { site, argumentSites });
    context.state.learn(own.code, frame, before);
    useAsBefore(layer, { own, frame, before }, context);
    return result;
  }
  useNorms(layer, frame, context);
  return unknown;
}

/**
 * A `call` that was read often enough is not entered again: then its layers run as they did when it
 * was, in the same mode.
 */
function useAsBefore(
  layer: Layer,
  {
    own,
    frame,
    before,
  }: { readonly own: FunctionValue; readonly frame: CallFrame; readonly before: number },
  { call, state }: KerasContext,
): void {
  const mode = frame.norms.length > before ? undefined : state.learned(own.code, frame);
  for (const norm of mode === undefined ? [] : normsOf(layer, call.machine)) {
    const isFrozen = trainability(norm, call.machine) === 'no';
    frame.norms.push({ norm, mode: isFrozen ? 'frozen' : (mode ?? 'unknown') });
  }
}

/** Hands the mode on to a `call` that takes it and was not given it. */
function withTraining(
  own: FunctionValue,
  args: CallArguments,
  mode: CallFrame['mode'],
): CallArguments {
  const isAdded = mode !== 'absent' && takesTraining(own) && !args.keywords.has('training');
  const index = own.code.parameters.findIndex(({ name }) => name === 'training');
  if (!isAdded || args.positional.length >= index) {
    return args;
  }
  const value = mode === 'unknown' ? unknown : constant(mode === 'train');
  return { ...args, keywords: new Map([...args.keywords, ['training', value]]) };
}

/** Notes how the BatchNorm layers of a layer run whose own code is Keras's. */
function useNorms(layer: Layer, frame: CallFrame, context: KerasContext): void {
  const { machine } = context.call;
  const fixed = new Map(
    nodesOf(layer, machine).flatMap(({ layer: inner, training }) =>
      training === 'absent'
        ? []
        : normsOf(inner, machine).map((norm) => [membersOf(norm), training] as const),
    ),
  );
  const norms = treeOf(layer, machine).filter(
    (own) => isNorm(own) || (own.kind === 'library' && own.object.norm === 'unknown'),
  );
  for (const norm of norms) {
    const own = fixed.get(membersOf(norm));
    const mode = own === undefined ? frame.mode : frame.mode === 'train' ? 'unknown' : own;
    frame.norms.push({ norm, mode: resolve(norm, mode, context) });
  }
}

/** `super().call(x, training=...)` in a layer that wraps one of Keras's. */
export function normOfSuper(layer: Layer, context: KerasContext): Value {
  const { call, state, tensors } = context;
  const outer = state.frames.at(-1);
  if (outer !== undefined && isNorm(layer)) {
    const told = trainingIn(findArgument(call.args, 1, 'training'));
    const mode = told.source === 'absent' ? outer.mode : told.mode;
    outer.norms.push({ norm: layer, mode: resolve(layer, mode, context) });
  }
  return tensors.merge(call.args.positional, call.machine) ?? unknown;
}

/** The places in the graph of a functional model, its own and those of models in it. */
export function nodesOf(layer: Layer, machine: Machine): readonly GraphNode[] {
  return treeOf(layer, machine).flatMap((own) =>
    [...membersOf(own).keys()].flatMap((name) => {
      const value = name.startsWith('(graph)') ? readMember(own, name, machine) : undefined;
      return value?.kind === 'library' && isNode(value.object) ? [value.object] : [];
    }),
  );
}

function resolve(
  norm: Layer,
  mode: CallFrame['mode'],
  { call, state }: KerasContext,
): NormUse['mode'] {
  const isTrainable = trainability(norm, call.machine);
  if (isTrainable === 'no') {
    return 'frozen';
  }
  if (mode !== 'absent') {
    return mode === 'train' && isTrainable === 'unknown' ? 'unknown' : mode;
  }
  return state.learningPhase(call.machine) === undefined ? 'eval' : 'unknown';
}

/** How BatchNorm would run if a call said `training=True`, or nothing. */
export function normsIf(
  layer: Layer,
  mode: Mode | 'absent',
  context: KerasContext,
): readonly NormUse[] {
  const frame: CallFrame = { mode, norms: [] };
  const { machine } = context.call;
  machine.store.explore(() => {
    runAs(layer, frame, context);
  });
  return frame.norms;
}

interface Recorded {
  readonly training: TrainingArgument;
  readonly norms: readonly NormUse[];
  readonly inputs: TensorObject | undefined;
}

function recordCall(
  layer: Layer,
  { training, norms, inputs }: Recorded,
  context: KerasContext,
): LayerCall | undefined {
  const { call, recorder, state } = context;
  const { machine, site } = call;
  const norm = hasNorm(layer, machine);
  if (norm === 'no') {
    return undefined;
  }
  const own = ownCall(layer, machine);
  const isUntold = training.source === 'absent' || training.source === 'default';
  const record: LayerCall = {
    site,
    layer,
    hasNorm: norm,
    training,
    takesTraining: own === undefined || takesTraining(own),
    norms,
    told: isUntold && state.tapes.length > 0 ? normsIf(layer, 'train', context) : norms,
    tapes: [...state.tapes],
    functions: [...machine.running],
    hasDropout: treeOf(layer, machine).some(isDropout),
    isInTestStep: machine.running.some(isTestStep),
    isFromNoise: inputs?.isNoise === true,
    isLoaded: treeOf(layer, machine).some(
      (own) => readMember(own, '#loaded', machine) !== undefined,
    ),
    isTrained: state.isTrained(layer, machine),
    isPrediction: false,
  };
  recorder.calls.push(record);
  return record;
}

function isDropout(layer: Layer): boolean {
  return layer.kind === 'library' && layer.object.name.endsWith('Dropout');
}

function isTestStep({ code, owner }: FunctionValue): boolean {
  const isNamed =
    code.kind === 'function' && (code.name === 'test_step' || code.name === 'predict_step');
  return isNamed && owner !== undefined && isLayerClass(owner);
}

export function asValue(layer: Layer): Value {
  return layer.kind === 'object' ? layer : libraryValue(layer.object);
}
