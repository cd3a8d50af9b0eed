/** Weights of Keras models, and what a list of them holds. */

import type { Machine } from '../../semantics/machine';
import {
  type Contents,
  type Known,
  type LibraryObject,
  type Site,
  type Value,
  item,
  libraryValue,
  noContents,
} from '../../semantics/value';
import {
  type CollectionRead,
  type VariableNameObject,
  type VariableObject,
  type VariableRole,
  isVariable,
  variablesOf,
} from '../tensorflow1/variables';
import { heldIn, membershipIn } from '../heldMembers';
import type { Layer } from './layer';

/** A list of weights that was read: `model.trainable_weights`. */
export interface WeightRead {
  readonly kind: 'trainable' | 'nonTrainable' | 'all';
  readonly site: Site;
  readonly layer: Layer;
  /** Whether that layer has BatchNorm. */
  readonly hasNorm: Known;
  /** Whether it had been trained by then. */
  readonly isTrained: Known;
}

/** Stands for all weights of one kind in what one read gave. */
export interface WeightObject extends LibraryObject {
  readonly type: 'kerasWeight';
  readonly variable: VariableObject;
  readonly read: WeightRead;
}

export function isWeight(object: LibraryObject): object is WeightObject {
  return object.type === 'kerasWeight';
}

/**
 * The lists of weights that a model or layer has as attributes.
 *
 * @source https://keras.io/api/layers/base_layer/
 */
const lists: Readonly<Record<string, WeightRead['kind'] | undefined>> = {
  trainable_variables: 'trainable',
  trainable_weights: 'trainable',
  non_trainable_variables: 'nonTrainable',
  non_trainable_weights: 'nonTrainable',
  variables: 'all',
  weights: 'all',
};

export function weightListNamed(name: string): WeightRead['kind'] | undefined {
  return lists[name];
}

const rolesIn: Readonly<Record<WeightRead['kind'], readonly VariableRole[]>> = {
  trainable: ['trainable'],
  nonTrainable: ['runningStatistics'],
  all: ['trainable', 'runningStatistics'],
};

/** The weights that a read gives, one per kind. */
export function weightsOf(read: WeightRead): Contents {
  const collection: CollectionRead = {
    site: read.site,
    collection: 'model',
    scope: undefined,
    scopeSite: undefined,
    isAfterOptimizer: 'no',
  };
  const roles = rolesIn[read.kind].filter((role) => role === 'trainable' || read.hasNorm !== 'no');
  const items = variablesOf(collection).items.flatMap(({ value }) => {
    const variable =
      value.kind === 'library' && isVariable(value.object) ? value.object : undefined;
    if (variable === undefined || !roles.includes(variable.role)) {
      return [];
    }
    const weight: WeightObject = { type: 'kerasWeight', variable, read };
    return [item(libraryValue(weight))];
  });
  return { ...noContents, items };
}

/** `w.name`, which answers to tests like those of any variable. */
export function weightName({ variable }: WeightObject): Value {
  const name: VariableNameObject = { type: 'variableName', variable, suffix: ':0' };
  return libraryValue(name);
}

/** What a list, dict or anything else that holds weights holds of each role. */
export interface WeightSet {
  /** `yes`: surely holds some, `no`: surely holds none. */
  readonly membership: Readonly<Record<'trainable' | 'runningStatistics', Known>>;
  readonly reads: readonly WeightRead[];
}

/** Looks at a value, and at what is in it, as one set of weights. */
export function weightSetOf(value: Value, machine: Machine): WeightSet {
  const held = heldIn(value, machine, readWeight);
  const membershipOf = (role: VariableRole): Known =>
    membershipIn(held, ({ variable }) => variable.role === role);
  return {
    membership: {
      trainable: membershipOf('trainable'),
      runningStatistics: membershipOf('runningStatistics'),
    },
    reads: [...new Set(held.flatMap(({ member }) => member?.read ?? []))],
  };
}

function readWeight(option: Value): WeightObject | 'unreadable' | 'nothing' {
  if (option.kind === 'library' && isWeight(option.object)) {
    return option.object;
  }
  return option.kind === 'constant' ? 'nothing' : 'unreadable';
}
