/**
 * What an expression can be, as far as reading the source can tell.
 *
 * Unknown is a value: whoever reads it as "no" raises false alarms.
 */

import type { TextRange } from '../base/textRange';
import type { ClassDefinition, FunctionDefinition, Lambda } from '../python/nodes';
import type { Frame } from './frame';

/** A place in the project. */
export interface Site {
  readonly path: string;
  readonly range: TextRange;
}

/** Answers are three-valued. */
export type Known = 'yes' | 'no' | 'unknown';

export interface UnknownValue {
  readonly kind: 'unknown';
  /** The parameter of a function nobody calls, when that is where the value comes from. */
  readonly parameter: string | undefined;
  /** What the parameter is when the caller leaves it out. */
  readonly defaultValue: Value | undefined;
}

export interface ConstantValue {
  readonly kind: 'constant';
  readonly value: string | number | boolean | null;
}

/** Something from outside the project, by its qualified name: `torch.nn.BatchNorm2d`. */
export interface ExternalValue {
  readonly kind: 'external';
  readonly name: string;
}

/** A module of the project. */
export interface ModuleValue {
  readonly kind: 'module';
  readonly frame: Frame;
}

export interface FunctionValue {
  readonly kind: 'function';
  readonly code: FunctionDefinition | Lambda;
  readonly closure: Frame;
  /** The first argument, when the function was reached through an object. */
  readonly self: Value | undefined;
  /** The class whose body holds the function. */
  readonly owner: ClassValue | undefined;
  readonly decorators: readonly Value[];
  /** What a property does when it is set. */
  readonly setter?: FunctionValue;
}

export interface ClassValue {
  readonly kind: 'class';
  readonly code: ClassDefinition;
  /** Holds the names that the class body binds. */
  readonly frame: Frame;
  readonly bases: readonly Value[];
  /** The class and the project's classes it inherits from, in the order in which Python looks. */
  readonly order: readonly ClassValue[];
}

/** An object of a class of the project. Attributes live in the store. */
export interface ObjectValue {
  readonly kind: 'object';
  readonly id: number;
  readonly type: ClassValue;
  readonly attributes: Map<string, number>;
  readonly site: Site;
}

export type CollectionShape = 'list' | 'tuple' | 'set' | 'dict' | 'iterator';

/** What it holds lives in the store, under `cell`. */
export interface CollectionValue {
  readonly kind: 'collection';
  readonly shape: CollectionShape;
  readonly cell: number;
}

export interface PartialValue {
  readonly kind: 'partial';
  readonly callee: Value;
  readonly args: CallArguments;
}

/** `x.append` before it is called, for anything that is not a function of the project. */
export interface MethodValue {
  readonly kind: 'method';
  readonly receiver: Value;
  readonly name: string;
}

/** What `super()` gives inside a method. */
export interface SuperValue {
  readonly kind: 'super';
  readonly owner: ClassValue;
  readonly self: Value;
}

/** An object that a library of the project knows more about: a saver, a variable, a layer. */
export interface LibraryObject {
  readonly type: string;
  /** Whether it stands for all of a kind, so that its place in a list says nothing. */
  readonly isMany?: true;
}

export interface LibraryValue {
  readonly kind: 'library';
  readonly object: LibraryObject;
}

/** One of several, none of them a union or unknown. */
export interface UnionValue {
  readonly kind: 'union';
  readonly options: readonly Value[];
}

export type Value =
  | UnknownValue
  | ConstantValue
  | ExternalValue
  | ModuleValue
  | FunctionValue
  | ClassValue
  | ObjectValue
  | CollectionValue
  | PartialValue
  | MethodValue
  | SuperValue
  | LibraryValue
  | UnionValue;

/** One member of a collection. */
export interface Item {
  /** Only in a dict. */
  readonly key: Value | undefined;
  readonly value: Value;
  /** `maybe` when only some ways through the program put it there. */
  readonly presence: 'yes' | 'maybe';
}

/** What a collection holds at one point of the program. */
export interface Contents {
  readonly kind: 'contents';
  readonly items: readonly Item[];
  /** Whether it may hold members that nobody could read. */
  readonly hasUnknownItems: boolean;
}

export interface CallArguments {
  readonly positional: readonly Value[];
  readonly keywords: ReadonlyMap<string, Value>;
  /** `f(*x)` with an `x` nobody could read: positions are not certain. */
  readonly hasUnknownPositional: boolean;
  /** `f(**x)` with an `x` nobody could read: any keyword may be there. */
  readonly hasUnknownKeywords: boolean;
}

export const unknown: UnknownValue = {
  kind: 'unknown',
  parameter: undefined,
  defaultValue: undefined,
};
export const none: ConstantValue = { kind: 'constant', value: null };
export const noContents: Contents = { kind: 'contents', items: [], hasUnknownItems: false };
export const unknownContents: Contents = { kind: 'contents', items: [], hasUnknownItems: true };
export const noArguments: CallArguments = {
  positional: [],
  keywords: new Map(),
  hasUnknownPositional: false,
  hasUnknownKeywords: false,
};

export function constant(value: ConstantValue['value']): ConstantValue {
  return { kind: 'constant', value };
}

export function external(name: string): ExternalValue {
  return { kind: 'external', name };
}

export function libraryValue(object: LibraryObject): LibraryValue {
  return { kind: 'library', object };
}

/** The options of a union; anything else is its own only option. */
export function optionsOf(value: Value): readonly Value[] {
  return value.kind === 'union' ? value.options : [value];
}

export function notOf(known: Known): Known {
  return known === 'yes' ? 'no' : known === 'no' ? 'yes' : 'unknown';
}

/** The text of a string constant. */
export function textOf(value: Value | undefined): string | undefined {
  return value?.kind === 'constant' && typeof value.value === 'string' ? value.value : undefined;
}

export function item(value: Value, key?: Value): Item {
  return { key, value, presence: 'yes' };
}
