/** `copy.deepcopy` of nets and of what holds their weights. */

import type { Machine } from '../../semantics/machine';
import { type Value, libraryValue } from '../../semantics/value';
import { type EntryObject, isEntry } from './entries';
import { type Net, type NetObject, membersOf, netsOf } from './net';

const maxDepth = 3;

/** A copy of nets and of what holds their weights; other things are not asked for here. */
export function mayCopyDeeply(value: Value): boolean {
  const isEntryValue = value.kind === 'library' && isEntry(value.object);
  return value.kind === 'collection' || isEntryValue || netsOf(value).length > 0;
}

export function copyDeeply(value: Value, machine: Machine): Value {
  return copyValue(value, { machine, copies: new Map(), depth: 0 });
}

interface Copying {
  readonly machine: Machine;
  readonly copies: Map<Map<string, number>, Value>;
  readonly depth: number;
}

function copyValue(value: Value, copying: Copying): Value {
  const [net, ...others] = netsOf(value);
  if (net !== undefined && others.length === 0 && value.kind !== 'union') {
    return copyNet(net, copying);
  }
  if (value.kind === 'library' && isEntry(value.object)) {
    const copy: EntryObject = { ...value.object, isCopy: true };
    return libraryValue(copy);
  }
  if (value.kind !== 'collection' || copying.depth >= maxDepth) {
    return value;
  }
  const { machine, depth } = copying;
  const contents = machine.contentsOf(value);
  const items = contents.items.map((own) => ({
    ...own,
    value: copyValue(own.value, { ...copying, depth: depth + 1 }),
  }));
  return machine.newCollection(value.shape, { ...contents, items });
}

function copyNet(net: Net, copying: Copying): Value {
  const { machine, copies } = copying;
  const known = copies.get(membersOf(net));
  if (known !== undefined) {
    return known;
  }
  const members = new Map<string, number>();
  const copy = emptyCopy(net, members);
  copies.set(membersOf(net), copy);
  for (const [name, cell] of membersOf(net)) {
    const value = machine.store.read(cell);
    if (value !== undefined && value.kind !== 'contents') {
      members.set(name, machine.newCell(name.startsWith('#') ? value : copyValue(value, copying)));
    }
  }
  return copy;
}

/** Objects are told apart by number; numbers below zero are those of copies. */
let nextCopyId = -1;

function emptyCopy(net: Net, members: Map<string, number>): Value {
  if (net.kind === 'object') {
    return { ...net, id: nextCopyId--, attributes: members };
  }
  const object: NetObject = { ...net.object, members };
  return libraryValue(object);
}
