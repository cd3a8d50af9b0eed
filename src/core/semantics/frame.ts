import type { Expression } from '../python/nodes';
import type { EnteredContext } from './library';
import type { ClassValue, FunctionValue, Value } from './value';
import type { Changes, Mark } from './store';

/** One way out of a function. */
export interface Exit {
  /** Since the function was entered. */
  readonly changes: Changes;
  readonly value: Value;
}

/** A `yield` at which a generator stopped that is used as a context manager. */
export interface Pause {
  readonly expression: Expression;
  readonly value: Value;
  /** Since the generator was entered. */
  readonly changes: Changes;
  readonly contexts: readonly EnteredContext[];
}

/** One loop while it runs. */
export interface Loop {
  /** Before its first turn. */
  readonly start: Mark;
  /** Before the turn being run. */
  turn: Mark;
  /** What was changed since the start, at each `break`. */
  readonly breaks: Changes[];
  /** What was changed since the turn began, at each `continue`. */
  readonly continues: Changes[];
}

/** The names of one scope while it runs, each with its cell in the store. */
export interface Frame {
  readonly kind: 'module' | 'function' | 'class' | 'comprehension';
  /** Project path of the file the code stands in. */
  readonly path: string;
  readonly parent: Frame | undefined;
  readonly names: Map<string, number>;
  /** Names that `global` or `nonlocal` sends elsewhere. */
  readonly redirected: Map<string, Frame>;
  /** Where `return` leaves to; filled while the function runs. */
  readonly returns: Exit[];
  /** What `yield` handed out. */
  readonly yields: Value[];
  /** The `with` statements being run, innermost last. */
  readonly contexts: EnteredContext[];
  /** Where the generator stopped that runs in this frame; only while it stops at all. */
  pauses: Pause[] | undefined;
  /** The loops being run, innermost last. */
  readonly loops: Loop[];
  /** Outside modules whose every name was imported. */
  readonly starImports: string[];
  /** Whether a function that may outlive this frame looks into it. */
  isCaptured: boolean;
  /** When the function was entered. */
  entry: Mark | undefined;
  /** What its last statement returned, when no other way out was found before. */
  result: Value | undefined;
  /** The class whose body this is. */
  type: ClassValue | undefined;
  /** The function that runs in this frame. */
  readonly callee: FunctionValue | undefined;
}

export interface FrameOptions {
  readonly kind: Frame['kind'];
  readonly path: string;
  readonly parent?: Frame;
  readonly callee?: FunctionValue;
}

export function newFrame({ kind, path, parent, callee }: FrameOptions): Frame {
  return {
    kind,
    path,
    parent,
    names: new Map(),
    redirected: new Map(),
    returns: [],
    yields: [],
    contexts: [],
    pauses: undefined,
    loops: [],
    starImports: [],
    isCaptured: false,
    entry: undefined,
    result: undefined,
    type: undefined,
    callee,
  };
}

export function moduleFrameOf(frame: Frame): Frame {
  let current = frame;
  while (current.parent !== undefined) {
    current = current.parent;
  }
  return current;
}

/** The frame of the function around, or the module's. */
export function functionFrameOf(frame: Frame): Frame {
  let current = frame;
  while ((current.kind === 'comprehension' || current.kind === 'class') && current.parent) {
    current = current.parent;
  }
  return current;
}

/** Says that a function made in this frame may outlive it. */
export function captureFrame(frame: Frame): void {
  for (let scope: Frame | undefined = frame; scope && !scope.isCaptured; scope = scope.parent) {
    scope.isCaptured = true;
  }
}
