/** Edits that make a list of a Keras model's weights hold the moving statistics as well. */

import type { TextRange } from '../base/textRange';
import type { Expression, PyModule } from '../python/nodes';
import type { TextEdit } from './fix';

interface Place {
  readonly path: string;
  readonly module: PyModule;
  /** The attribute: `model.trainable_variables`. */
  readonly range: TextRange;
}

/**
 * Reads all weights where the trainable ones were read, when the list is used up right there.
 *
 * `weights` and not `variables`: under Keras 3 the latter also holds the state of random number
 * generators, which is nothing to average.
 *
 * @source https://keras.io/api/layers/base_layer/
 */
export function widenWeightList({ path, module, range }: Place): TextEdit | undefined {
  for (const node of module.nodes) {
    const isIt =
      node.kind === 'attribute' && node.range.start === range.start && node.range.end === range.end;
    if (isIt) {
      return isUsedInPlace(module, range)
        ? { path, range: node.nameRange, newText: 'weights' }
        : undefined;
    }
  }
  return undefined;
}

/** Whether the list goes into `zip`, a loop or a call, and not into a name that others may use. */
function isUsedInPlace(module: PyModule, range: TextRange): boolean {
  const isIt = (own: Expression): boolean =>
    own.range.start === range.start && own.range.end === range.end;
  for (const node of module.nodes) {
    const isInside =
      (node.kind === 'call' && node.args.some(({ value }) => isIt(value))) ||
      (node.kind === 'for' && isIt(node.iterable)) ||
      (node.kind === 'subscript' && isIt(node.object)) ||
      (node.kind === 'comprehension' &&
        node.clauses.some((clause) => clause.kind === 'for' && isIt(clause.iterable)));
    if (isInside) {
      return true;
    }
  }
  return false;
}
