/** Raw tree → the parameters of a function or lambda. */

import type { RawNode } from './rawTree';
import type { Expression, Parameter } from './nodes';
import { type Source, childIn, codeChildren, rangeOf } from './source';

type ConvertExpression = (node: RawNode, source: Source) => Expression;

/** `convert` is handed in because default values are expressions, and lambdas have parameters. */
export function convertParameters(
  node: RawNode,
  source: Source,
  convert: ConvertExpression,
): readonly Parameter[] {
  const parameters: Parameter[] = [];
  let isKeywordOnly = false;
  for (const child of node.children) {
    const parameter = convertParameter(child, source, { isKeywordOnly, convert });
    if (parameter !== undefined) {
      parameters.push(parameter);
    }
    isKeywordOnly ||= child.type === 'keyword_separator' || parameter?.role === 'star';
  }
  return parameters;
}

function convertParameter(
  node: RawNode,
  source: Source,
  {
    isKeywordOnly,
    convert,
  }: { readonly isKeywordOnly: boolean; readonly convert: ConvertExpression },
): Parameter | undefined {
  const named = nameNode(node);
  if (named === undefined) {
    return undefined;
  }
  const [inner] = codeChildren(named);
  const value = childIn(node, 'value');
  const annotation = childIn(node, 'type');
  const id = inner ?? named;
  return {
    range: rangeOf(node),
    name: source.text.slice(id.start, id.end),
    role: roles[named.type] ?? 'plain',
    isKeywordOnly,
    defaultValue: value === undefined ? undefined : convert(value, source),
    annotation: annotation === undefined ? undefined : convert(annotation, source),
  };
}

const roles: Readonly<Record<string, Parameter['role']>> = {
  list_splat_pattern: 'star',
  dictionary_splat_pattern: 'doubleStar',
};

/** The node that holds the name, with its stars. */
function nameNode(node: RawNode): RawNode | undefined {
  switch (node.type) {
    case 'identifier':
    case 'list_splat_pattern':
    case 'dictionary_splat_pattern':
    case 'tuple_pattern':
      return node;
    case 'default_parameter':
    case 'typed_default_parameter':
      return childIn(node, 'name');
    case 'typed_parameter':
      return codeChildren(node).find(({ field }) => field !== 'type');
    default:
      return undefined;
  }
}
