/** What a value holds of one kind of library object, through lists, dicts and what is in them. */

import type { Machine } from '../semantics/machine';
import { type Known, type Value, optionsOf } from '../semantics/value';

export interface Held<M> {
  /** `undefined` stands for something nobody could read that may hold such objects. */
  readonly member: M | undefined;
  readonly isCertain: boolean;
}

/** What one value that is no readable collection counts as. */
export type ReadMember<M> = (option: Value, depth: number) => M | 'unreadable' | 'nothing';

const maxDepth = 3;

/** @param depth how many collections the value lies in */
export function heldIn<M extends object>(
  value: Value,
  machine: Machine,
  read: ReadMember<M>,
  depth = 0,
): readonly Held<M>[] {
  return optionsOf(value).flatMap((option): readonly Held<M>[] => {
    if (option.kind !== 'collection' || depth >= maxDepth) {
      return heldAlone(read(option, depth));
    }
    const { items, hasUnknownItems } = machine.contentsOf(option);
    const held = items.flatMap((own) =>
      heldIn(own.value, machine, read, depth + 1).map(({ member, isCertain }) => ({
        member,
        isCertain: isCertain && own.presence === 'yes',
      })),
    );
    return hasUnknownItems ? [...held, unreadable] : held;
  });
}

const unreadable = { member: undefined, isCertain: false };

function heldAlone<M extends object>(member: M | 'unreadable' | 'nothing'): readonly Held<M>[] {
  if (typeof member === 'object') {
    return [{ member, isCertain: true }];
  }
  return member === 'unreadable' ? [unreadable] : [];
}

/** Whether members of a kind are surely there, surely not, or nobody knows. */
export function membershipIn<M>(held: readonly Held<M>[], isOfKind: (member: M) => boolean): Known {
  const own = held.filter(({ member }) => member !== undefined && isOfKind(member));
  if (own.some(({ isCertain }) => isCertain)) {
    return 'yes';
  }
  return own.length > 0 || held.some(({ member }) => member === undefined) ? 'unknown' : 'no';
}
