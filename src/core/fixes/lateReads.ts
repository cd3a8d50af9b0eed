/** Edits that read a collection where it is used instead of earlier. */

import type { PyModule } from '../python/nodes';
import { blockAround, namedValue } from '../python/uses';
import type { Site } from '../semantics/value';
import type { TextEdit } from './fix';

interface LateRead {
  /** The call, which is assigned to a name. */
  readonly read: Site;
  /** The one place that names it. */
  readonly mention: Site;
}

/** Writes the call where its name stands, and drops the assignment. */
export function readWhereUsed(module: PyModule, { read, mention }: LateRead): readonly TextEdit[] {
  const statement = namedValue(module, read.range)?.statement;
  const block = statement && blockAround(module.body, statement.range);
  if (statement === undefined || block === undefined || block.length < 2) {
    return [];
  }
  const { text } = module;
  const start = text.lastIndexOf('\n', statement.range.start - 1) + 1;
  const lineEnd = text.indexOf('\n', statement.range.end);
  const end = lineEnd === -1 ? text.length : lineEnd + 1;
  const line = text.slice(start, end);
  const isAlone = line.trim() === text.slice(statement.range.start, statement.range.end);
  return isAlone
    ? [
        { path: read.path, range: { start, end }, newText: '' },
        { ...mention, newText: text.slice(read.range.start, read.range.end) },
      ]
    : [];
}
