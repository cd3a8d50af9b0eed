/** Models and layers of Keras, those of the project and those from outside alike. */

import { publicKerasName } from '../../frameworks/names';
import { outsideBases } from '../../semantics/attributes';
import type { Machine } from '../../semantics/machine';
import {
  type ClassValue,
  type Known,
  type LibraryObject,
  type ObjectValue,
  type Site,
  type Value,
  optionsOf,
} from '../../semantics/value';
import { layersUsedBy } from '../usedLayers';

/** A model or layer that an outside constructor made: `keras.layers.Dense(...)`, `ResNet50()`. */
export interface LayerObject extends LibraryObject {
  readonly type: 'kerasLayer';
  /** The qualified name of its constructor. */
  readonly name: string;
  readonly role: 'layer' | 'model';
  /** `self` for a BatchNorm layer; otherwise what its constructor says about what is inside. */
  readonly norm: Known | 'self';
  /** Its children, and what changes about it under names that begin with `#`; cells of the store. */
  readonly members: Map<string, number>;
  readonly site: Site;
  /** For a layer that a program picked out of a model by a place nobody knows: that model. */
  readonly owner: Layer | undefined;
}

export interface LayerValue {
  readonly kind: 'library';
  readonly object: LayerObject;
}

export type Layer = ObjectValue | LayerValue;

/** A layer's place in a functional graph. */
export interface GraphNode extends LibraryObject {
  readonly type: 'kerasNode';
  readonly layer: Layer;
  /** `training=` of the call that put it there. */
  readonly training: 'train' | 'eval' | 'unknown' | 'absent';
  readonly site: Site;
}

const modelBase = /^keras\.(?:Model|Sequential|Functional)$/;
const layerBase =
  /^(?:keras\.layers\.[A-Z]\w*|keras\.applications\..*|tensorflow_hub\.KerasLayer)$/;
const normName = /^keras\.layers\.(?:Sync)?BatchNormalization(?:V[12])?$/;

export function isNormName(name: string): boolean {
  return normName.test(publicKerasName(name));
}

export function isLayerClass(type: ClassValue): boolean {
  return outsideBases(type)
    .map(publicKerasName)
    .some((name) => modelBase.test(name) || layerBase.test(name));
}

function isNormClass(type: ClassValue): boolean {
  return outsideBases(type).some(isNormName);
}

export function isLayerObject(object: LibraryObject): object is LayerObject {
  return object.type === 'kerasLayer';
}

export function isNode(object: LibraryObject): object is GraphNode {
  return object.type === 'kerasNode';
}

/** The layers that a value can be. */
export function layersOf(value: Value): readonly Layer[] {
  return optionsOf(value).flatMap((option): readonly Layer[] => {
    if (option.kind === 'object') {
      return isLayerClass(option.type) ? [option] : [];
    }
    return option.kind === 'library' && isLayerObject(option.object)
      ? [{ kind: 'library', object: option.object }]
      : [];
  });
}

export function membersOf(layer: Layer): Map<string, number> {
  return layer.kind === 'object' ? layer.attributes : layer.object.members;
}

export function siteOfLayer(layer: Layer): Site {
  return layer.kind === 'object' ? layer.site : layer.object.site;
}

export function isSameLayer(a: Layer | undefined, b: Layer | undefined): boolean {
  return a !== undefined && b !== undefined && membersOf(a) === membersOf(b);
}

export function newLayer(
  options: Pick<LayerObject, 'name' | 'norm' | 'site'> & Partial<LayerObject>,
): LayerValue {
  const object: LayerObject = {
    role: 'layer',
    members: new Map(),
    owner: undefined,
    ...options,
    type: 'kerasLayer',
  };
  return { kind: 'library', object };
}

export function readMember(layer: Layer, name: string, machine: Machine): Value | undefined {
  const cell = membersOf(layer).get(name);
  const value = cell === undefined ? undefined : machine.store.read(cell);
  return value?.kind === 'contents' ? undefined : value;
}

export function writeMember(
  layer: Layer,
  name: string,
  { value, machine }: { readonly value: Value; readonly machine: Machine },
): void {
  const cell = membersOf(layer).get(name);
  if (cell === undefined) {
    membersOf(layer).set(name, machine.newCell(value));
  } else {
    machine.store.write(cell, value);
  }
}

/** Adds a child under the next free number. */
export function addChild(layer: LayerValue, value: Value, machine: Machine): void {
  const { members } = layer.object;
  const index = [...members.keys()].filter((name) => /^\d+$/.test(name)).length;
  members.set(String(index), machine.newCell(value));
}

const maxDepth = 3;

/** The layers in a value; Keras finds those in lists and dicts as well. */
function layersIn(value: Value, machine: Machine, depth = 0): readonly Layer[] {
  return optionsOf(value).flatMap((option): readonly Layer[] => {
    if (option.kind === 'library' && isNode(option.object)) {
      return [option.object.layer];
    }
    if (option.kind === 'collection' && option.shape !== 'iterator' && depth < maxDepth) {
      const { items } = machine.contentsOf(option);
      return items.flatMap((own) => layersIn(own.value, machine, depth + 1));
    }
    return layersOf(option);
  });
}

/** The layers directly in a layer. */
export function childrenOf(layer: Layer, machine: Machine): readonly Layer[] {
  return [...membersOf(layer).keys()].flatMap((name) => {
    const value = name.startsWith('#') ? undefined : readMember(layer, name, machine);
    return value === undefined ? [] : layersIn(value, machine);
  });
}

/** The layer and everything in it, each once. */
export function treeOf(layer: Layer, machine: Machine): readonly Layer[] {
  const seen = new Map<Map<string, number>, Layer>();
  const visit = (own: Layer): void => {
    if (!seen.has(membersOf(own))) {
      seen.set(membersOf(own), own);
      childrenOf(own, machine).forEach(visit);
    }
  };
  visit(layer);
  return [...seen.values()];
}

/** Whether it is a BatchNorm layer itself. */
export function isNorm(layer: Layer): boolean {
  return layer.kind === 'object' ? isNormClass(layer.type) : layer.object.norm === 'self';
}

/** The BatchNorm layers of a layer that can be seen. */
export function normsOf(layer: Layer, machine: Machine): readonly Layer[] {
  return treeOf(layer, machine).filter(isNorm);
}

/** Whether a layer has BatchNorm. */
export function hasNorm(layer: Layer, machine: Machine): Known {
  const answers = treeOf(layer, machine).map((own) => ownNorm(own, machine));
  if (answers.includes('yes')) {
    return 'yes';
  }
  return answers.includes('unknown') ? 'unknown' : 'no';
}

/** Under this name is what a base class from outside may have built. */
export const inherited = '(inherited)';

function ownNorm(layer: Layer, machine: Machine): Known {
  if (isNorm(layer)) {
    return 'yes';
  }
  if (layer.kind === 'library') {
    return layer.object.norm === 'self' ? 'yes' : layer.object.norm;
  }
  const used = layersUsedBy(layer.type);
  const isHidden = [...layer.attributes].some(
    ([name, cell]) =>
      (used.has(name) || name === inherited) && machine.store.read(cell)?.kind === 'unknown',
  );
  return isHidden ? 'unknown' : 'no';
}

/** Under this name an outside model keeps the layer that stands for all its BatchNorm layers. */
export const innerNorm = '(batch norm)';
/** Under this name an outside model keeps the layer that stands for all its others. */
export const otherLayers = '(other layers)';
/** On a layer that was made while the learning phase was 0, which settled how it runs. */
export const builtForInference = '#builtForInference';
