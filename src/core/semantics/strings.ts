/** Methods of text that is known. */

import type { Machine } from './machine';
import {
  type CallArguments,
  type Value,
  constant,
  item,
  noContents,
  textOf,
  unknown,
} from './value';

type TextMethod = (
  text: string,
  args: readonly (string | undefined)[],
) => string | boolean | number | undefined;

const textMethods: Readonly<Record<string, TextMethod | undefined>> = {
  lower: (text) => text.toLowerCase(),
  upper: (text) => text.toUpperCase(),
  strip: (text, args) => (args.length === 0 ? text.trim() : undefined),
  lstrip: (text, args) => (args.length === 0 ? text.trimStart() : undefined),
  rstrip: (text, args) => (args.length === 0 ? text.trimEnd() : undefined),
  find: (text, [part]) => (part === undefined ? undefined : text.indexOf(part)),
  count: (text, [part]) => (part === undefined ? undefined : text.split(part).length - 1),
  replace: (text, [from, to]) =>
    from === undefined || to === undefined ? undefined : text.replaceAll(from, to),
  removeprefix: (text, [part]) =>
    part === undefined ? undefined : text.startsWith(part) ? text.slice(part.length) : text,
  __contains__: (text, [part]) => (part === undefined ? undefined : text.includes(part)),
};

export function callTextMethod(
  text: string,
  name: string,
  { args, machine }: { readonly args: CallArguments; readonly machine: Machine },
): Value {
  if (name === 'startswith' || name === 'endswith') {
    return testAffix(text, name, args.positional[0], machine);
  }
  if (name === 'split' || name === 'rsplit') {
    return splitText(text, args, machine);
  }
  if (name === 'join') {
    return joinTexts(text, args.positional[0], machine);
  }
  if (name === 'format') {
    return formatBraces(text, args);
  }
  const result = textMethods[name]?.(text, args.positional.map(textOf));
  return result === undefined ? unknown : constant(result);
}

/** `name.endswith('a')` and `name.endswith(('a', 'b'))`. */
function testAffix(
  text: string,
  name: 'startswith' | 'endswith',
  affix: Value | undefined,
  machine: Machine,
): Value {
  const test = (part: string): boolean =>
    name === 'startswith' ? text.startsWith(part) : text.endsWith(part);
  const single = textOf(affix);
  if (single !== undefined) {
    return constant(test(single));
  }
  if (affix?.kind !== 'collection') {
    return unknown;
  }
  const { items, hasUnknownItems } = machine.contentsOf(affix);
  const parts = items.map(({ value }) => textOf(value));
  if (parts.some((part) => part !== undefined && test(part))) {
    return constant(true);
  }
  return hasUnknownItems || parts.includes(undefined) ? unknown : constant(false);
}

function splitText(text: string, args: CallArguments, machine: Machine): Value {
  const [separator, limit] = args.positional;
  const by = textOf(separator);
  if ((separator !== undefined && by === undefined) || limit !== undefined || by === '') {
    return unknown;
  }
  const parts = by === undefined ? text.split(/\s+/).filter(Boolean) : text.split(by);
  return machine.newCollection('list', {
    ...noContents,
    items: parts.map((part) => item(constant(part))),
  });
}

function joinTexts(separator: string, parts: Value | undefined, machine: Machine): Value {
  if (parts?.kind !== 'collection') {
    return unknown;
  }
  const { items, hasUnknownItems } = machine.contentsOf(parts);
  const texts = items.map(({ value, presence }) =>
    presence === 'yes' ? textOf(value) : undefined,
  );
  return hasUnknownItems || texts.includes(undefined) ? unknown : constant(texts.join(separator));
}

/** `'{}/{}'.format(a, b)` with plain holes. */
function formatBraces(text: string, args: CallArguments): Value {
  const values = args.positional.map((value) =>
    value.kind === 'constant' ? String(value.value) : undefined,
  );
  const holes = text.match(/\{\}/g)?.length ?? 0;
  const isPlain = !/\{[^}]+\}/.test(text) && holes === values.length && !values.includes(undefined);
  if (!isPlain) {
    return unknown;
  }
  let index = 0;
  return constant(text.replace(/\{\}/g, () => values[index++] ?? ''));
}
