/** Reads of TensorFlow 1's graph collections. */

import { findArgument } from '../../semantics/callArguments';
import type { LibraryCall } from '../../semantics/library';
import { type Known, type Value, optionsOf, textOf } from '../../semantics/value';
import { type CollectionRead, variablesOf } from './variables';

type CollectionName = CollectionRead['collection'];

/**
 * Functions that give the variables of one collection, all with an optional scope.
 *
 * @source https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/trainable_variables and
 *   tf_slim/ops/variables.py of google-research/tf-slim
 */
const readers: Readonly<Record<string, CollectionName | undefined>> = {
  'tensorflow.trainable_variables': 'trainable',
  'tensorflow.global_variables': 'global',
  'tensorflow.all_variables': 'global',
  'tensorflow.model_variables': 'model',
  'tensorflow.local_variables': 'local',
  'tensorflow.moving_average_variables': 'movingAverage',
  'slim.get_trainable_variables': 'trainable',
  'slim.get_model_variables': 'model',
  'slim.get_variables': 'global',
  'slim.get_local_variables': 'local',
  'slim.get_variables_to_restore': 'global',
};

/** The keys of `tf.get_collection`, as `tf.GraphKeys` names them and as they are spelt. */
const keys: Readonly<Record<string, CollectionName | undefined>> = {
  'tensorflow.GraphKeys.TRAINABLE_VARIABLES': 'trainable',
  'tensorflow.GraphKeys.GLOBAL_VARIABLES': 'global',
  'tensorflow.GraphKeys.VARIABLES': 'global',
  'tensorflow.GraphKeys.MODEL_VARIABLES': 'model',
  'tensorflow.GraphKeys.LOCAL_VARIABLES': 'local',
  'tensorflow.GraphKeys.MOVING_AVERAGE_VARIABLES': 'movingAverage',
  trainable_variables: 'trainable',
  variables: 'global',
  model_variables: 'model',
};

/** The list a call gives; `undefined` when it reads no collection of variables. */
export function readCollection(
  name: string,
  call: LibraryCall,
  isAfterOptimizer: Known,
): Value | undefined {
  const isGeneric =
    name === 'tensorflow.get_collection' || name === 'tensorflow.get_collection_ref';
  const collection = isGeneric ? collectionOf(call) : readers[name];
  if (collection === undefined) {
    return undefined;
  }
  const position = isGeneric ? 1 : 0;
  const scopeValue =
    name === 'slim.get_variables_to_restore'
      ? 'absent'
      : findArgument(call.args, position, 'scope');
  const scope = typeof scopeValue === 'string' ? undefined : textOf(scopeValue);
  const scopeSite =
    scopeValue === 'absent'
      ? undefined
      : (call.argumentSites.get('scope') ?? call.argumentSites.get(position));
  const read: CollectionRead = { site: call.site, collection, scope, scopeSite, isAfterOptimizer };
  const contents = variablesOf(read);
  // Whoever chooses what to leave out may leave out the statistics.
  const isPartial = name === 'slim.get_variables_to_restore' && call.args.keywords.has('include');
  return call.machine.newCollection(
    'list',
    isPartial ? { ...contents, hasUnknownItems: true } : contents,
  );
}

function collectionOf({ args }: LibraryCall): CollectionName | undefined {
  const key = findArgument(args, 0, 'key');
  if (key === 'absent' || key === 'unknown') {
    return undefined;
  }
  const names = optionsOf(key).map(
    (option) => keys[option.kind === 'external' ? option.name : (textOf(option) ?? '')],
  );
  const [first] = names;
  return names.every((own) => own === first) ? first : undefined;
}
