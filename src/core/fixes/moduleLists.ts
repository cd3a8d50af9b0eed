/** Edits that make a module know of the layers it keeps in a plain collection. */

import type { TextRange } from '../base/textRange';
import type { ClassDefinition, Expression, PyModule } from '../python/nodes';
import { callAt, definitionsAround, holds, nodesIn } from '../python/walk';
import type { TextEdit } from './fix';

interface Layer {
  readonly path: string;
  readonly module: PyModule;
  /** The call that makes the layer. */
  readonly range: TextRange;
  /** The attribute its collection is kept under. */
  readonly attribute: string;
}

/** Puts `nn.ModuleList(...)` or `nn.ModuleDict(...)` around the collection. */
export function registerLayers({ path, module, range, attribute }: Layer): readonly TextEdit[] {
  const prefix = packageOf(module, range);
  const type = definitionsAround(module, range).find((own) => own.kind === 'class');
  const values = type?.kind === 'class' ? assignedTo(attribute, type) : [];
  const [value] = values;
  const name = value && containerFor(value);
  const isSure = values.length === 1 && value !== undefined && isAround(value, range);
  return isSure && name !== undefined && prefix !== undefined
    ? [
        { path, range: emptyAt(value.range.start), newText: `${prefix}${name}(` },
        { path, range: emptyAt(value.range.end), newText: ')' },
      ]
    : [];
}

/** `nn.` where the layer is written as `nn.BatchNorm2d(...)`. */
function packageOf(module: PyModule, range: TextRange): string | undefined {
  const callee = callAt(module, range)?.callee;
  const text =
    callee?.kind === 'attribute' && module.text.slice(callee.range.start, callee.nameRange.start);
  return text === false ? undefined : text;
}

function assignedTo(attribute: string, { body }: ClassDefinition): readonly Expression[] {
  return nodesIn(body).flatMap((node) =>
    node.kind === 'assign' &&
    node.value !== undefined &&
    node.targets.some((target) => target.kind === 'attribute' && target.name === attribute)
      ? [node.value]
      : [],
  );
}

/** An empty list that is filled later, or a list that holds the layer itself. */
function isAround(value: Expression, range: TextRange): boolean {
  return holds(value.range, range) || (value.kind === 'list' && value.elements.length === 0);
}

function containerFor(value: Expression): string | undefined {
  switch (value.kind) {
    case 'list':
      return value.elements.every(({ kind }) => kind === 'call') ? 'ModuleList' : undefined;
    case 'dict':
      return value.entries.every(
        ({ key, value: own }) => key?.kind === 'string' && own.kind === 'call',
      )
        ? 'ModuleDict'
        : undefined;
    case 'comprehension':
      return value.makes === 'list' && value.element.kind === 'call' ? 'ModuleList' : undefined;
    default:
      return undefined;
  }
}

function emptyAt(offset: number): TextRange {
  return { start: offset, end: offset };
}
