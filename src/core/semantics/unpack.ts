/** What each target of `a, *b = value` gets. */

import type { Expression } from '../python/nodes';
import { joinAll, maybeAll } from './join';
import type { Machine } from './machine';
import { type Contents, type Value, constant, unknown } from './value';

/** One value for each target; the one with a star gets a list of its own. */
export function unpacked(
  targets: readonly Expression[],
  value: Value,
  machine: Machine,
): readonly Value[] {
  const contents =
    value.kind === 'union' || value.kind === 'unknown' ? undefined : machine.iterate(value);
  const star = targets.findIndex(({ kind }) => kind === 'starred');
  if (contents === undefined || star < 0) {
    return targets.map((_, index) => memberAt(index, targets.length, { value, contents, machine }));
  }
  const behind = targets.length - 1 - star;
  const { items } = contents;
  const isPlain = isExact(contents) && items.length >= targets.length - 1;
  return targets.map((_, index) => {
    if (index === star) {
      return machine.newCollection('list', restOf(contents, { star, behind, isPlain }));
    }
    const position = index < star ? index : items.length - targets.length + index;
    return isPlain ? (items[position]?.value ?? unknown) : unknown;
  });
}

interface Unpacked {
  readonly value: Value;
  readonly contents: Contents | undefined;
  readonly machine: Machine;
}

function memberAt(index: number, count: number, { value, contents, machine }: Unpacked): Value {
  return contents !== undefined && !contents.hasUnknownItems && contents.items.length === count
    ? (contents.items[index]?.value ?? unknown)
    : memberOfEach(value, index, machine);
}

/** `a, b = f()` where `f` returns one of several tuples. */
function memberOfEach(value: Value, index: number, machine: Machine): Value {
  if (value.kind === 'library') {
    return machine.library.item?.(value.object, constant(index), machine) ?? unknown;
  }
  if (value.kind !== 'union') {
    return unknown;
  }
  const members = value.options.map((option) => {
    const { items, hasUnknownItems } = machine.iterate(option);
    return hasUnknownItems ? unknown : (items[index]?.value ?? unknown);
  });
  return joinAll(members);
}

interface Star {
  /** How many targets stand before it and behind it. */
  readonly star: number;
  readonly behind: number;
  /** Whether every member is known by its position. */
  readonly isPlain: boolean;
}

/** Where a member stands for many, some of them are gone and nobody knows which. */
function restOf(contents: Contents, { star, behind, isPlain }: Star): Contents {
  const { items } = contents;
  if (isPlain) {
    return { ...contents, items: items.slice(star, items.length - behind) };
  }
  return star + behind === 0 ? contents : maybeAll(contents);
}

function isExact({ items, hasUnknownItems }: Contents): boolean {
  return (
    !hasUnknownItems &&
    items.every(
      ({ value, presence }) =>
        presence === 'yes' && !(value.kind === 'library' && value.object.isMany === true),
    )
  );
}
