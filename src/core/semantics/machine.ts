import type { Block, Expression } from '../python/nodes';
import type { Frame } from './frame';
import type { Library } from './library';
import type { Cell, Store } from './store';
import type {
  CallArguments,
  CollectionShape,
  CollectionValue,
  Contents,
  FunctionValue,
  Site,
  Value,
} from './value';

/** Finds modules of the project. */
export interface ModuleFinder {
  /**
   * The frame of a module after it ran, or while it runs.
   *
   * @param name absolute, dotted; with `level` dots before it when it is relative to `fromPath`
   * @returns `undefined` when the project has no such module
   */
  findModule(name: string, level: number, fromPath: string): Frame | undefined;
}

export interface CallSite {
  readonly site: Site;
  readonly argumentSites: ReadonlyMap<number | string, Site>;
}

/**
 * Reads a program by running it on what is known: every branch, loops twice, unknown where the
 * source does not say. It never runs the user's code.
 */
export interface Machine {
  /** The state at the point that is being read. */
  readonly store: Store;
  readonly library: Library;
  readonly modules: ModuleFinder;
  /** Whether a function of the project is worth reading when it is called. */
  shouldEnter(code: FunctionValue['code']): boolean;
  /** Functions entered so far; a function nobody enters is read on its own. */
  readonly entered: Set<FunctionValue['code']>;
  /** Functions of which calls were not read, and were told something else than those that were. */
  readonly leftOut: ReadonlySet<FunctionValue['code']>;
  /** Functions that are being run, innermost last. */
  readonly running: readonly FunctionValue[];
  /** Where each of them was called. */
  readonly callSites: readonly Site[];
  evaluate(expression: Expression, frame: Frame): Value;
  run(block: Block, frame: Frame): void;
  call(callee: Value, args: CallArguments, at: CallSite): Value;
  getAttribute(object: Value, name: string, site: Site): Value;
  setAttribute(object: Value, name: string, value: Value, site?: Site): void;
  assign(target: Expression, value: Value, frame: Frame): void;
  /** Counts one step; `false` when the budget for this program is spent. */
  mayGoOn(): boolean;
  /** Whether something was not read because the budget is spent: nothing behind it is known. */
  readonly isSpent: boolean;
  newCell(value: Cell): number;
  /** The number the next new cell gets. */
  readonly nextCell: number;
  /** Loops being run, nobody knows how often; what is counted in them is not known. */
  openLoops: number;
  /** Counts names that nobody had bound yet when they were asked for. */
  unboundReads: number;
  newCollection(shape: CollectionShape, contents: Contents): CollectionValue;
  /** What can be iterated out of a value; dicts give their keys. */
  iterate(value: Value): Contents;
  contentsOf(collection: CollectionValue): Contents;
}
