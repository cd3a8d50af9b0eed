import type {
  CallArguments,
  ClassValue,
  Contents,
  FunctionValue,
  Known,
  LibraryObject,
  ObjectValue,
  Site,
  Value,
} from './value';
import type { Machine } from './machine';

/** A call that reaches outside the project. */
export interface LibraryCall {
  readonly args: CallArguments;
  /** The whole call expression. */
  readonly site: Site;
  /** The expressions in the parentheses, for edits: range of each argument by position or name. */
  readonly argumentSites: ReadonlyMap<number | string, Site>;
  readonly machine: Machine;
}

/** What `with x as y` does to the world. */
export interface EnteredContext {
  /** What `y` becomes. */
  readonly value: Value;
  exit(): void;
}

export interface AttributeSet {
  readonly value: Value;
  /** The target, when the program names it. */
  readonly site: Site | undefined;
  readonly machine: Machine;
}

/** `x.name = value` on a library object. */
export interface MemberSet {
  readonly value: Value;
  /** The target, when the program names it. */
  readonly site: Site | undefined;
  readonly machine: Machine;
}

export interface ItemSet {
  readonly key: Value;
  readonly value: Value;
  readonly site: Site;
  readonly machine: Machine;
}

/**
 * What is known about code outside the project. Python's own semantics ask it; it never asks
 * back for names.
 *
 * Every answer may be `undefined`: then nothing is known, and nothing is assumed.
 */
export interface Library {
  /** One name for the many ways to reach a thing: `tensorflow.compat.v1.train` → `tensorflow.train`. */
  canonicalName(name: string): string;
  /** The one name of a member: `batch_normalization` of `tensorflow.layers`. */
  memberName(owner: string, member: string): string;
  /** Whether an outside function leaves the lists it is given as they are. */
  isWellBehaved(name: string): boolean;
  /** `tf.train.Saver(...)`. */
  callExternal(name: string, call: LibraryCall): Value | undefined;
  /** `saver.restore(...)` for a library object, or for an object of a class that inherits from outside. */
  callMethod(receiver: Value, name: string, call: LibraryCall): Value | undefined;
  /** `net(x)` for a library object, or for an object of a class that inherits from outside. */
  callObject(receiver: Value, call: LibraryCall): Value | undefined;
  /** `f(x)` for an `f` nobody knows. */
  callUnknown?(call: LibraryCall): Value | undefined;
  /** `v.name`; `site` is where it stands. */
  attribute(object: LibraryObject, name: string, machine: Machine, site: Site): Value | undefined;
  /** `x.name` on an object of a class that inherits from outside, when its own classes have none. */
  inheritedAttribute?(
    object: ObjectValue,
    name: string,
    at: { readonly machine: Machine; readonly site: Site },
  ): Value | undefined;
  /** `for v in x`. */
  iterate(object: LibraryObject, machine: Machine): Contents | undefined;
  /** Whether two library objects are one; `undefined` when they may be. */
  isSame(a: LibraryObject, b: LibraryObject): boolean | undefined;
  /** `part in x`, for a library object that is a container or a text. */
  contains(object: LibraryObject, part: Value): boolean | undefined;
  /** `re.match(pattern, x)`, for a library object that is a text. */
  matches(object: LibraryObject, pattern: RegExp): boolean | undefined;
  /** `x[a:b]`; a bound nobody knows is `NaN`. */
  slice(object: LibraryObject, bounds: readonly (number | undefined)[]): Value | undefined;
  isInstance(object: LibraryObject, name: string): Known | undefined;
  /**
   * `with context:`, or a function that runs under it.
   *
   * @param through what was called for it, where the `with` calls a name
   */
  enter(context: Value, through: Value | undefined, machine: Machine): EnteredContext | undefined;
  /** An attribute of an object of the project was set. */
  attributeSet?(object: ObjectValue, name: string, set: AttributeSet): void;
  /** `x[key] = value` on a library object. */
  itemSet?(object: LibraryObject, set: ItemSet): void;
  /** `x.name = value` on a library object. */
  memberSet?(object: LibraryObject, name: string, set: MemberSet): void;
  /** `x[key]` on a library object, and its members where it is unpacked. */
  item?(object: LibraryObject, key: Value, machine: Machine): Value | undefined;
  /** `left <operator> right`, where at least one side is a library object. */
  operate?(left: Value, right: Value, machine: Machine): Value | undefined;
  /** A value went to code nobody can read. */
  escaped?(value: Value, machine: Machine): void;
  /** `functools.partial(f, ...)` of something from outside. */
  partiallyApplied?(name: string, call: LibraryCall): void;
  /** A function of the project is called, and not read since it was read before, perhaps elsewhere. */
  calledAgain?(callee: FunctionValue): void;
  /** A function of the project is called, and what the call does is not read. */
  notRead?(callee: FunctionValue, machine: Machine): void;
  classDefined?(type: ClassValue, machine: Machine): void;
  /** An object of a class of the project is about to be initialized, and is initialized. */
  objectCreated?(object: ObjectValue, machine: Machine): void;
  objectReady?(object: ObjectValue, machine: Machine): void;
  /** A name from outside was mentioned, called or not. */
  mentioned(name: string, site: Site): void;
}
