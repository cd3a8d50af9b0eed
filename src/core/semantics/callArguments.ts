/** The arguments of a call, and where a function finds them. */

import type { Argument } from '../python/nodes';
import type { Frame } from './frame';
import type { Machine } from './machine';
import { type CallArguments, type Known, type Value, textOf } from './value';

export function collectArguments(
  args: readonly Argument[],
  frame: Frame,
  machine: Machine,
): CallArguments {
  const positional: Value[] = [];
  const keywords = new Map<string, Value>();
  let hasUnknownPositional = false;
  let hasUnknownKeywords = false;
  for (const argument of args) {
    const value = machine.evaluate(argument.value, frame);
    if (argument.kind === 'positional') {
      positional.push(value);
    } else if (argument.kind === 'keyword') {
      keywords.set(argument.name ?? '', value);
    } else if (argument.kind === 'star') {
      hasUnknownPositional = spreadPositional(value, positional, machine) || hasUnknownPositional;
    } else {
      hasUnknownKeywords = spreadKeywords(value, keywords, machine) || hasUnknownKeywords;
    }
  }
  return { positional, keywords, hasUnknownPositional, hasUnknownKeywords };
}

/** Answers whether something could not be read. */
function spreadPositional(value: Value, positional: Value[], machine: Machine): boolean {
  const { items, hasUnknownItems } = machine.iterate(value);
  positional.push(...items.map((item) => item.value));
  return hasUnknownItems || items.some(({ presence }) => presence === 'maybe');
}

function spreadKeywords(value: Value, keywords: Map<string, Value>, machine: Machine): boolean {
  if (value.kind !== 'collection') {
    return true;
  }
  const { items, hasUnknownItems } = machine.contentsOf(value);
  for (const { key, value: member } of items) {
    const name = textOf(key);
    if (name !== undefined) {
      keywords.set(name, member);
    }
  }
  return hasUnknownItems || items.some(({ key }) => textOf(key) === undefined);
}

/** What a parameter was given: a value, nothing for sure, or nobody knows. */
export type GivenArgument = Value | 'absent' | 'unknown';

/** Looks an argument up by its position (absent for keyword-only) and its names. */
export function findArgument(
  args: CallArguments,
  position: number | undefined,
  ...names: readonly string[]
): GivenArgument {
  for (const name of names) {
    const named = args.keywords.get(name);
    if (named !== undefined) {
      return named;
    }
  }
  const placed = position === undefined ? undefined : args.positional[position];
  if (placed !== undefined) {
    return args.hasUnknownPositional ? 'unknown' : placed;
  }
  const mayBeHidden =
    args.hasUnknownKeywords || (position !== undefined && args.hasUnknownPositional);
  return mayBeHidden ? 'unknown' : 'absent';
}

/** A flag that is true when it is left out, as in `train(mode=True)`. */
export function flagArgument(args: CallArguments, name: string, position = 0): Known {
  const given = findArgument(args, position, name);
  if (given === 'absent') {
    return 'yes';
  }
  const value = given !== 'unknown' && given.kind === 'constant' ? given.value : undefined;
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : 'unknown';
}
