/** Imports as they are written: qualified names no longer say by which package a thing was reached. */

import type { PyModule, Statement } from '../../python/nodes';
import type { TextRange } from '../../base/textRange';
import { nodesIn, statementsAround } from '../../python/walk';

export interface WrittenImport {
  /** `tensorflow.contrib.slim` for `from tensorflow.contrib import slim`. */
  readonly name: string;
  readonly range: TextRange;
}

/** Imports of outside packages, wherever they stand. */
export function writtenImports(module: PyModule): readonly WrittenImport[] {
  return module.nodes.flatMap((node): readonly WrittenImport[] => {
    if (node.kind === 'import') {
      return node.names.map(({ name, range }) => ({ name, range }));
    }
    if (node.kind !== 'importFrom' || node.level > 0) {
      return [];
    }
    return node.isStar
      ? [{ name: node.module, range: node.range }]
      : node.names.map(({ name, range }) => ({ name: `${node.module}.${name}`, range }));
  });
}

/**
 * Whether a place is reached only on some condition: then what is written there may be meant for
 * another version than the one that runs. Asking whether the module is the script is no condition.
 */
export function isConditional({ body }: PyModule, offset: number): boolean {
  return statementsAround(body, offset).some(
    (statement) =>
      (statement.kind === 'try' && statement.handlers.length > 0) ||
      (statement.kind === 'if' && !asksWhetherScript(statement)) ||
      statement.kind === 'match',
  );
}

function asksWhetherScript({ test }: Extract<Statement, { kind: 'if' }>): boolean {
  return nodesIn(test).some((node) => node.kind === 'name' && node.id === '__name__');
}
