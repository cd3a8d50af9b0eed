/** `target = value`, for every form a target can take. */

import type { Expression } from '../python/nodes';
import { siteOf } from './evaluate';
import type { Frame } from './frame';
import { concatenate, joinAll } from './join';
import type { Machine } from './machine';
import { bindName } from './names';
import { withoutKey } from './collectionMethods';
import {
  type Contents,
  type Value,
  constant,
  external,
  item,
  noArguments,
  noContents,
  unknown,
} from './value';

export function assignTo(target: Expression, value: Value, { frame, machine }: Where): void {
  switch (target.kind) {
    case 'name':
      bindName(target.id, value, { frame, machine });
      return;
    case 'attribute':
      machine.setAttribute(
        machine.evaluate(target.object, frame),
        target.name,
        value,
        siteOf(target, frame),
      );
      return;
    case 'tuple':
    case 'list':
      unpack(target.elements, value, { frame, machine });
      return;
    case 'subscript':
      storeMember(target, value, { frame, machine });
      return;
    case 'starred':
      if (target.value !== undefined) {
        assignTo(target.value, value, { frame, machine });
      }
      return;
    default:
      return;
  }
}

interface Where {
  readonly frame: Frame;
  readonly machine: Machine;
}

function unpack(targets: readonly Expression[], value: Value, where: Where): void {
  const contents =
    value.kind === 'union' || value.kind === 'unknown' ? undefined : where.machine.iterate(value);
  const isPlain =
    contents !== undefined &&
    !contents.hasUnknownItems &&
    contents.items.length === targets.length &&
    targets.every(({ kind }) => kind !== 'starred');
  for (const [index, target] of targets.entries()) {
    const member = isPlain
      ? (contents.items[index]?.value ?? unknown)
      : memberOfEach(value, index, where);
    assignTo(target, member, where);
  }
}

/** `a, b = f()` where `f` returns one of several tuples. */
function memberOfEach(value: Value, index: number, { machine }: Where): Value {
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

function storeMember(
  target: Extract<Expression, { kind: 'subscript' }>,
  value: Value,
  { frame, machine }: Where,
): void {
  const object = machine.evaluate(target.object, frame);
  const [index] = target.indices;
  if (index === undefined) {
    return;
  }
  const isSlice = index.kind === 'slice';
  const key = isSlice ? unknown : machine.evaluate(index, frame);
  if (object.kind === 'collection') {
    const contents = machine.contentsOf(object);
    const isDict = object.shape === 'dict';
    machine.store.write(
      object.cell,
      isDict ? withEntry(contents, key, value) : anywhere(contents, value),
    );
  } else if (object.kind === 'library') {
    machine.library.itemSet?.(object.object, { key, value, site: siteOf(target, frame), machine });
  } else if (object.kind === 'external') {
    const args = { ...noArguments, positional: [key, value] };
    const site = siteOf(target, frame);
    machine.call(external(`${object.name}.__setitem__`), args, { site, argumentSites: new Map() });
  }
}

function withEntry(contents: Contents, key: Value, value: Value): Contents {
  return concatenate(withoutKey(contents, key), { ...noContents, items: [item(value, key)] });
}

function anywhere(contents: Contents, value: Value): Contents {
  return concatenate(contents, { ...noContents, items: [{ ...item(value), presence: 'maybe' }] });
}
