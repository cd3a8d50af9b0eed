/** Moving statistics that a program keeps by hand. */

import { findArgument } from '../../../semantics/callArguments';
import type { LibraryCall } from '../../../semantics/library';
import {
  type LibraryObject,
  type Value,
  item,
  libraryValue,
  noContents,
} from '../../../semantics/value';
import type { BatchNormLayer } from './facts';
import { isUpdateKey } from './updateReads';

/** A variable that no optimizer moves: `tf.get_variable(..., trainable=False)`. */
interface KeptVariableObject extends LibraryObject {
  readonly type: 'keptVariable';
}

/** An op that moves such a variable. */
interface StatisticsUpdateObject extends LibraryObject {
  readonly type: 'statisticsUpdate';
}

/** The mean or the variance of the batch at hand, and of nothing before it. */
interface BatchMomentObject extends LibraryObject {
  readonly type: 'batchMoment';
}

const keptVariable: KeptVariableObject = { type: 'keptVariable' };
const batchMoment: BatchMomentObject = { type: 'batchMoment' };
const statisticsUpdate: StatisticsUpdateObject = { type: 'statisticsUpdate' };

const makers = new Set(['tensorflow.get_variable', 'tensorflow.Variable']);

/** Functions that take the variable first and the new value, or a part of it, second. */
const assigners = new Set([
  'tensorflow.assign',
  'tensorflow.assign_add',
  'tensorflow.assign_sub',
  'tensorflow.python.training.moving_averages.assign_moving_average',
]);

export function callOwnStatistics(name: string, call: LibraryCall): Value | undefined {
  const { args } = call;
  if (name === 'tensorflow.nn.moments') {
    const items = [item(libraryValue(batchMoment)), item(libraryValue(batchMoment))];
    return call.machine.newCollection('tuple', { ...noContents, items });
  }
  if (makers.has(name)) {
    const trainable = args.keywords.get('trainable');
    const isKept = trainable?.kind === 'constant' && trainable.value === false;
    return isKept ? libraryValue(keptVariable) : undefined;
  }
  const isUpdate =
    (assigners.has(name) && isOfType(args.positional[0], 'keptVariable')) ||
    (name === 'tensorflow.group' && isGroupOfUpdates(call));
  return isUpdate ? libraryValue(statisticsUpdate) : undefined;
}

/** `variable.assign(...)`. */
export function callVariableMethod(receiver: Value, name: string): Value | undefined {
  const isAssign = /^assign(?:_add|_sub)?$/.test(name);
  return isAssign && isOfType(receiver, 'keptVariable')
    ? libraryValue(statisticsUpdate)
    : undefined;
}

function isGroupOfUpdates({ args: { positional } }: LibraryCall): boolean {
  return positional.length > 0 && positional.every((value) => isOfType(value, 'statisticsUpdate'));
}

function isOfType(value: Value | undefined, type: string): boolean {
  return value?.kind === 'library' && value.object.type === type;
}

/** Whether a value is a mean or variance that `tf.nn.moments` took of a batch. */
export function isBatchMoment(value: Value): boolean {
  return isOfType(value, 'batchMoment');
}

/** `tf.add_to_collection(tf.GraphKeys.UPDATE_OPS, update)`: the layer that such an update is of. */
export function ownLayerOf(name: string, { args, site }: LibraryCall): BatchNormLayer | undefined {
  const isAdded =
    name === 'tensorflow.add_to_collection' && isUpdateKey(findArgument(args, 0, 'name'));
  const added = isAdded ? findArgument(args, 1, 'value') : 'absent';
  if (typeof added === 'string' || !isOfType(added, 'statisticsUpdate')) {
    return undefined;
  }
  return {
    name,
    api: 'own',
    site,
    flag: { source: 'unknown', mode: 'unknown', site: undefined },
    updates: 'deferred',
  };
}
