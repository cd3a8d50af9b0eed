import type { Block, Expression } from '../python/nodes';
import { callOwnMethod, readAttribute, writeAttribute } from './attributes';
import { assignTo } from './assign';
import { CallLimits } from './callLimits';
import { type CallState, callValue } from './calls';
import { evaluateExpression } from './evaluate';
import type { Frame } from './frame';
import { joinContents } from './join';
import type { Library } from './library';
import type { CallSite, Machine, ModuleFinder } from './machine';
import { runBlock } from './statements';
import { type Cell, Store } from './store';
import {
  type CallArguments,
  type CollectionShape,
  type CollectionValue,
  type Contents,
  type FunctionValue,
  type ObjectValue,
  type Site,
  type Value,
  noContents,
  unknown,
  unknownContents,
} from './value';

/** Cells of all modules, so that one module can look into another after that one ran. */
export interface CellSpace {
  nextCell: number;
  readonly frozen: Map<number, Cell>;
}

export interface InterpreterOptions {
  readonly library: Library;
  readonly modules: ModuleFinder;
  readonly cells: CellSpace;
  /** Most statements and calls to read; beyond, calls are not entered and values are unknown. */
  readonly maxSteps: number;
  /** Whether a function is worth reading when it is called; absent means always. */
  readonly shouldEnter?: (code: FunctionValue['code']) => boolean;
}

/** A {@link Machine} for one program: one module and everything it calls. */
export class Interpreter implements Machine {
  readonly store: Store;
  readonly library: Library;
  readonly modules: ModuleFinder;
  unboundReads = 0;
  openLoops = 0;
  readonly entered = new Set<FunctionValue['code']>();
  readonly #cells: CellSpace;
  readonly #calls: CallState = {
    limits: new CallLimits(),
    sites: [],
    memory: new Map(),
    nextObjectId: 1,
  };
  readonly #shouldEnter: (code: FunctionValue['code']) => boolean;
  #stepsLeft: number;

  constructor({ library, modules, cells, maxSteps, shouldEnter }: InterpreterOptions) {
    this.#shouldEnter = shouldEnter ?? (() => true);
    this.library = library;
    this.modules = modules;
    this.#cells = cells;
    this.#stepsLeft = maxSteps;
    this.store = new Store(cells.frozen);
  }

  /** Statements and calls that may still be read. */
  get stepsLeft(): number {
    return Math.max(0, this.#stepsLeft);
  }

  get nextCell(): number {
    return this.#cells.nextCell;
  }

  shouldEnter(code: FunctionValue['code']): boolean {
    return this.#shouldEnter(code);
  }

  /** Lets the next part of the program take this many steps, whatever was left. */
  grantSteps(steps: number): void {
    this.#stepsLeft = steps;
  }

  get running(): readonly FunctionValue[] {
    return this.#calls.limits.active;
  }

  get leftOut(): ReadonlySet<FunctionValue['code']> {
    return this.#calls.limits.leftOut;
  }

  get callSites(): readonly Site[] {
    return this.#calls.sites;
  }

  get isSpent(): boolean {
    return this.#stepsLeft < 0;
  }

  mayGoOn(): boolean {
    return this.#stepsLeft-- > 0;
  }

  evaluate(expression: Expression, frame: Frame): Value {
    return evaluateExpression(expression, frame, this);
  }

  run(block: Block, frame: Frame): void {
    runBlock(block, frame, this);
  }

  call(callee: Value, args: CallArguments, at: CallSite): Value {
    return callValue(callee, args, { machine: this, state: this.#calls, at });
  }

  getAttribute(object: Value, name: string, site: Site): Value {
    return readAttribute(object, name, { site, machine: this });
  }

  setAttribute(object: Value, name: string, value: Value, site?: Site): void {
    writeAttribute(object, name, { value, site, machine: this });
  }

  assign(target: Expression, value: Value, frame: Frame): void {
    assignTo(target, value, { frame, machine: this });
  }

  newCell(value: Cell): number {
    const cell = this.#cells.nextCell++;
    this.store.write(cell, value);
    return cell;
  }

  newCollection(shape: CollectionShape, contents: Contents): CollectionValue {
    return { kind: 'collection', shape, cell: this.newCell(contents) };
  }

  contentsOf({ cell }: CollectionValue): Contents {
    const contents = this.store.read(cell);
    return contents?.kind === 'contents' ? contents : unknownContents;
  }

  iterate(value: Value): Contents {
    switch (value.kind) {
      case 'collection':
        return value.shape === 'dict' ? this.#keysOf(value) : this.contentsOf(value);
      case 'library':
        return this.library.iterate(value.object, this) ?? unknownContents;
      case 'object':
        return this.#iterateObject(value);
      case 'union': {
        const [first, ...rest] = value.options.map((option) => this.iterate(option));
        return rest.reduce(joinContents, first ?? noContents);
      }
      default:
        return unknownContents;
    }
  }

  /** What `__iter__` of the project hands out. */
  #iterateObject(value: ObjectValue): Contents {
    const at = { site: value.site, argumentSites: new Map<number, Site>() };
    const iterator = callOwnMethod(value, '__iter__', [], { at, machine: this });
    return iterator?.kind === 'collection' ? this.contentsOf(iterator) : unknownContents;
  }

  #keysOf(value: CollectionValue): Contents {
    const contents = this.contentsOf(value);
    const items = contents.items.map((own) => ({
      ...own,
      key: undefined,
      value: own.key ?? unknown,
    }));
    return { ...contents, items };
  }
}
