/** What the constructors of Keras and its model packages build. */

import { architectureEvidence } from '../../frameworks/batchNorm';
import { findArgument } from '../../semantics/callArguments';
import type { LibraryCall } from '../../semantics/library';
import { type Known, type Value, constant, libraryValue, textOf } from '../../semantics/value';
import type { KerasContext } from './context';
import { asValue } from './layerCalls';
import {
  type Layer,
  type LayerValue,
  addChild,
  builtForInference,
  hasNorm,
  innerNorm,
  isNormName,
  layersOf,
  newLayer,
  normsOf,
  otherLayers,
  readMember,
  writeMember,
} from './layer';
import { tensorsIn } from './tensors';

const inputs = /^keras\.(?:layers\.)?(?:Input|InputLayer)$/;
const wrappers = /^keras\.layers\.(?:TimeDistributed|Bidirectional|Wrapper|SpectralNormalization)$/;
const layerPackages =
  /^(?:keras|tensorflow_addons|keras_contrib|keras_cv|keras_hub)\.layers\.[A-Z]/;
const modelPackages =
  /^(?:keras\.applications|keras_applications|efficientnet|segmentation_models|classification_models|keras_resnet|keras_efficientnet_v2|keras_cv_attention_models|keras_cv\.models|keras_hub\.models)\.(?:\w+\.)*[A-Z]\w*(?:\.from_preset)?$/;
const loaders = /^keras\.(?:models|saving|saving\.\w+)\.(?:load_model|model_from_\w+)$/;

/** The layer, model or input that a call of an outside name gives; `undefined` when it gives none. */
export function buildLayer(name: string, context: KerasContext): Value | undefined {
  const { call, tensors } = context;
  const { site } = call;
  if (inputs.test(name)) {
    return tensors.make({ isSymbolic: true });
  }
  if (name === 'keras.Sequential') {
    return buildSequential(context);
  }
  if (name === 'keras.Model' || name === 'keras.Functional') {
    return buildFunctional(context);
  }
  if (isNormName(name)) {
    return started(newLayer({ name, norm: 'self', site }), context);
  }
  if (layerPackages.test(name)) {
    const layer = newLayer({ name, norm: 'no', site });
    const [inner] = call.args.positional;
    if (wrappers.test(name) && inner !== undefined) {
      addChild(layer, inner, call.machine);
    }
    return started(layer, context);
  }
  if (modelPackages.test(name)) {
    return started(outsideModel(name, architectureNorm(name, call), context), context);
  }
  if (name === 'tensorflow_hub.KerasLayer') {
    return buildHubLayer(name, context);
  }
  return loaders.test(name) ? buildLoaded(name, context) : undefined;
}

/** Takes over what every constructor may be told. */
function started(layer: LayerValue, context: KerasContext): Value {
  const { call, trainable, state } = context;
  const flag = call.args.keywords.get('trainable');
  if (state.learningPhase(call.machine)?.isTraining === false) {
    for (const norm of normsOf(layer, call.machine)) {
      writeMember(norm, builtForInference, { value: constant(true), machine: call.machine });
    }
  }
  if (flag !== undefined) {
    const site = call.argumentSites.get('trainable');
    trainable.set(layer, { value: flag, site, machine: call.machine, state });
  }
  return libraryValue(layer.object);
}

function buildSequential(context: KerasContext): Value {
  const { machine, args, site } = context.call;
  const model = newLayer({ name: 'keras.Sequential', role: 'model', norm: 'no', site });
  const given = findArgument(args, 0, 'layers');
  if (given !== 'absent') {
    const known = given !== 'unknown' && given.kind === 'collection' ? given : undefined;
    const contents = known && machine.contentsOf(known);
    for (const { value } of contents?.items ?? []) {
      addLayer(model, value, context);
    }
    if (contents === undefined || contents.hasUnknownItems) {
      addUnknown(model, context);
    }
  }
  return started(model, context);
}

/** `model.add(layer)`. */
export function addLayer(model: LayerValue, value: Value, context: KerasContext): void {
  if (layersOf(value).length > 0) {
    addChild(model, value, context.call.machine);
  } else if (value.kind === 'unknown') {
    addUnknown(model, context);
  }
}

function addUnknown(model: LayerValue, { call }: KerasContext): void {
  const { site } = model.object;
  const hidden = newLayer({ name: 'unknown', norm: 'unknown', site });
  addChild(model, libraryValue(hidden.object), call.machine);
}

function buildFunctional(context: KerasContext): Value {
  const { site } = context.call;
  const model = newLayer({ name: 'keras.Model', role: 'model', norm: 'no', site });
  takeGraph(model, context);
  return started(model, context);
}

/** Gives a model the layers between its inputs and its outputs. */
export function takeGraph(model: Layer, { call }: KerasContext): void {
  const { args, machine, site } = call;
  const outputs = findArgument(args, 1, 'outputs', 'output');
  const tensors = outputs === 'absent' || outputs === 'unknown' ? [] : tensorsIn(outputs, machine);
  const nodes = new Set(tensors.flatMap((own) => own.nodes));
  for (const [index, node] of [...nodes].entries()) {
    writeMember(model, `(graph) ${String(index)}`, { value: libraryValue(node), machine });
  }
  const isRead = tensors.some(({ isSymbolic }) => isSymbolic);
  if (!isRead) {
    const hidden = newLayer({ name: 'unknown', norm: 'unknown', site });
    writeMember(model, '(unknown)', { value: libraryValue(hidden.object), machine });
  }
}

function outsideModel(name: string, norm: Known, { call }: KerasContext): LayerValue {
  const { site, machine } = call;
  const model = newLayer({ name, role: 'model', norm: norm === 'unknown' ? norm : 'no', site });
  if (norm === 'yes') {
    const inner = newLayer({ name: 'keras.layers.BatchNormalization', norm: 'self', site });
    writeMember(model, innerNorm, { value: libraryValue(inner.object), machine });
  }
  const other = newLayer({ name: 'unknown', norm: 'no', site });
  writeMember(model, otherLayers, { value: libraryValue(other.object), machine });
  return model;
}

/** Models without an architecture in their name are told one: `Unet('resnet34')`. */
function architectureNorm(name: string, { args }: LibraryCall): Known {
  const given = [args.positional[0], args.keywords.get('backbone_name')];
  const texts = [...name.split('.').reverse(), ...given.map((value) => textOf(value))];
  const answers = texts.map((text) =>
    text === undefined ? undefined : architectureEvidence(text),
  );
  const answer = answers.find((own) => own !== undefined);
  const isUnet = name.startsWith('segmentation_models.');
  return answer === undefined
    ? isUnet
      ? 'yes'
      : 'unknown'
    : answer === 'batchNorm'
      ? 'yes'
      : 'no';
}

/** @source https://www.tensorflow.org/hub/api_docs/python/hub/KerasLayer */
function buildHubLayer(name: string, context: KerasContext): Value {
  const { call, trainable, state } = context;
  const words = textOf(call.args.positional[0])?.split('/') ?? [];
  const answer = words.map(architectureEvidence).find((own) => own !== undefined);
  const norm = answer === undefined ? 'unknown' : answer === 'batchNorm' ? 'yes' : 'no';
  const layer = outsideModel(name, norm, context);
  const { machine, site } = call;
  trainable.set(layer, { value: constant(false), site, machine, state });
  return started(layer, context);
}

function buildLoaded(name: string, context: KerasContext): Value {
  const model = outsideModel(name, 'unknown', context);
  const value = constant(true);
  writeMember(model, '#loaded', { value, machine: context.call.machine });
  return started(model, context);
}

/** `clone_model`, `copy.deepcopy`: a model like it, with weights of its own. */
export function cloneLayer(layer: Layer, name: string, context: KerasContext): Value {
  const { machine } = context.call;
  const clone = outsideModel(name, hasNorm(layer, machine), context);
  const trained = readMember(layer, '#trained', machine);
  if (trained !== undefined && name === 'copy.deepcopy') {
    writeMember(clone, '#trained', { value: trained, machine });
  }
  return asValue(clone);
}
