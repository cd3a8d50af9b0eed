/** Edits that make the update ops run with the op that trains. */

import type { TextRange } from '../base/textRange';
import type { PyModule } from '../python/nodes';
import type { TextEdit } from './fix';
import { tensorflowName } from './variableLists';

/** Puts the statement that holds a place under the control of UPDATE_OPS. */
export function runUpdatesBefore(
  module: PyModule,
  { path, range }: { readonly path: string; readonly range: TextRange },
): TextEdit | undefined {
  const tf = tensorflowName(module);
  const statement = statementAround(module, range);
  if (tf === undefined || statement === undefined) {
    return undefined;
  }
  const lineStart = module.text.lastIndexOf('\n', statement.start - 1) + 1;
  const indent = module.text.slice(lineStart, statement.start);
  if (indent.trim() !== '') {
    return undefined;
  }
  const text = module.text.slice(statement.start, statement.end);
  const step = indent.includes('\t') ? '\t' : indentStep(module);
  const lines = [
    `update_ops = ${tf}.get_collection(${tf}.GraphKeys.UPDATE_OPS)`,
    `${indent}with ${tf}.control_dependencies(update_ops):`,
    `${indent}${step}${text.replace(/\n(?=[^\r\n])/g, `\n${step}`)}`,
  ];
  return { path, range: statement, newText: lines.join('\n') };
}

/** The smallest simple statement around a place. */
function statementAround(module: PyModule, place: TextRange): TextRange | undefined {
  let smallest: TextRange | undefined;
  for (const node of module.nodes) {
    const isSimple = node.kind === 'assign' || node.kind === 'expression' || node.kind === 'return';
    if (isSimple && node.range.start <= place.start && place.end <= node.range.end) {
      smallest = node.range;
    }
  }
  return smallest;
}

/** Two spaces where the file's first indented line has two. */
function indentStep({ text }: PyModule): string {
  return /\n( +)\S/.exec(text)?.[1]?.length === 2 ? '  ' : '    ';
}
