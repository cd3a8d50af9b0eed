/** Raw tree → statements. */

import type { RawNode } from './rawTree';
import type {
  Assignment,
  Block,
  ExceptHandler,
  Expression,
  FunctionDefinition,
  If,
  ImportedName,
  MatchCase,
  Name,
  PlainStatement,
  Statement,
  WithItem,
} from './nodes';
import { convertArguments, convertExpression, convertList } from './expressions';
import { type Source, childIn, childrenIn, codeChildren, rangeOf } from './source';
import { convertParameters } from './parameters';

type Converter = (node: RawNode, source: Source) => Statement;

/** The statements below a module, a block or anything that wraps one. */
export function convertBlock(node: RawNode | undefined, source: Source): Block {
  return node === undefined
    ? []
    : codeChildren(node).flatMap((child) => convertStatement(child, source));
}

function convertStatement(node: RawNode, source: Source): Block {
  const convert = converters[node.type];
  if (convert !== undefined) {
    return [convert(node, source)];
  }
  if (node.type === 'expression_statement') {
    return codeChildren(node).length === 0 ? [] : [expressionStatement(node, source)];
  }
  return node.type === 'ERROR' || node.type === 'block'
    ? salvage(node, source)
    : unparsed(node, source);
}

/** Reads what can be read inside something broken. */
function salvage(node: RawNode, source: Source): Block {
  return codeChildren(node).flatMap((child) => convertStatement(child, source));
}

function unparsed(node: RawNode, source: Source): Block {
  const value = convertExpression(node, source);
  const isEmpty = value.kind === 'unparsed' && value.inside.length === 0;
  return isEmpty ? [] : [{ kind: 'unparsed', range: rangeOf(node), values: [value] }];
}

function optional(node: RawNode | undefined, source: Source): Expression | undefined {
  return node === undefined ? undefined : convertExpression(node, source);
}

function required(node: RawNode, field: string, source: Source): Expression {
  return convertExpression(childIn(node, field) ?? node, source);
}

function expressionStatement(node: RawNode, source: Source): Statement {
  const children = codeChildren(node);
  const [first] = children;
  if (first?.type === 'assignment') {
    return assignment(first, source);
  }
  if (first?.type === 'augmented_assignment') {
    return augmentedAssignment(first, source);
  }
  const value = convertList(children, source) ?? convertExpression(node, source);
  return { kind: 'expression', range: rangeOf(node), value };
}

function assignment(node: RawNode, source: Source): Assignment {
  const targets = [required(node, 'left', source)];
  const annotation = optional(childIn(node, 'type'), source);
  let right = childIn(node, 'right');
  while (right?.type === 'assignment') {
    targets.push(required(right, 'left', source));
    right = childIn(right, 'right');
  }
  return {
    kind: 'assign',
    range: rangeOf(node),
    targets,
    annotation,
    value: optional(right, source),
  };
}

function augmentedAssignment(node: RawNode, source: Source): Statement {
  return {
    kind: 'augmentedAssign',
    range: rangeOf(node),
    target: required(node, 'left', source),
    operator: (childIn(node, 'operator')?.type ?? '').replace(/=$/, ''),
    value: required(node, 'right', source),
  };
}

function importedName(node: RawNode, source: Source): ImportedName {
  const textOf = (part: RawNode | undefined): string | undefined =>
    part === undefined ? undefined : source.text.slice(part.start, part.end).replace(/\s+/g, '');
  return node.type === 'aliased_import'
    ? {
        name: textOf(childIn(node, 'name')) ?? '',
        alias: textOf(childIn(node, 'alias')),
        range: rangeOf(node),
      }
    : { name: textOf(node) ?? '', alias: undefined, range: rangeOf(node) };
}

function importStatement(node: RawNode, source: Source): Statement {
  const names = childrenIn(node, 'name').map((child) => importedName(child, source));
  return { kind: 'import', range: rangeOf(node), names };
}

function importFrom(node: RawNode, source: Source): Statement {
  const module = childIn(node, 'module_name');
  const written = module === undefined ? '__future__' : source.text.slice(module.start, module.end);
  const dots = /^[.\s]*/.exec(written)?.[0] ?? '';
  return {
    kind: 'importFrom',
    range: rangeOf(node),
    level: dots.replace(/\s/g, '').length,
    module: written.slice(dots.length).replace(/\s+/g, ''),
    names: childrenIn(node, 'name').map((child) => importedName(child, source)),
    isStar: node.children.some(({ type }) => type === 'wildcard_import'),
  };
}

function functionDefinition(node: RawNode, source: Source): FunctionDefinition {
  const parameters = childIn(node, 'parameters');
  return {
    kind: 'function',
    range: rangeOf(node),
    ...nameOf(node, source),
    parameters:
      parameters === undefined ? [] : convertParameters(parameters, source, convertExpression),
    parametersRange: rangeOf(parameters ?? node),
    body: convertBlock(childIn(node, 'body'), source),
    decorators: [],
    isAsync: source.text.startsWith('async', node.start),
  };
}

function nameOf(node: RawNode, source: Source): Pick<FunctionDefinition, 'name' | 'nameRange'> {
  const nameRange = rangeOf(childIn(node, 'name') ?? node);
  return { name: source.text.slice(nameRange.start, nameRange.end), nameRange };
}

function classDefinition(node: RawNode, source: Source): Statement {
  const bases = childIn(node, 'superclasses');
  return {
    kind: 'class',
    range: rangeOf(node),
    ...nameOf(node, source),
    bases: bases === undefined ? [] : convertArguments(bases, source),
    body: convertBlock(childIn(node, 'body'), source),
    decorators: [],
  };
}

function decoratedDefinition(node: RawNode, source: Source): Statement {
  const decorators = node.children
    .filter(({ type }) => type === 'decorator')
    .flatMap((decorator) => codeChildren(decorator))
    .map((expression) => convertExpression(expression, source));
  const [definition] = convertBlock({ ...node, children: childrenIn(node, 'definition') }, source);
  const isDefinition = definition?.kind === 'function' || definition?.kind === 'class';
  return isDefinition
    ? { ...definition, decorators, range: rangeOf(node) }
    : { kind: 'unparsed', range: rangeOf(node), values: decorators };
}

function ifStatement(node: RawNode, source: Source): Statement {
  const alternatives = childrenIn(node, 'alternative');
  const last = alternatives.at(-1);
  const hasElse = last?.type === 'else_clause';
  const clauses = [node, ...(hasElse ? alternatives.slice(0, -1) : alternatives)];
  const end = last?.end ?? node.end;
  let orElse = elseBlock(hasElse ? last : undefined, source);
  for (const [index, clause] of [...clauses.entries()].reverse()) {
    const own = ifClause(clause, { orElse, end }, source);
    // Beyond a depth that people write, tests follow each other instead of standing in each other.
    orElse = index < maxNestedClauses ? [own] : [{ ...own, orElse: [] }, ...orElse];
  }
  return orElse[0] ?? ifClause(node, { orElse: [], end }, source);
}

/** Whoever walks a tree goes one step deeper for each `elif`. */
const maxNestedClauses = 100;

interface AfterClause {
  readonly orElse: Block;
  /** Where the last clause of the chain ends. */
  readonly end: number;
}

/** `if … elif … else` is an `if` in the else of an `if`. */
function ifClause(node: RawNode, { orElse, end }: AfterClause, source: Source): If {
  return {
    kind: 'if',
    range: { start: node.start, end },
    test: required(node, 'condition', source),
    body: convertBlock(childIn(node, 'consequence'), source),
    orElse,
  };
}

function elseBlock(clause: RawNode | undefined, source: Source): Block {
  return clause === undefined ? [] : convertBlock(childIn(clause, 'body'), source);
}

function forStatement(node: RawNode, source: Source): Statement {
  return {
    kind: 'for',
    range: rangeOf(node),
    target: required(node, 'left', source),
    iterable: convertList(childrenIn(node, 'right'), source) ?? required(node, 'right', source),
    body: convertBlock(childIn(node, 'body'), source),
    orElse: elseBlock(childIn(node, 'alternative'), source),
  };
}

function whileStatement(node: RawNode, source: Source): Statement {
  return {
    kind: 'while',
    range: rangeOf(node),
    test: required(node, 'condition', source),
    body: convertBlock(childIn(node, 'body'), source),
    orElse: elseBlock(childIn(node, 'alternative'), source),
  };
}

function withStatement(node: RawNode, source: Source): Statement {
  const items = node.children
    .filter(({ type }) => type === 'with_clause')
    .flatMap((clause) => clause.children.filter(({ type }) => type === 'with_item'))
    .flatMap((item) => withItems(item, source));
  return {
    kind: 'with',
    range: rangeOf(node),
    items,
    body: convertBlock(childIn(node, 'body'), source),
  };
}

/** `with (a as b, c as d):` may arrive as one item holding a tuple. */
function withItems(item: RawNode, source: Source): readonly WithItem[] {
  const value = childIn(item, 'value');
  const parts = value?.type === 'tuple' ? codeChildren(value) : value === undefined ? [] : [value];
  return parts.map((part) => ({
    context: convertExpression(part, source),
    target: optional(part.type === 'as_pattern' ? childIn(part, 'alias') : undefined, source),
  }));
}

function tryStatement(node: RawNode, source: Source): Statement {
  const clause = (type: string): RawNode | undefined =>
    node.children.find((child) => child.type === type);
  const final = clause('finally_clause');
  return {
    kind: 'try',
    range: rangeOf(node),
    body: convertBlock(childIn(node, 'body'), source),
    handlers: node.children
      .filter(({ type }) => type === 'except_clause' || type === 'except_group_clause')
      .map((handler) => exceptHandler(handler, source)),
    orElse: elseBlock(clause('else_clause'), source),
    finalBody: convertBlock(
      final?.children.find(({ type }) => type === 'block'),
      source,
    ),
  };
}

function exceptHandler(node: RawNode, source: Source): ExceptHandler {
  const [type, second] = childrenIn(node, 'value');
  const alias =
    type?.type === 'as_pattern' ? childIn(type, 'alias') : (second ?? childIn(node, 'alias'));
  return {
    type: optional(type, source),
    target: optional(alias, source),
    body: convertBlock(
      node.children.find((child) => child.type === 'block'),
      source,
    ),
  };
}

function matchStatement(node: RawNode, source: Source): Statement {
  const body = childIn(node, 'body');
  return {
    kind: 'match',
    range: rangeOf(node),
    subject: required(node, 'subject', source),
    cases: (body?.children ?? [])
      .filter(({ type }) => type === 'case_clause')
      .map((clause) => matchCase(clause, source)),
  };
}

function matchCase(node: RawNode, source: Source): MatchCase {
  const guard = childIn(node, 'guard');
  const [test] = guard === undefined ? [] : codeChildren(guard);
  const patterns = node.children.filter(({ type }) => type === 'case_pattern');
  const [pattern, ...others] = patterns;
  return {
    fits: pattern === undefined || others.length > 0 ? undefined : whatFits(pattern, source),
    bindings: patterns.flatMap((own) => boundNames(own, source)),
    guard: optional(test, source),
    body: convertBlock(childIn(node, 'consequence'), source),
  };
}

const literalPatterns = new Set(['string', 'integer', 'float', 'none', 'true', 'false']);

function whatFits(pattern: RawNode, source: Source): MatchCase['fits'] {
  const [inside] = pattern.children;
  const isName = inside?.type === 'dotted_name' && inside.children.length === 1;
  if (inside === undefined || isName) {
    return 'any';
  }
  const options =
    inside.type === 'union_pattern'
      ? inside.children.filter(({ type }) => type !== '|')
      : pattern.children;
  return options.every(({ type }) => literalPatterns.has(type))
    ? options.map((option) => convertExpression(option, source))
    : undefined;
}

function boundNames(node: RawNode, source: Source): readonly Name[] {
  if (node.type === 'dotted_name') {
    const [only] = node.children;
    const isCapture = node.children.length === 1 && only !== undefined;
    const id = source.text.slice(node.start, node.end);
    return isCapture && id !== '_' ? [{ kind: 'name', range: rangeOf(node), id }] : [];
  }
  const isNamed = node.type === 'identifier';
  const own: readonly Name[] = isNamed
    ? [{ kind: 'name', range: rangeOf(node), id: source.text.slice(node.start, node.end) }]
    : [];
  const skipsFirst = node.type === 'class_pattern' || node.type === 'keyword_pattern';
  const inside = skipsFirst ? node.children.slice(1) : node.children;
  return [...own, ...inside.flatMap((child) => boundNames(child, source))];
}

function returnStatement(node: RawNode, source: Source): Statement {
  return { kind: 'return', range: rangeOf(node), value: convertList(codeChildren(node), source) };
}

function plain(kind: PlainStatement['kind']): Converter {
  return (node, source) => ({
    kind,
    range: rangeOf(node),
    values: codeChildren(node).map((child) => convertExpression(child, source)),
  });
}

function jump(kind: 'pass' | 'break' | 'continue'): Converter {
  return (node) => ({ kind, range: rangeOf(node) });
}

function declaration(kind: 'global' | 'nonlocal'): Converter {
  return (node, source) => ({
    kind,
    range: rangeOf(node),
    names: codeChildren(node).map(({ start, end }) => source.text.slice(start, end)),
  });
}

const converters: Readonly<Record<string, Converter | undefined>> = {
  assignment,
  augmented_assignment: augmentedAssignment,
  import_statement: importStatement,
  import_from_statement: importFrom,
  future_import_statement: importFrom,
  function_definition: functionDefinition,
  class_definition: classDefinition,
  decorated_definition: decoratedDefinition,
  if_statement: ifStatement,
  for_statement: forStatement,
  while_statement: whileStatement,
  with_statement: withStatement,
  try_statement: tryStatement,
  match_statement: matchStatement,
  return_statement: returnStatement,
  raise_statement: plain('raise'),
  assert_statement: plain('assert'),
  delete_statement: plain('delete'),
  print_statement: plain('print'),
  exec_statement: plain('exec'),
  type_alias_statement: plain('unparsed'),
  pass_statement: jump('pass'),
  break_statement: jump('break'),
  continue_statement: jump('continue'),
  global_statement: declaration('global'),
  nonlocal_statement: declaration('nonlocal'),
};
