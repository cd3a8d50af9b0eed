/** What a list, dict or checkpoint that a program made holds of parameters and buffers. */

import type { Machine } from '../../semantics/machine';
import type { Known, Value } from '../../semantics/value';
import { heldIn, membershipIn } from '../heldMembers';
import { type EntryObject, type EntryRead, type EntryRole, isCheckpoint, isEntry } from './entries';

export interface EntrySet {
  /** `yes`: surely holds some, `no`: surely holds none. */
  readonly membership: Readonly<Record<EntryRole, Known>>;
  readonly reads: readonly EntryRead[];
  readonly entries: readonly EntryObject[];
}

/** Looks at a value, and at what is in it, as one set of entries. */
export function entrySetOf(value: Value, machine: Machine): EntrySet {
  const held = heldIn(value, machine, readEntry);
  const entries = held.flatMap(({ member }) => member ?? []);
  const membershipOf = (role: EntryRole): Known =>
    membershipIn(held, (entry) => entry.role === role);
  return {
    membership: {
      parameter: membershipOf('parameter'),
      statistics: membershipOf('statistics'),
      counter: membershipOf('counter'),
    },
    reads: [...new Set(entries.map(({ read }) => read))],
    entries,
  };
}

/** Single values beside a dict of weights are its epoch or its score. */
function readEntry(option: Value, depth: number): EntryObject | 'unreadable' | 'nothing' {
  if (option.kind === 'library' && isEntry(option.object)) {
    return option.object;
  }
  const isCheckpointItself = option.kind === 'library' && isCheckpoint(option.object);
  const isAlone = depth === 0 && option.kind !== 'constant';
  return isCheckpointItself || isAlone ? 'unreadable' : 'nothing';
}
