/** What the arguments of a BatchNorm call say about its statistics. */

import { findArgument } from '../../semantics/callArguments';
import type { LibraryCall } from '../../semantics/library';
import type { Machine } from '../../semantics/machine';
import { type Known, type Value, textOf } from '../../semantics/value';
import { isBatchMoment } from '../tensorflow1/updates/ownLayers';
import type { BatchNormCall } from './facts';

const trainableKeys = new Set(['tensorflow.GraphKeys.TRAINABLE_VARIABLES', 'trainable_variables']);

/**
 * Whether a call asks for running statistics to be kept among the trainable variables: the
 * argument `variables_collections`, given directly or in a dict of parameters.
 *
 * @source https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/contrib/layers/batch_norm
 */
export function putsStatisticsAmongTrainable({ args, machine }: LibraryCall): Known {
  if (args.keywords.size === 0) {
    return 'no';
  }
  const direct = args.keywords.get('variables_collections');
  if (direct !== undefined) {
    return namesTrainable(direct, machine);
  }
  const nested = Array.from(args.keywords.values(), (value) => collectionsInDict(value, machine));
  const found = nested.find((value) => value !== undefined);
  return found === undefined ? 'no' : namesTrainable(found, machine);
}

function collectionsInDict(value: Value, machine: Machine): Value | undefined {
  if (value.kind !== 'collection' || value.shape !== 'dict') {
    return undefined;
  }
  const { items } = machine.contentsOf(value);
  return items.find(({ key }) => textOf(key) === 'variables_collections')?.value;
}

/** Looks for the key in a list, in a dict of lists, or alone. */
function namesTrainable(value: Value, machine: Machine): Known {
  if (value.kind === 'collection') {
    const answers = machine
      .contentsOf(value)
      .items.map((own) => namesTrainable(own.value, machine));
    if (answers.includes('yes')) {
      return 'yes';
    }
    return answers.includes('unknown') ? 'unknown' : 'no';
  }
  if (value.kind === 'constant' && value.value === null) {
    return 'no';
  }
  const name = value.kind === 'external' ? value.name : textOf(value);
  return name === undefined ? 'unknown' : trainableKeys.has(name) ? 'yes' : 'no';
}

/** Where functions take what says whether they train, and what they do when it is left out. */
const flags: Readonly<Record<string, BatchNormFlag | undefined>> = {
  'slim.batch_norm': { keyword: 'is_training', position: undefined, byDefault: 'train' },
  'tensorflow.nn.fused_batch_norm': { keyword: 'is_training', position: 7, byDefault: 'train' },
};

interface BatchNormFlag {
  readonly keyword: string;
  readonly position: number | undefined;
  readonly byDefault: BatchNormCall['mode'];
}

const usualFlag: BatchNormFlag = { keyword: 'training', position: undefined, byDefault: 'unknown' };

/**
 * How a BatchNorm call runs. Slim's default is training, that of `tf.layers` is not. A function that
 * is handed mean and variance trains as long as both are those of the batch.
 *
 * @source https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/contrib/layers/batch_norm,
 *   https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/layers/batch_normalization,
 *   https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/nn/fused_batch_norm,
 *   https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/nn/batch_normalization
 */
export function batchNormMode(name: string, { args }: LibraryCall): BatchNormCall['mode'] {
  if (name === 'tensorflow.nn.batch_normalization') {
    const used = [findArgument(args, 1, 'mean'), findArgument(args, 2, 'variance')];
    const isOfBatch = used.every((value) => typeof value !== 'string' && isBatchMoment(value));
    return isOfBatch ? 'train' : 'unknown';
  }
  const { keyword, position, byDefault } = flags[name] ?? usualFlag;
  const given = findArgument(args, position, keyword);
  if (given === 'absent') {
    return byDefault;
  }
  const value = given !== 'unknown' && given.kind === 'constant' ? given.value : undefined;
  return value === true ? 'train' : value === false ? 'eval' : 'unknown';
}
