/** BatchNorm layers of TensorFlow 1, as far as they decide what a collection holds. */

import type { LibraryCall } from '../../semantics/library';
import type { Machine } from '../../semantics/machine';
import { type Known, type Value, textOf } from '../../semantics/value';

const trainableKeys = new Set(['tensorflow.GraphKeys.TRAINABLE_VARIABLES', 'trainable_variables']);

/**
 * Whether a call asks for running statistics to be kept among the trainable variables: the
 * argument `variables_collections`, given directly or in a dict of parameters.
 *
 * @source https://www.tensorflow.org/versions/r1.15/api_docs/python/tf/contrib/layers/batch_norm
 */
export function putsStatisticsAmongTrainable({ args, machine }: LibraryCall): Known {
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
