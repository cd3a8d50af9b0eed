/** What a layer's flag for training is. */

import type { GivenArgument } from '../../../semantics/callArguments';
import type { LibraryCall } from '../../../semantics/library';
import { type LibraryObject, type Site, type Value, libraryValue } from '../../../semantics/value';
import type { TrainingFlag } from './facts';

/** `tf.placeholder(tf.bool)`: what it is, is said when the graph runs. */
export interface PlaceholderObject extends LibraryObject {
  readonly type: 'placeholder';
}

const placeholder: PlaceholderObject = { type: 'placeholder' };

/** A placeholder for a flag; others say nothing about training. */
export function callPlaceholder(name: string, { args }: LibraryCall): Value | undefined {
  if (name === 'tensorflow.placeholder_with_default') {
    const [input] = args.positional;
    const isFlag = input?.kind === 'constant' && typeof input.value === 'boolean';
    return isFlag ? libraryValue(placeholder) : undefined;
  }
  const type = args.keywords.get('dtype') ?? args.positional[0];
  const isFlag =
    name === 'tensorflow.placeholder' &&
    type?.kind === 'external' &&
    type.name === 'tensorflow.bool';
  return isFlag ? libraryValue(placeholder) : undefined;
}

/** Reads the flag a layer was given; `byDefault` is how it runs when it was given none. */
export function trainingFlagOf(
  given: GivenArgument,
  { byDefault, site }: { readonly byDefault: 'train' | 'eval'; readonly site: Site | undefined },
): TrainingFlag {
  if (given === 'absent') {
    return { source: 'default', mode: byDefault, site: undefined };
  }
  return given === 'unknown'
    ? { source: 'unknown', mode: 'unknown', site }
    : { ...sourceOf(given), site };
}

function sourceOf(value: Value): Pick<TrainingFlag, 'source' | 'mode'> {
  switch (value.kind) {
    case 'constant':
      return value.value === null
        ? { source: 'unknown', mode: 'unknown' }
        : {
            source: 'constant',
            mode: value.value === false || value.value === 0 ? 'eval' : 'train',
          };
    case 'library':
      return { source: isPlaceholder(value.object) ? 'placeholder' : 'unknown', mode: 'unknown' };
    case 'unknown':
      return { source: value.parameter === undefined ? 'unknown' : 'parameter', mode: 'unknown' };
    default:
      return { source: 'unknown', mode: 'unknown' };
  }
}

function isPlaceholder(object: LibraryObject): object is PlaceholderObject {
  return object.type === 'placeholder';
}
