/** Edits that give a function another parameter. */

import type { FunctionDefinition } from '../python/nodes';
import { nodesIn } from '../python/walk';
import type { Fix, TextEdit } from './fix';

interface Added {
  readonly path: string;
  readonly code: FunctionDefinition;
  /** The parameter as it is written: `training=None`. */
  readonly text: string;
}

/** Adds a parameter with a default behind those that are there, before `**kwargs`. */
function addParameter({ path, code, text }: Added): TextEdit {
  const { parameters, parametersRange } = code;
  const rest = parameters.find(({ role }) => role === 'doubleStar');
  if (rest !== undefined) {
    const { start } = rest.range;
    return { path, range: { start, end: start }, newText: `${text}, ` };
  }
  const last = parameters.at(-1);
  const start = last?.range.end ?? parametersRange.start + 1;
  // A comma after the last parameter stays where it is, after the new one.
  const newText = last === undefined ? text : `, ${text}`;
  return { path, range: { start, end: start }, newText };
}

/**
 * Lets `call` take `training`. Safe, since nobody has to pass it, unless the body already means
 * something else by that name.
 */
export function takeTraining({ path, code }: Omit<Added, 'text'>): Fix {
  const isUsed = nodesIn(code.body).some((node) => node.kind === 'name' && node.id === 'training');
  return {
    title: 'Add the parameter `training=None`',
    safety: isUsed ? 'suggestion' : 'safe',
    edits: [addParameter({ path, code, text: 'training=None' })],
  };
}
