/** Reading the weights of models, and writing into them. */

import type { LibraryCall } from '../../semantics/library';
import type { Machine } from '../../semantics/machine';
import { type Site, type Value, libraryValue, none, unknown } from '../../semantics/value';
import type { KerasContext } from './context';
import type { KerasRecorder } from './facts';
import { type Layer, hasNorm, isSameLayer } from './layer';
import type { KerasState } from './state';
import { weightsBehind } from './tensors';
import { type WeightObject, type WeightRead, weightName, weightsOf } from './weights';

interface Reading {
  readonly machine: Machine;
  readonly site: Site;
  readonly state: KerasState;
}

/** `model.trainable_weights`; `undefined` for a layer picked out of a model, of which nobody knows which. */
export function readWeights(
  layer: Layer,
  kind: WeightRead['kind'],
  { machine, site, state }: Reading,
): Value {
  const read: WeightRead = {
    kind,
    site,
    layer,
    hasNorm: hasNorm(layer, machine),
    isTrained: state.isTrained(layer, machine),
  };
  const isPicked = layer.kind === 'library' && layer.object.owner !== undefined;
  const contents = weightsOf(read);
  return machine.newCollection(
    'list',
    isPicked ? { ...contents, hasUnknownItems: true } : contents,
  );
}

/** Attributes and methods after which it is still the weight. */
const keepers = /^(?:numpy|value|read_value|identity|initialized_value|eval)$/;

export function weightMember(weight: WeightObject, name: string): Value | undefined {
  return name === 'name' || name === 'path' ? weightName(weight) : undefined;
}

export function callWeightMethod(
  weight: WeightObject,
  name: string,
  context: KerasContext,
): Value | undefined {
  const { call, tensors } = context;
  const [value] = call.args.positional;
  if (keepers.test(name)) {
    return libraryValue(weight);
  }
  if (/^assign(?:_add|_sub)?$/.test(name)) {
    recordAssignment(weight, value ?? unknown, context);
    return libraryValue(weight);
  }
  return tensors.merge([libraryValue(weight), ...call.args.positional], call.machine);
}

/** `weight.assign(value)`, in whatever form. */
export function recordAssignment(
  target: WeightObject,
  value: Value,
  { call, recorder }: KerasContext,
): void {
  const behind = weightsBehind(value, call.machine).map(({ read }) => read);
  const sources = behind.filter(({ layer }) => !isSameLayer(layer, target.read.layer));
  const { role } = target.variable;
  if (sources.length > 0 && (role === 'trainable' || role === 'runningStatistics')) {
    recorder.copies.push({
      site: call.site,
      role,
      target: target.read,
      sources: [...new Set(sources)],
    });
  }
}

/** `model.set_weights(...)`. */
export function recordRefresh(
  layer: Layer,
  {
    call,
    state,
    recorder,
  }: {
    readonly call: LibraryCall;
    readonly state: KerasState;
    readonly recorder: KerasRecorder;
  },
): Value {
  const { machine, site, args } = call;
  const sources = args.positional.flatMap((value) => weightsBehind(value, machine));
  const answers = [
    state.isTrained(layer, machine),
    ...sources.map(({ read }) => state.isTrained(read.layer, machine)),
  ];
  const isAfterTraining = answers.includes('yes')
    ? 'yes'
    : answers.includes('unknown')
      ? 'unknown'
      : 'no';
  recorder.refreshes.push({ site, layer, isAfterTraining });
  return none;
}
