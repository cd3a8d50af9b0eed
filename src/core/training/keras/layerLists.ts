/** `model.layers`, whose order nobody here knows. */

import type { Machine } from '../../semantics/machine';
import {
  type Contents,
  type LibraryObject,
  type Value,
  item,
  libraryValue,
} from '../../semantics/value';
import { asValue } from './layerCalls';
import { type Layer, childrenOf, hasNorm, newLayer, siteOfLayer } from './layer';

export interface LayerListObject extends LibraryObject {
  readonly type: 'kerasLayers';
  readonly layer: Layer;
  /** Whether some of the model's layers were cut off. */
  readonly isPart: boolean;
}

export function isLayerList(object: LibraryObject): object is LayerListObject {
  return object.type === 'kerasLayers';
}

export function layerList(layer: Layer): Value {
  const list: LayerListObject = { type: 'kerasLayers', layer, isPart: false };
  return libraryValue(list);
}

/** The layers that are surely there, and of a part those that may be. */
export function iterateLayers({ layer, isPart }: LayerListObject, machine: Machine): Contents {
  const children = childrenOf(layer, machine).map((child) => item(asValue(child)));
  const items = isPart ? children.map((own) => ({ ...own, presence: 'maybe' as const })) : children;
  return { kind: 'contents', items, hasUnknownItems: false };
}

/** `layers[:n]`, for any bounds but none. */
export function sliceLayers(
  list: LayerListObject,
  [from, to]: readonly (number | undefined)[],
): Value {
  const isPart = list.isPart || from !== undefined || to !== undefined;
  const part: LayerListObject = { ...list, isPart };
  return libraryValue(part);
}

/** `layers[i]`, `get_layer(name)`: some layer of the model. */
export function someLayerOf(owner: Layer, machine: Machine): Value {
  const [only, ...others] = childrenOf(owner, machine);
  if (only !== undefined && others.length === 0 && owner.kind === 'library') {
    return asValue(only);
  }
  const norm = hasNorm(owner, machine) === 'no' ? 'no' : 'unknown';
  const site = siteOfLayer(owner);
  return libraryValue(newLayer({ name: 'unknown', norm, site, owner }).object);
}
