/** Finding things in a syntax tree. */

import type { TextRange } from '../base/textRange';
import type {
  Block,
  Call,
  ClassDefinition,
  Expression,
  FunctionDefinition,
  PyModule,
  Statement,
} from './nodes';

type Node = Expression | Statement;

/** Every statement and expression of a part of a module, each before what is inside it. */
export function nodesIn(part: unknown): readonly Node[] {
  const nodes: Node[] = [];
  collectNodes(part, nodes);
  return nodes;
}

function collectNodes(part: unknown, nodes: Node[]): void {
  if (Array.isArray(part)) {
    for (const member of part) {
      collectNodes(member, nodes);
    }
  } else if (typeof part === 'object' && part !== null) {
    if (isNode(part)) {
      nodes.push(part);
    }
    for (const member of Object.values(part)) {
      if (typeof member === 'object') {
        collectNodes(member, nodes);
      }
    }
  }
}

function isNode(part: object): part is Node {
  return 'kind' in part && 'range' in part;
}

/** The call with exactly this range. */
export function callAt(module: PyModule | undefined, range: TextRange): Call | undefined {
  for (const node of module?.nodes ?? []) {
    const isIt =
      node.kind === 'call' && node.range.start === range.start && node.range.end === range.end;
    if (isIt) {
      return node;
    }
  }
  return undefined;
}

/** The functions whose definitions hold a place, innermost first. */
export function functionsAround(module: PyModule, place: TextRange): readonly FunctionDefinition[] {
  return definitionsAround(module, place).filter((own) => own.kind === 'function');
}

/** The functions and classes whose definitions hold a place, innermost first. */
export function definitionsAround(
  module: PyModule,
  place: TextRange,
): readonly (FunctionDefinition | ClassDefinition)[] {
  const around: (FunctionDefinition | ClassDefinition)[] = [];
  for (const node of module.nodes) {
    if ((node.kind === 'function' || node.kind === 'class') && holds(node.range, place)) {
      around.unshift(node);
    }
  }
  return around;
}

export function holds(outer: TextRange, inner: TextRange): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** What the call with this range calls, when it is a name or an attribute: `self.net`. */
export function calledName(module: PyModule, range: TextRange): string | undefined {
  const callee = callAt(module, range)?.callee;
  const text = callee && module.text.slice(callee.range.start, callee.range.end);
  return text !== undefined && /^[\w.]+$/.test(text) ? text : undefined;
}

/**
 * The logical lines of a module in source order: whole simple statements, and the heads of compound
 * ones (`if a:` without what is inside).
 */
export function logicalLines(module: PyModule): readonly TextRange[] {
  const lines: TextRange[] = [];
  collectLines(module.body, lines);
  return lines.sort((a, b) => a.start - b.start);
}

function collectLines(block: Block, lines: TextRange[]): void {
  for (const statement of block) {
    const blocks = blocksOf(statement);
    const first = Math.min(...blocks.flatMap((inner) => inner.map(({ range }) => range.start)));
    const end = Number.isFinite(first) ? first : statement.range.end;
    lines.push({ start: statement.range.start, end });
    for (const inner of blocks) {
      collectLines(inner, lines);
    }
  }
}

/** The blocks of statements directly inside a statement. */
export function blocksOf(statement: Statement): readonly Block[] {
  switch (statement.kind) {
    case 'if':
    case 'for':
    case 'while':
      return [statement.body, statement.orElse];
    case 'function':
    case 'class':
    case 'with':
      return [statement.body];
    case 'try':
      return [
        statement.body,
        ...statement.handlers.map(({ body }) => body),
        statement.orElse,
        statement.finalBody,
      ];
    case 'match':
      return statement.cases.map(({ body }) => body);
    default:
      return [];
  }
}

/** The statements that an offset stands in, outermost first. */
export function statementsAround(block: Block, offset: number): readonly Statement[] {
  const around = block.find(({ range }) => range.start <= offset && offset < range.end);
  return around === undefined
    ? []
    : [around, ...blocksOf(around).flatMap((inner) => statementsAround(inner, offset))];
}
