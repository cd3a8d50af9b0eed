/** Calls that build BatchNorm layers in a TensorFlow 1 graph. */

import { type GivenArgument, findArgument } from '../../../semantics/callArguments';
import type { LibraryCall } from '../../../semantics/library';
import { type LibraryObject, type Value, libraryValue, unknown } from '../../../semantics/value';
import type { BatchNormLayer } from './facts';
import { trainingFlagOf } from './trainingFlag';

/** `tf.layers.BatchNormalization(...)` before it is called. */
export interface LayerObject extends LibraryObject {
  readonly type: 'tensorflow1BatchNorm';
}

export function isLayerObject(object: LibraryObject): object is LayerObject {
  return object.type === 'tensorflow1BatchNorm';
}

/** Takes down a layer where it is built. */
export type LayerNote = (layer: BatchNormLayer) => void;

/** Whether the call built a layer or an object that will; records what it built. */
export function callLayer(name: string, call: LibraryCall, note: LayerNote): Value | undefined {
  if (name === 'tensorflow.layers.BatchNormalization') {
    const object: LayerObject = { type: 'tensorflow1BatchNorm' };
    return libraryValue(object);
  }
  if (name === functionName) {
    note(layerOf(name, call, trainingPosition));
    return unknown;
  }
  return undefined;
}

/** `layer(x, training=...)` and `layer.apply(x, training=...)`. */
export function callLayerObject(call: LibraryCall, note: LayerNote): Value {
  note(layerOf('tensorflow.layers.BatchNormalization', call, 1));
  return unknown;
}

const functionName = 'tensorflow.layers.batch_normalization';

/**
 * Where `tf.layers.batch_normalization` takes `training`.
 *
 * @source https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/layers/batch_normalization
 */
const trainingPosition = 14;

function layerOf(name: string, call: LibraryCall, position: number): BatchNormLayer {
  const given: GivenArgument = findArgument(call.args, position, 'training');
  const site = call.argumentSites.get('training') ?? call.argumentSites.get(position);
  const flag = trainingFlagOf(given, { byDefault: 'eval', site });
  return { name, api: 'layers', site: call.site, flag, updates: 'deferred' };
}
