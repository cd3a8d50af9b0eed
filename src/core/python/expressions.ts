/** Raw tree → expressions. */

import type { RawNode } from './rawTree';
import type {
  Argument,
  Comparison,
  Comprehension,
  ComprehensionClause,
  DictEntry,
  Expression,
  Name,
  Sequence,
  Slice,
  StringLiteral,
} from './nodes';
import { convertParameters } from './parameters';
import { type Source, childIn, childrenIn, codeChildren, rangeOf } from './source';
import { decodeLiteral, unescapeText } from './stringLiteral';

type Converter = (node: RawNode, source: Source) => Expression;

export function convertExpression(node: RawNode, source: Source): Expression {
  const convert = converters[node.type];
  return convert === undefined ? unparsed(node, source) : convert(node, source);
}

/** Several expressions separated by commas are a tuple; one is itself. */
export function convertList(nodes: readonly RawNode[], source: Source): Expression | undefined {
  const [first, ...others] = nodes;
  const last = others.at(-1);
  if (first === undefined) {
    return undefined;
  }
  if (last === undefined) {
    return convertExpression(first, source);
  }
  const elements = nodes.map((node) => convertExpression(node, source));
  return { kind: 'tuple', range: { start: first.start, end: last.end }, elements };
}

function convertField(node: RawNode, field: string, source: Source): Expression {
  const child = childIn(node, field);
  return child === undefined ? unparsed(node, source) : convertExpression(child, source);
}

function unparsed(node: RawNode, source: Source): Expression {
  const inside = codeChildren(node)
    .filter(({ type }) => converters[type] !== undefined)
    .map((child) => convertExpression(child, source));
  return { kind: 'unparsed', range: rangeOf(node), inside };
}

function name(node: RawNode, source: Source): Name {
  return { kind: 'name', range: rangeOf(node), id: source.text.slice(node.start, node.end) };
}

function attribute(node: RawNode, source: Source): Expression {
  const member = childIn(node, 'attribute');
  const nameRange = member === undefined ? { start: node.end, end: node.end } : rangeOf(member);
  return {
    kind: 'attribute',
    range: rangeOf(node),
    object: convertField(node, 'object', source),
    name: source.text.slice(nameRange.start, nameRange.end),
    nameRange,
  };
}

function call(node: RawNode, source: Source): Expression {
  const args = childIn(node, 'arguments');
  const callee = convertField(node, 'function', source);
  const range = rangeOf(node);
  if (args === undefined) {
    return { kind: 'call', range, callee, args: [], argsRange: { start: node.end, end: node.end } };
  }
  const argsRange = rangeOf(args);
  if (args.type === 'generator_expression') {
    const value = convertExpression(args, source);
    const only: Argument = { kind: 'positional', name: undefined, value, range: argsRange };
    return { kind: 'call', range, callee, args: [only], argsRange };
  }
  return { kind: 'call', range, callee, args: convertArguments(args, source), argsRange };
}

/** The content of a parenthesised argument list. */
export function convertArguments(node: RawNode, source: Source): readonly Argument[] {
  return codeChildren(node).map((child) => argument(child, source));
}

function argument(node: RawNode, source: Source): Argument {
  const range = rangeOf(node);
  const [inside] = codeChildren(node);
  switch (node.type) {
    case 'keyword_argument': {
      const named = childIn(node, 'name');
      const id = named === undefined ? undefined : source.text.slice(named.start, named.end);
      return { kind: 'keyword', name: id, value: convertField(node, 'value', source), range };
    }
    case 'list_splat':
    case 'dictionary_splat': {
      const kind = node.type === 'list_splat' ? 'star' : 'doubleStar';
      const value = convertExpression(inside ?? node, source);
      return { kind, name: undefined, value, range };
    }
    default: {
      const value = convertExpression(node, source);
      return { kind: 'positional', name: undefined, value, range };
    }
  }
}

function subscript(node: RawNode, source: Source): Expression {
  return {
    kind: 'subscript',
    range: rangeOf(node),
    object: convertField(node, 'value', source),
    indices: childrenIn(node, 'subscript').map((index) => convertExpression(index, source)),
  };
}

function slice(node: RawNode, source: Source): Slice {
  const bounds: (Expression | undefined)[] = [undefined, undefined, undefined];
  let position = 0;
  for (const child of node.children) {
    if (child.type === ':') {
      position++;
    } else if (child.type !== 'comment') {
      bounds[position] = convertExpression(child, source);
    }
  }
  return {
    kind: 'slice',
    range: rangeOf(node),
    lower: bounds[0],
    upper: bounds[1],
    step: bounds[2],
  };
}

function stringLiteral(node: RawNode, source: Source): StringLiteral {
  if (node.children.length === 0) {
    const decoded = decodeLiteral(source.text.slice(node.start, node.end));
    return { kind: 'string', range: rangeOf(node), ...decoded, parts: [] };
  }
  const parts = node.children
    .filter(({ type }) => type === 'string_content' || type === 'interpolation')
    .map((child) => stringPart(child, source));
  return joinedString(node, parts, { isBytes: false });
}

function stringPart(node: RawNode, source: Source): Expression {
  if (node.type === 'interpolation') {
    const inside = convertField(node, 'expression', source);
    // `{x!r}`, `{x:.2f}` and `{x=}` write something else than the text of x.
    const isPlain = /^\{\s*[^]*[^\s=]\s*\}$/.test(source.text.slice(node.start, node.end));
    const isChanged = node.children.some(({ type }) => /^(?:format_spec|type_conv)/.test(type));
    return isChanged || !isPlain
      ? { kind: 'unparsed', range: rangeOf(node), inside: [inside] }
      : inside;
  }
  const text = source.text.slice(node.start, node.end);
  const value = unescapeText(text).replaceAll('{{', '{').replaceAll('}}', '}');
  return { kind: 'string', range: rangeOf(node), value, isBytes: false, parts: [] };
}

function concatenatedString(node: RawNode, source: Source): StringLiteral {
  const parts = codeChildren(node).map((child) => convertExpression(child, source));
  return joinedString(node, parts, {
    isBytes: parts.some((part) => part.kind === 'string' && part.isBytes),
  });
}

function joinedString(
  node: RawNode,
  parts: readonly Expression[],
  { isBytes }: { readonly isBytes: boolean },
): StringLiteral {
  const values = parts.map((part) => (part.kind === 'string' ? part.value : undefined));
  const isPlain = values.every((value) => value !== undefined);
  const value = isPlain ? values.join('') : undefined;
  return { kind: 'string', range: rangeOf(node), value, isBytes, parts };
}

function numberLiteral(node: RawNode, source: Source): Expression {
  const digits = source.text.slice(node.start, node.end).replaceAll('_', '').replace(/[lL]$/, '');
  const isOldOctal = /^0[0-7]+$/.test(digits);
  return {
    kind: 'number',
    range: rangeOf(node),
    value: Number(isOldOctal ? `0o${digits}` : digits),
  };
}

function constant(value: true | false | null | 'ellipsis'): Converter {
  return (node) => ({ kind: 'constant', range: rangeOf(node), value });
}

function sequence(kind: Sequence['kind']): Converter {
  return (node, source) => ({
    kind,
    range: rangeOf(node),
    elements: codeChildren(node).map((child) => convertExpression(child, source)),
  });
}

function dictionary(node: RawNode, source: Source): Expression {
  const entries = codeChildren(node).map((child): DictEntry => {
    const [inside] = codeChildren(child);
    return child.type === 'pair'
      ? { key: convertField(child, 'key', source), value: convertField(child, 'value', source) }
      : { key: undefined, value: convertExpression(inside ?? child, source) };
  });
  return { kind: 'dict', range: rangeOf(node), entries };
}

function comprehension(makes: Comprehension['makes']): Converter {
  return (node, source) => {
    const body = childIn(node, 'body') ?? node;
    const clauses = node.children
      .filter(({ type }) => type === 'for_in_clause' || type === 'if_clause')
      .map((clause) => comprehensionClause(clause, source));
    const isDict = body.type === 'pair';
    return {
      kind: 'comprehension',
      range: rangeOf(node),
      makes,
      key: isDict ? convertField(body, 'key', source) : undefined,
      element: isDict ? convertField(body, 'value', source) : convertExpression(body, source),
      clauses,
    };
  };
}

function comprehensionClause(node: RawNode, source: Source): ComprehensionClause {
  if (node.type === 'if_clause') {
    const [test] = codeChildren(node);
    return { kind: 'if', test: convertExpression(test ?? node, source) };
  }
  const iterable = convertList(
    childrenIn(node, 'right').filter(({ type }) => type !== ','),
    source,
  );
  return {
    kind: 'for',
    target: convertField(node, 'left', source),
    iterable: iterable ?? unparsed(node, source),
  };
}

function lambda(node: RawNode, source: Source): Expression {
  const parameters = childIn(node, 'parameters');
  return {
    kind: 'lambda',
    range: rangeOf(node),
    parameters:
      parameters === undefined ? [] : convertParameters(parameters, source, convertExpression),
    body: convertField(node, 'body', source),
  };
}

function operatorOf(node: RawNode): string {
  return childIn(node, 'operator')?.type ?? '';
}

function binary(node: RawNode, source: Source): Expression {
  return {
    kind: 'binary',
    range: rangeOf(node),
    operator: operatorOf(node),
    left: convertField(node, 'left', source),
    right: convertField(node, 'right', source),
  };
}

function booleanOperation(node: RawNode, source: Source): Expression {
  return {
    kind: 'boolean',
    range: rangeOf(node),
    operator: operatorOf(node) === 'or' ? 'or' : 'and',
    left: convertField(node, 'left', source),
    right: convertField(node, 'right', source),
  };
}

function unary(node: RawNode, source: Source): Expression {
  const operator = operatorOf(node);
  return {
    kind: 'unary',
    range: rangeOf(node),
    operator: operator === '-' || operator === '+' || operator === '~' ? operator : 'not',
    operand: convertField(node, 'argument', source),
  };
}

function comparison(node: RawNode, source: Source): Comparison {
  return {
    kind: 'comparison',
    range: rangeOf(node),
    operators: childrenIn(node, 'operators').map(({ type }) => type),
    operands: codeChildren(node)
      .filter(({ field }) => field !== 'operators')
      .map((child) => convertExpression(child, source)),
  };
}

function conditional(node: RawNode, source: Source): Expression {
  const [consequence, test, alternative] = codeChildren(node);
  const convert = (child: RawNode | undefined): Expression =>
    convertExpression(child ?? node, source);
  if (alternative === undefined) {
    return unparsed(node, source);
  }
  return {
    kind: 'conditional',
    range: rangeOf(node),
    test: convert(test),
    consequence: convert(consequence),
    alternative: convert(alternative),
  };
}

function parenthesized(node: RawNode, source: Source): Expression {
  const inside = codeChildren(node);
  const [only] = inside;
  return inside.length === 1 && only !== undefined
    ? convertExpression(only, source)
    : unparsed(node, source);
}

function walrus(node: RawNode, source: Source): Expression {
  const target = childIn(node, 'name');
  const value = convertField(node, 'value', source);
  return target === undefined
    ? unparsed(node, source)
    : { kind: 'walrus', range: rangeOf(node), target: name(target, source), value };
}

function wrapped(kind: 'await' | 'starred'): Converter {
  return (node, source) => ({
    kind,
    range: rangeOf(node),
    value: convertList(codeChildren(node), source),
  });
}

function yieldExpression(node: RawNode, source: Source): Expression {
  const isFrom = node.children.some(({ type }) => type === 'from');
  const value = convertList(codeChildren(node), source);
  return { kind: isFrom ? 'yieldFrom' : 'yield', range: rangeOf(node), value };
}

/** `x as y` where an expression stands: the binding is made by the statement around it. */
function asPattern(node: RawNode, source: Source): Expression {
  const [value] = codeChildren(node);
  return value === undefined ? unparsed(node, source) : convertExpression(value, source);
}

function onlyChild(node: RawNode, source: Source): Expression {
  return convertList(codeChildren(node), source) ?? unparsed(node, source);
}

const converters: Readonly<Record<string, Converter | undefined>> = {
  identifier: name,
  dotted_name: onlyChild,
  attribute,
  call,
  subscript,
  slice,
  string: stringLiteral,
  concatenated_string: concatenatedString,
  integer: numberLiteral,
  float: numberLiteral,
  true: constant(true),
  false: constant(false),
  none: constant(null),
  ellipsis: constant('ellipsis'),
  list: sequence('list'),
  list_pattern: sequence('list'),
  tuple: sequence('tuple'),
  tuple_pattern: sequence('tuple'),
  pattern_list: sequence('tuple'),
  expression_list: sequence('tuple'),
  set: sequence('set'),
  dictionary,
  list_comprehension: comprehension('list'),
  set_comprehension: comprehension('set'),
  dictionary_comprehension: comprehension('dict'),
  generator_expression: comprehension('generator'),
  lambda,
  binary_operator: binary,
  boolean_operator: booleanOperation,
  unary_operator: unary,
  not_operator: unary,
  comparison_operator: comparison,
  conditional_expression: conditional,
  parenthesized_expression: parenthesized,
  parenthesized_list_splat: parenthesized,
  named_expression: walrus,
  await: wrapped('await'),
  list_splat: wrapped('starred'),
  list_splat_pattern: wrapped('starred'),
  dictionary_splat: wrapped('starred'),
  yield: yieldExpression,
  as_pattern: asPattern,
  as_pattern_target: onlyChild,
  type: onlyChild,
  chevron: onlyChild,
};
