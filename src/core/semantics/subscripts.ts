/** `x[i]` and `x[a:b]` on what is known. */

import type { Expression, Slice, Subscript } from '../python/nodes';
import { callOwnMethod } from './attributes';
import type { Frame } from './frame';
import { joinAll, joinValues, maybeAll, sameValue } from './join';
import type { Machine } from './machine';
import { type Contents, type Site, type Value, constant, textOf, unknown } from './value';

interface Where {
  readonly frame: Frame;
  readonly machine: Machine;
}

export function evaluateSubscript(object: Value, { indices }: Subscript, where: Where): Value {
  const [index] = indices;
  if (index === undefined || indices.length > 1) {
    evaluateAll(indices, where);
    return someOf(object, where);
  }
  if (index.kind === 'slice') {
    return evaluateSlice(object, index, where);
  }
  const key = where.machine.evaluate(index, where.frame);
  if (object.kind === 'library') {
    return where.machine.library.item?.(object.object, key, where.machine) ?? unknown;
  }
  if (object.kind === 'object') {
    const at = {
      site: { path: where.frame.path, range: index.range },
      argumentSites: new Map<number, Site>(),
    };
    return callOwnMethod(object, '__getitem__', [key], { at, machine: where.machine }) ?? unknown;
  }
  return object.kind === 'collection'
    ? memberAt(where.machine.contentsOf(object), key, { isDict: object.shape === 'dict' })
    : characterAt(object, key);
}

/** A piece of a library object, nobody knows which. */
function someOf(object: Value, { machine }: Where): Value {
  return object.kind === 'library'
    ? (machine.library.item?.(object.object, unknown, machine) ?? unknown)
    : unknown;
}

function evaluateAll(expressions: readonly Expression[], { frame, machine }: Where): void {
  for (const expression of expressions) {
    machine.evaluate(expression, frame);
  }
}

function characterAt(object: Value, key: Value): Value {
  const text = textOf(object);
  const position = key.kind === 'constant' ? key.value : undefined;
  const character = typeof position === 'number' ? text?.at(position) : undefined;
  return character === undefined ? unknown : constant(character);
}

/** The member under a key or at a position; any member that it could be. */
export function memberAt(
  { items, hasUnknownItems }: Contents,
  key: Value,
  { isDict }: { readonly isDict: boolean },
): Value {
  if (key.kind !== 'constant') {
    return hasUnknownItems || items.length === 0
      ? unknown
      : joinAll(items.map(({ value }) => value));
  }
  const isCertain = !hasUnknownItems && items.every(({ presence }) => presence === 'yes');
  if (!isDict) {
    return isCertain ? oneOf(items.at(Number(key.value))?.value) : unknown;
  }
  const matches = items.filter((own) => own.key !== undefined && sameValue(own.key, key));
  return matches.length === 0 ? unknown : matches.map(({ value }) => value).reduce(joinValues);
}

/** A member found by its position, if it does not stand for many of which any could be there. */
function oneOf(member: Value | undefined): Value {
  const isMany = member?.kind === 'library' && member.object.isMany === true;
  return member === undefined || isMany ? unknown : member;
}

function evaluateSlice(object: Value, slice: Slice, { frame, machine }: Where): Value {
  const bounds = [slice.lower, slice.upper, slice.step].map((bound) =>
    bound === undefined ? undefined : machine.evaluate(bound, frame),
  );
  const numbers = bounds.map((bound) =>
    bound?.kind === 'constant' && typeof bound.value === 'number' ? bound.value : undefined,
  );
  const isKnown = bounds.every(
    (bound, index) => bound === undefined || numbers[index] !== undefined,
  );
  const text = textOf(object);
  if (text !== undefined) {
    const isPlain = isKnown && (numbers[2] ?? 1) === 1;
    return isPlain ? constant(text.slice(numbers[0], numbers[1])) : unknown;
  }
  if (object.kind === 'library') {
    const known = bounds.map((bound, index) => bound && (numbers[index] ?? NaN));
    return machine.library.slice(object.object, known) ?? someOf(object, { frame, machine });
  }
  if (object.kind !== 'collection') {
    return unknown;
  }
  const contents = sliceOf(machine.contentsOf(object), slice, numbers[2]);
  return machine.newCollection(object.shape, contents);
}

/** @param step what the third bound is, when it is known */
function sliceOf(
  { items, ...rest }: Contents,
  { lower, upper, step: written }: Slice,
  step: number | undefined,
): Contents {
  const sliced = { ...rest, items: step === -1 ? [...items].reverse() : items };
  const isWhole = lower === undefined && upper === undefined;
  // Positions of real variables are not the positions of the few that stand for them.
  return isWhole && (written === undefined || Math.abs(step ?? 0) === 1)
    ? sliced
    : maybeAll(sliced);
}
