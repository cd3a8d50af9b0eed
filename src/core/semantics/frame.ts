import type { ClassValue, FunctionValue, Value } from './value';
import type { Store } from './store';

/** One way out of a function or a loop, with the state at that moment. */
export interface Exit {
  readonly store: Store;
  readonly value: Value;
}

/** One loop while it runs. */
export interface Loop {
  /** The state before its first turn. */
  readonly start: Store;
  readonly breaks: Store[];
  readonly continues: Store[];
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
  /** The loops being run, innermost last. */
  readonly loops: Loop[];
  /** Outside modules whose every name was imported. */
  readonly starImports: string[];
  /** The state in which the function was entered. */
  entry: Store | undefined;
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
    loops: [],
    starImports: [],
    entry: undefined,
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
