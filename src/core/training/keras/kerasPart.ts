import { publicKerasName } from '../../frameworks/names';
import { outsideBases } from '../../semantics/attributes';
import type { AttributeSet, EnteredContext, LibraryCall, MemberSet } from '../../semantics/library';
import type { Machine } from '../../semantics/machine';
import {
  type Contents,
  type Known,
  type LibraryObject,
  type ObjectValue,
  type Site,
  type Value,
  libraryValue,
  noArguments,
  none,
  unknown,
} from '../../semantics/value';
import type { FrameworkPart } from '../frameworkPart';
import { addLayer, buildLayer, takeGraph } from './constructors';
import type { KerasContext } from './context';
import { type KerasFacts, KerasRecorder } from './facts';
import { callModelMethod, isOptimizer, optimizerNamed } from './fitting';
import { callLayer, normOfSuper } from './layerCalls';
import { isLayerList, iterateLayers, layerList, sliceLayers, someLayerOf } from './layerLists';
import {
  type Layer,
  type LayerObject,
  inherited,
  isLayerClass,
  isLayerObject,
  isNormName,
  layersOf,
  writeMember,
} from './layer';
import { callOutside, isStrategy, notePredictions } from './outsideCalls';
import { KerasState, isTape } from './state';
import { TensorPool, isTensor } from './tensors';
import { applyGradients, callTapeMethod, minimize } from './training';
import { TrainableKeeper } from './trainable';
import { callWeightMethod, readWeights, recordRefresh, weightMember } from './weightAccess';
import { isWeight, weightListNamed } from './weights';

/** Models, tapes and weights of Keras and TensorFlow 2. */
export class KerasPart implements FrameworkPart {
  readonly #recorder = new KerasRecorder();
  readonly #tensors = new TensorPool();
  readonly #trainable = new TrainableKeeper();
  #state: KerasState | undefined;

  get facts(): KerasFacts {
    return this.#recorder;
  }

  begin(machine: Machine, { isWholeProgram }: { readonly isWholeProgram: boolean }): void {
    this.#stateFor(machine).isOrderKnown = isWholeProgram;
  }

  callExternal(written: string, call: LibraryCall): Value | undefined {
    const name = publicKerasName(written);
    this.#recorder.hasOtherTraining ||= /^jax\.(?:grad|value_and_grad)$/.test(name);
    const context = this.#contextFor(call);
    const own = callOutside(name, context) ?? buildLayer(name, context);
    if (own !== undefined) {
      return own;
    }
    const optimizer = optimizerNamed(name, context);
    return optimizer === undefined
      ? this.#tensors.merge(valuesOf(call), call.machine)
      : libraryValue(optimizer);
  }

  callMethod(receiver: Value, name: string, call: LibraryCall): Value | undefined {
    const context = this.#contextFor(call);
    this.#recorder.hasOtherTraining ||= name === 'backward';
    if (receiver.kind === 'super') {
      return this.#callSuper(receiver, name, context);
    }
    const [layer] = layersOf(receiver);
    if (layer !== undefined) {
      return this.#callLayerMethod(layer, name, context);
    }
    if (receiver.kind === 'library') {
      return this.#callLibraryMethod(receiver.object, name, context);
    }
    if (isStep(name)) {
      applyGradients(context);
    }
    return this.#tensors.merge(valuesOf(call), call.machine);
  }

  callObject(receiver: Value, call: LibraryCall): Value | undefined {
    const [layer] = layersOf(receiver);
    const context = this.#contextFor(call);
    if (layer !== undefined) {
      return callLayer(layer, context);
    }
    if (receiver.kind === 'library' && receiver.object.type === 'kerasMetric') {
      notePredictions(context);
    }
    return this.#tensors.merge(valuesOf(call), call.machine);
  }

  attribute(object: LibraryObject, name: string, machine: Machine, site: Site): Value | undefined {
    if (isLayerObject(object)) {
      return this.#layerAttribute({ kind: 'library', object }, name, { machine, site });
    }
    if (isWeight(object)) {
      return weightMember(object, name);
    }
    return isTensor(object) && (name === 'shape' || name === 'dtype') ? unknown : undefined;
  }

  inheritedAttribute(
    object: ObjectValue,
    name: string,
    at: { readonly machine: Machine; readonly site: Site },
  ): Value | undefined {
    return isLayerClass(object.type) ? this.#layerAttribute(object, name, at) : undefined;
  }

  iterate(object: LibraryObject, machine: Machine): Contents | undefined {
    return isLayerList(object) ? iterateLayers(object, machine) : undefined;
  }

  item(object: LibraryObject, _key: Value, machine: Machine): Value | undefined {
    if (isLayerList(object)) {
      return someLayerOf(object.layer, machine);
    }
    return isTensor(object) || isWeight(object) ? libraryValue(object) : undefined;
  }

  slice(object: LibraryObject, bounds: readonly (number | undefined)[]): Value | undefined {
    if (isLayerList(object)) {
      return sliceLayers(object, bounds);
    }
    return isTensor(object) || isWeight(object) ? libraryValue(object) : undefined;
  }

  operate(left: Value, right: Value, machine: Machine): Value | undefined {
    return this.#tensors.merge([left, right], machine);
  }

  isInstance(object: LibraryObject, name: string): Known | undefined {
    return isLayerObject(object) ? isOfType(object, name) : undefined;
  }

  enter(context: Value, _through: unknown, machine: Machine): EnteredContext | undefined {
    const object = context.kind === 'library' ? context.object : undefined;
    return object !== undefined && isTape(object)
      ? this.#stateFor(machine).enterTape(object, machine)
      : undefined;
  }

  attributeSet(object: ObjectValue, name: string, { value, site, machine }: AttributeSet): void {
    if (name === 'trainable' && isLayerClass(object.type)) {
      this.#trainable.set(object, { value, site, machine, state: this.#stateFor(machine) });
    }
  }

  memberSet(object: LibraryObject, name: string, { value, site, machine }: MemberSet): void {
    if (!isLayerObject(object)) {
      return;
    }
    const layer: Layer = { kind: 'library', object };
    if (name === 'trainable') {
      this.#trainable.set(layer, { value, site, machine, state: this.#stateFor(machine) });
    } else {
      writeMember(layer, name, { value, machine });
    }
  }

  objectCreated(object: ObjectValue, machine: Machine): void {
    const isForeign =
      isLayerClass(object.type) &&
      outsideBases(object.type).some((name) =>
        /^(?:keras\.applications|tensorflow_hub)\./.test(name),
      );
    if (isForeign) {
      object.attributes.set(inherited, machine.newCell(unknown));
    }
  }

  /** Layers may be made in `build`, which Keras calls before the first call. */
  objectReady(object: ObjectValue, machine: Machine): void {
    if (!isLayerClass(object.type)) {
      return;
    }
    const build = machine.getAttribute(object, 'build', object.site);
    if (build.kind === 'function') {
      const at = { site: object.site, argumentSites: new Map() };
      machine.call(build, { ...noArguments, positional: [unknown] }, at);
    }
  }

  #layerAttribute(
    layer: Layer,
    name: string,
    { machine, site }: { readonly machine: Machine; readonly site: Site },
  ): Value | undefined {
    const kind = weightListNamed(name);
    if (kind !== undefined) {
      return readWeights(layer, kind, { machine, site, state: this.#stateFor(machine) });
    }
    if (name === 'layers') {
      return layerList(layer);
    }
    if (name === 'input' || name === 'inputs') {
      return this.#tensors.make({ isSymbolic: true });
    }
    if (name === 'output' || name === 'outputs') {
      const owner = layer.kind === 'library' ? (layer.object.owner ?? layer) : layer;
      const node = { type: 'kerasNode', layer: owner, training: 'absent', site } as const;
      return this.#tensors.make({ isSymbolic: true, nodes: [node] });
    }
    return undefined;
  }

  #callSuper(
    { owner, self }: Extract<Value, { kind: 'super' }>,
    name: string,
    context: KerasContext,
  ): Value | undefined {
    const [layer] = layersOf(self);
    if (layer === undefined) {
      return undefined;
    }
    if (name === '__init__') {
      const isGraph =
        outsideBases(owner).map(publicKerasName).includes('keras.Model') &&
        (context.call.args.positional.length > 1 || context.call.args.keywords.has('outputs'));
      if (isGraph) {
        takeGraph(layer, context);
      }
      return none;
    }
    if (name === 'call' || name === '__call__') {
      return normOfSuper(layer, context);
    }
    return this.#callLayerMethod(layer, name, context);
  }

  #callLayerMethod(layer: Layer, name: string, context: KerasContext): Value | undefined {
    const { call, state, recorder } = context;
    const { machine, site } = call;
    switch (name) {
      case 'get_weights':
        return readWeights(layer, 'all', { machine, site, state });
      case 'set_weights':
        return recordRefresh(layer, { call, state, recorder });
      case 'add':
        if (layer.kind === 'library') {
          addLayer(layer, call.args.positional[0] ?? unknown, context);
        }
        return none;
      case 'get_layer':
        return someLayerOf(layer, machine);
      case 'call':
      case '__call__':
        return callLayer(layer, context);
      default:
        break;
    }
    if (isStep(name)) {
      applyGradients(context);
    }
    return (
      callModelMethod(layer, name, context) ?? this.#tensors.merge(valuesOf(call), call.machine)
    );
  }

  #callLibraryMethod(
    object: LibraryObject,
    name: string,
    context: KerasContext,
  ): Value | undefined {
    const { call } = context;
    if (isTape(object)) {
      return callTapeMethod(object, name, context);
    }
    if (isOptimizer(object)) {
      if (name === 'minimize') {
        return minimize(context);
      }
      if (isStep(name)) {
        applyGradients(context);
      }
      return unknown;
    }
    if (isWeight(object)) {
      return callWeightMethod(object, name, context);
    }
    if (isStrategy(object)) {
      return runOnReplicas(name, context);
    }
    if (object.type === 'kerasMetric') {
      notePredictions(context);
      return unknown;
    }
    return this.#tensors.merge(
      isTensor(object) ? [libraryValue(object), ...valuesOf(call)] : valuesOf(call),
      call.machine,
    );
  }

  #contextFor(call: LibraryCall): KerasContext {
    const state = this.#stateFor(call.machine);
    return {
      call,
      recorder: this.#recorder,
      state,
      tensors: this.#tensors,
      trainable: this.#trainable,
    };
  }

  #stateFor(machine: Machine): KerasState {
    return (this.#state ??= new KerasState(machine));
  }
}

function valuesOf({ args }: LibraryCall): readonly Value[] {
  return [...args.positional, ...args.keywords.values()];
}

function isStep(name: string): boolean {
  return name === 'apply_gradients' || name === 'apply';
}

/** `strategy.run(step, args=(batch,))`. */
function runOnReplicas(name: string, { call }: KerasContext): Value | undefined {
  const { machine, args, site, argumentSites } = call;
  const [step] = args.positional;
  const given = args.positional[1] ?? args.keywords.get('args');
  if (!/^(?:run|experimental_run_v2|experimental_run)$/.test(name) || step === undefined) {
    return undefined;
  }
  const positional =
    given?.kind === 'collection' ? machine.contentsOf(given).items.map(({ value }) => value) : [];
  return machine.call(
    step,
    { ...noArguments, positional, hasUnknownPositional: positional.length === 0 },
    { site, argumentSites },
  );
}

function isOfType(object: LayerObject, written: string): Known | undefined {
  const name = publicKerasName(written);
  if (name === object.name || name === 'keras.layers.Layer') {
    return 'yes';
  }
  if (object.norm === 'self') {
    return isNormName(name) ? 'yes' : 'no';
  }
  if (isNormName(name)) {
    return object.norm === 'unknown' ? undefined : 'no';
  }
  return object.name === 'unknown' ? undefined : object.role === 'layer' ? 'no' : undefined;
}
