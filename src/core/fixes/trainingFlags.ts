/** Edits that hand a training flag on to a layer. */

import type { TextRange } from '../base/textRange';
import type { FunctionDefinition, PyModule } from '../python/nodes';
import { callAt, functionsAround, holds, nodesIn } from '../python/walk';
import type { Fix, TextEdit } from './fix';

/** What people call the flag that says whether a network is being trained. */
const flagNames = [
  'is_training',
  'training',
  'is_train',
  'train',
  'phase_train',
  'train_phase',
  'phase',
  'bn_training',
];

/** Whether a name says that its value tells training from evaluation. */
export function isFlagName(name: string): boolean {
  return flagNames.includes(name);
}

/** A parameter for the flag that the function never looks at. */
export function unusedFlag({ parameters, body }: FunctionDefinition): string | undefined {
  const flag = parameters.find(({ name, role }) => role === 'plain' && isFlagName(name))?.name;
  const isUsed = nodesIn(body).some((node) => node.kind === 'name' && node.id === flag);
  return isUsed ? undefined : flag;
}

/** A flag that code can reach, as it would be written there. */
interface ReachableFlag {
  readonly name: string;
  readonly isParameter: boolean;
}

/** The flag that code at a place would mean: a parameter of the functions around, else a variable. */
function flagAt(module: PyModule, place: TextRange): ReachableFlag | undefined {
  const parameter = functionsAround(module, place)
    .flatMap(({ parameters }) => parameters)
    .find(({ name, role }) => role === 'plain' && isFlagName(name));
  if (parameter !== undefined) {
    return { name: parameter.name, isParameter: true };
  }
  const name = assignedFlag(module, place);
  return name === undefined ? undefined : { name, isParameter: false };
}

/** `is_training = tf.placeholder(tf.bool)`, before the place or around its function. */
function assignedFlag(module: PyModule, place: TextRange): string | undefined {
  const around = functionsAround(module, place);
  const elsewhere = module.nodes.filter(
    (node): node is FunctionDefinition => node.kind === 'function' && !around.includes(node),
  );
  for (const node of module.nodes) {
    const isReachable =
      node.kind === 'assign' &&
      (node.range.end <= place.start || around.length > 0) &&
      !elsewhere.some(({ range }) => holds(range, node.range));
    for (const target of isReachable ? node.targets : []) {
      if (target.kind === 'name' && isFlagName(target.id)) {
        return target.id;
      }
    }
  }
  return undefined;
}

/** The call and the argument to write into it. */
interface AddedArgument {
  readonly path: string;
  readonly range: TextRange;
  readonly text: string;
}

/** Adds a last argument to a call. */
export function addArgument(module: PyModule, added: AddedArgument): TextEdit | undefined {
  const call = callAt(module, added.range);
  if (call === undefined) {
    return undefined;
  }
  const last = call.args.at(-1)?.value.range.end;
  const start = last ?? call.argsRange.start + 1;
  // A comma after the last argument stays where it is, after the new one.
  const newText = last === undefined ? added.text : `, ${added.text}`;
  return { path: added.path, range: { start, end: start }, newText };
}

/** A call, and the name it takes its flag by. */
interface Passed {
  readonly path: string;
  readonly range: TextRange;
  readonly keyword: string;
}

/** Hands the flag in reach on, under the name the layer knows it by. */
export function passFlag(module: PyModule, { path, range, keyword }: Passed): Fix | undefined {
  const flag = flagAt(module, range);
  const text = flag && `${keyword}=${flag.name}`;
  const edit = text === undefined ? undefined : addArgument(module, { path, range, text });
  return (
    flag &&
    edit && {
      title: `Pass \`${keyword}=${flag.name}\``,
      safety: flag.isParameter ? 'safe' : 'suggestion',
      edits: [edit],
    }
  );
}
