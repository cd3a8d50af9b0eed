/** `target = value`, for every form a target can take. */

import type { Expression } from '../python/nodes';
import { siteOf } from './evaluate';
import type { Frame } from './frame';
import { concatenate } from './join';
import type { Machine } from './machine';
import { bindName } from './names';
import { withoutKey } from './collectionMethods';
import { unpacked } from './unpack';
import {
  type Contents,
  type Value,
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
      for (const [index, member] of unpacked(target.elements, value, machine).entries()) {
        const own = target.elements[index];
        if (own !== undefined) {
          assignTo(own, member, { frame, machine });
        }
      }
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
