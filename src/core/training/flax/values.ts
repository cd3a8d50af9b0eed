/** What Flax and JAX hand out. */

import { outsideBases } from '../../semantics/attributes';
import type {
  ClassValue,
  Known,
  LibraryObject,
  ObjectValue,
  Site,
  Value,
} from '../../semantics/value';

/** `nn.BatchNorm(...)` before it is called. */
export interface NormObject extends LibraryObject {
  readonly type: 'flaxNorm';
  readonly flag: Value | undefined;
  readonly flagSite: Site | undefined;
}

/** What `init` gives, or one collection of it. */
export interface CollectionObject extends LibraryObject {
  readonly type: 'flaxCollection';
  readonly holds: 'all' | 'parameters' | 'statistics' | 'others';
  /** Whether the module they are for has BatchNorm. */
  readonly hasNorm: Known;
}

/** `TrainState.create(...)`: its fields by name. */
export interface StateObject extends LibraryObject {
  readonly type: 'flaxState';
  readonly fields: ReadonlyMap<string, Value>;
}

/** `jax.grad(f)`, `jax.value_and_grad(f)`. */
export interface GradientObject extends LibraryObject {
  readonly type: 'jaxGradient';
  readonly of: Value;
}

export function isNorm(object: LibraryObject): object is NormObject {
  return object.type === 'flaxNorm';
}

export function isCollection(object: LibraryObject): object is CollectionObject {
  return object.type === 'flaxCollection';
}

export function isState(object: LibraryObject): object is StateObject {
  return object.type === 'flaxState';
}

export function isGradient(object: LibraryObject): object is GradientObject {
  return object.type === 'jaxGradient';
}

/** Modules of linen; those of NNX, Haiku and Equinox keep their state in other ways. */
function isModuleClass(type: ClassValue): boolean {
  return outsideBases(type).some((name) => /^flax\.linen\.(?:\w+\.)*Module$/.test(name));
}

export function isModule(value: Value): value is ObjectValue {
  return value.kind === 'object' && isModuleClass(value.type);
}

const stateName = /^flax\.training\.train_state\.TrainState$/;

export function isStateClass(type: ClassValue): boolean {
  return outsideBases(type).some((name) => stateName.test(name));
}

export function isStateName(name: string): boolean {
  return stateName.test(name);
}
