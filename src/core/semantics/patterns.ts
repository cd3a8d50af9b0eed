/** Python's `re` on known text, where JavaScript's expressions mean the same. */

import type { Machine } from './machine';
import { type CallArguments, type Value, constant, none, textOf, unknown } from './value';

/** Syntax that the two languages do not share, and repeated repetitions, which may run for ever. */
const foreignSyntax = /\(\?[^:=!]|\\[AZ]|\{,|[+*}][^()]*\)[+*{]/;
const maxLength = 300;

/**
 * `re.match(pattern, text)` and its sisters. A match is a truthy value, no match is `None`.
 *
 * @returns `undefined` when `name` is not one of them
 */
export function matchPattern(
  name: string,
  args: CallArguments,
  machine: Machine,
): Value | undefined {
  const anchor = anchors[name];
  if (anchor === undefined) {
    return undefined;
  }
  const [pattern, subject] = args.positional;
  const source = textOf(pattern);
  const expression = source === undefined ? undefined : readPattern(source, anchor);
  if (expression === undefined || subject === undefined || args.positional.length !== 2) {
    return unknown;
  }
  return answer(matchesPattern(subject, expression, machine));
}

const anchors: Readonly<Record<string, ((pattern: string) => string) | undefined>> = {
  're.match': (pattern) => `^(?:${pattern})`,
  're.search': (pattern) => pattern,
  're.fullmatch': (pattern) => `^(?:${pattern})$`,
};

function matchesPattern(subject: Value, expression: RegExp, machine: Machine): boolean | undefined {
  if (subject.kind === 'library') {
    return machine.library.matches(subject.object, expression);
  }
  const text = textOf(subject);
  return text === undefined ? undefined : expression.test(text);
}

function answer(isMatch: boolean | undefined): Value {
  if (isMatch === undefined) {
    return unknown;
  }
  return isMatch ? constant(true) : none;
}

function readPattern(source: string, anchor: (pattern: string) => string): RegExp | undefined {
  if (source.length > maxLength || foreignSyntax.test(source)) {
    return undefined;
  }
  try {
    return new RegExp(anchor(source));
  } catch (cause) {
    // The user's pattern is not one JavaScript reads.
    if (cause instanceof SyntaxError) {
      return undefined;
    }
    throw cause;
  }
}
