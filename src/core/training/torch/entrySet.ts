/** What a list, dict or checkpoint that a program made holds of parameters and buffers. */

import type { Machine } from '../../semantics/machine';
import { type Known, type Value, optionsOf } from '../../semantics/value';
import { type EntryObject, type EntryRead, type EntryRole, isCheckpoint, isEntry } from './entries';

export interface EntrySet {
  /** `yes`: surely holds some, `no`: surely holds none. */
  readonly membership: Readonly<Record<EntryRole, Known>>;
  readonly reads: readonly EntryRead[];
  readonly entries: readonly EntryObject[];
}

interface Held {
  readonly entry: EntryObject | undefined;
  readonly isCertain: boolean;
}

const maxDepth = 3;

/** Looks at a value, and at what is in it, as one set of entries. */
export function entrySetOf(value: Value, machine: Machine): EntrySet {
  const held = heldIn(value, machine, 0);
  const entries = held.flatMap(({ entry }) => entry ?? []);
  const hasUnknown = held.some(({ entry }) => entry === undefined);
  const membershipOf = (role: EntryRole): Known => {
    const own = held.filter(({ entry }) => entry?.role === role);
    return own.some(({ isCertain }) => isCertain)
      ? 'yes'
      : own.length > 0 || hasUnknown
        ? 'unknown'
        : 'no';
  };
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

/** An entry that is absent stands for something nobody could read that may hold buffers. */
function heldIn(value: Value, machine: Machine, depth: number): readonly Held[] {
  return optionsOf(value).flatMap((option): readonly Held[] => {
    if (option.kind === 'library' && isEntry(option.object)) {
      return [{ entry: option.object, isCertain: true }];
    }
    if (option.kind === 'library' && isCheckpoint(option.object)) {
      return [{ entry: undefined, isCertain: false }];
    }
    if (option.kind !== 'collection' || depth >= maxDepth) {
      return mayHoldEntries(option, depth) ? [{ entry: undefined, isCertain: false }] : [];
    }
    const { items, hasUnknownItems } = machine.contentsOf(option);
    const held = items.flatMap((own) =>
      heldIn(own.value, machine, depth + 1).map(({ entry, isCertain }) => ({
        entry,
        isCertain: isCertain && own.presence === 'yes',
      })),
    );
    return hasUnknownItems ? [...held, { entry: undefined, isCertain: false }] : held;
  });
}

/** Single values beside a dict of weights are its epoch or its score. */
function mayHoldEntries({ kind }: Value, depth: number): boolean {
  return depth === 0 && kind !== 'constant';
}
