/** What a list, tuple, dict or anything else that holds variables holds of each role. */

import type { Machine } from '../../semantics/machine';
import type { Known, Value } from '../../semantics/value';
import { type CollectionRead, type VariableRole, isVariable } from './variables';

export interface VariableSet {
  /** `yes`: surely holds some, `no`: surely holds none. */
  readonly membership: Readonly<Record<VariableRole, Known>>;
  /** The reads that its variables come from, in the order they were found. */
  readonly reads: readonly CollectionRead[];
  /** Whether it is a list: what is added to a list breaks a dict or a tuple. */
  readonly isList: boolean;
  /** Whether every variable of a role that the reads gave is still there. */
  readonly isFiltered: boolean;
}

interface Held {
  readonly variableValue: Value;
  readonly presence: 'yes' | 'maybe';
}

/** Looks at a value as a set of variables. Dicts count by their values. */
export function variableSetOf(value: Value, machine: Machine): VariableSet {
  const contents = value.kind === 'collection' ? machine.contentsOf(value) : machine.iterate(value);
  const held = contents.items.map(({ value: own, presence }): Held => ({
    variableValue: own,
    presence,
  }));
  const hasUnknown =
    contents.hasUnknownItems || held.some(({ variableValue }) => !isVariableValue(variableValue));
  const reads = new Set<CollectionRead>();
  for (const { variableValue } of held) {
    if (variableValue.kind === 'library' && isVariable(variableValue.object)) {
      reads.add(variableValue.object.read);
    }
  }
  const membershipOf = (role: VariableRole): Known => membership(held, role, hasUnknown);
  return {
    membership: {
      trainable: membershipOf('trainable'),
      runningStatistics: membershipOf('runningStatistics'),
      optimizerSlots: membershipOf('optimizerSlots'),
      other: membershipOf('other'),
    },
    reads: [...reads],
    isList: value.kind === 'collection' && value.shape === 'list',
    isFiltered: held.some(({ presence }) => presence === 'maybe'),
  };
}

function isVariableValue(value: Value): boolean {
  return value.kind === 'library' && isVariable(value.object);
}

function membership(held: readonly Held[], role: VariableRole, hasUnknown: boolean): Known {
  const own = held.filter(
    ({ variableValue }) =>
      variableValue.kind === 'library' &&
      isVariable(variableValue.object) &&
      variableValue.object.role === role,
  );
  if (own.some(({ presence }) => presence === 'yes')) {
    return 'yes';
  }
  return own.length > 0 || hasUnknown ? 'unknown' : 'no';
}
