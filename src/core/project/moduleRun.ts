import type { Block, FunctionDefinition, PyModule, Statement } from '../python/nodes';
import type { Frame } from '../semantics/frame';
import { newFrame } from '../semantics/frame';
import { type CellSpace, Interpreter } from '../semantics/interpreter';
import type { ModuleFinder } from '../semantics/machine';
import { readName } from '../semantics/names';
import { noChanges } from '../semantics/store';
import { type ClassValue, type FunctionValue, type Value, noArguments } from '../semantics/value';
import type { ProgramFacts } from '../training/facts';
import { TrainingLibrary } from '../training/trainingLibrary';

type Code = FunctionValue['code'];

/** Most statements and calls read for the body of a module, with all that it calls. */
const maxSteps = 30_000;
/** The same for one function that nobody calls, and for all such functions of a module. */
const maxStepsAlone = 4_000;
const maxStepsAloneInAll = 16_000;

export interface ModuleRunOptions {
  readonly path: string;
  readonly module: PyModule | undefined;
  readonly modules: ModuleFinder;
  readonly cells: CellSpace;
  readonly shouldEnter: (code: Code) => boolean;
}

/** A function that a module or one of its classes defines. */
interface Definition {
  readonly code: FunctionDefinition;
  readonly type: ClassValue | undefined;
}

/** What is left of a module that was read to its end. */
export interface ReadModule {
  /** Where other modules find its names. */
  readonly frame: Frame;
  readonly facts: ProgramFacts;
  /** Functions, of any module, that this module's code was seen to call. */
  readonly entered: ReadonlySet<Code>;
  /** Whether it took more steps than it may: then nobody knows what was not seen. */
  readonly isCut: boolean;
  /** Forgets what other modules could see of this one. */
  dispose(): void;
}

/**
 * One module, read: first its body as if it were started as a script, then every function of it
 * that nothing in the project calls, with arguments nobody knows.
 */
export class ModuleRun implements ReadModule {
  readonly frame: Frame;
  readonly #body: Block;
  readonly #library = new TrainingLibrary();
  readonly #interpreter: Interpreter;
  readonly #cells: CellSpace;
  #ownCells: readonly number[] = [];
  #stepsForAlone = maxStepsAloneInAll;
  #isCut = false;

  constructor({ path, module, modules, cells, shouldEnter }: ModuleRunOptions) {
    this.frame = newFrame({ kind: 'module', path });
    this.#body = module?.body ?? [];
    this.#cells = cells;
    const library = this.#library;
    this.#interpreter = new Interpreter({ library, modules, cells, maxSteps, shouldEnter });
  }

  get facts(): ProgramFacts {
    return this.#library.facts;
  }

  get entered(): ReadonlySet<Code> {
    return this.#interpreter.entered;
  }

  get isCut(): boolean {
    return this.#isCut;
  }

  runBody(): void {
    this.#library.begin(this.#interpreter, { isWholeProgram: true });
    this.#interpreter.run(this.#body, this.frame);
    this.#isCut = this.#interpreter.isSpent;
    // A script that ends early still defines what stands in it.
    this.#interpreter.store.revive();
    this.#ownCells = this.#interpreter.store.copyInto(this.#cells.frozen);
  }

  /** Runs what `shouldRun` says nobody calls. */
  runUncalled(shouldRun: (code: FunctionDefinition) => boolean): void {
    const definitions = definitionsIn(this.#body, this.frame, this.#interpreter);
    for (const { code, type } of definitions) {
      if (type === undefined && shouldRun(code) && !this.entered.has(code)) {
        this.#library.begin(this.#interpreter, { isWholeProgram: code.name === 'main' });
        this.#runAlone(readName(code.name, this.frame, this.#interpreter));
      }
    }
    this.#runClasses(definitions.filter(({ code }) => shouldRun(code)));
  }

  /** Only what was seen: how it was found out takes many times the memory. */
  finish(): ReadModule {
    const { frame, facts, entered, isCut } = this;
    const { frozen } = this.#cells;
    const own = this.#ownCells;
    return {
      frame,
      facts,
      entered,
      isCut,
      dispose() {
        own.forEach((cell) => frozen.delete(cell));
      },
    };
  }

  dispose(): void {
    for (const cell of this.#ownCells) {
      this.#cells.frozen.delete(cell);
    }
  }

  /** On a copy of the state, so that one function's doings are not another's beginning. */
  #runAlone(callee: Value | undefined): void {
    if (callee?.kind !== 'function' || this.#isCut) {
      return;
    }
    const machine = this.#interpreter;
    machine.store.explore(() => {
      this.#callAlone(callee);
    });
  }

  #callAlone(callee: Value): Value {
    const granted = Math.min(maxStepsAlone, this.#stepsForAlone);
    this.#interpreter.grantSteps(granted);
    const result = callWithUnknowns(asWritten(callee), this.#interpreter);
    this.#stepsForAlone -= granted - this.#interpreter.stepsLeft;
    this.#isCut = this.#interpreter.isSpent;
    return result;
  }

  /** The methods of one class share one object, so that what one keeps in `self` another finds. */
  #runClasses(definitions: readonly Definition[]): void {
    const machine = this.#interpreter;
    const types = new Set(definitions.flatMap(({ type }) => (type === undefined ? [] : [type])));
    for (const type of types) {
      const methods = definitions.filter((own) => own.type === type);
      if (this.#isCut || methods.every(({ code }) => this.entered.has(code))) {
        continue;
      }
      machine.store.explore(() => {
        this.#library.begin(machine, { isWholeProgram: false });
        const object = this.#callAlone(type);
        for (const { code } of methods) {
          this.#runMethod(object, code);
        }
      });
    }
  }

  #runMethod(object: Value, code: FunctionDefinition): void {
    const machine = this.#interpreter;
    if (this.#isCut || this.entered.has(code)) {
      return;
    }
    const site = { path: this.frame.path, range: code.nameRange };
    const method = machine.getAttribute(object, code.name, site);
    if (method.kind === 'function') {
      const changes = machine.store.explore(() => {
        this.#callAlone(method);
      });
      // Nobody knows in which order methods run, or whether.
      machine.store.meet([changes, noChanges]);
    }
  }
}

/** The function itself, whatever a decorator of the project makes of it when others call it. */
function asWritten(callee: Value): Value {
  return callee.kind === 'function'
    ? { ...callee, decorators: callee.decorators.filter(({ kind }) => kind === 'external') }
    : callee;
}

/** Arguments nobody knows: every parameter is its name, with its default as one possibility. */
function callWithUnknowns(callee: Value, machine: Interpreter): Value {
  const range = callee.kind === 'function' || callee.kind === 'class' ? callee.code.range : noRange;
  const path = callee.kind === 'function' ? callee.closure.path : '';
  const at = { site: { path, range }, argumentSites: new Map() };
  const args = { ...noArguments, hasUnknownPositional: true, hasUnknownKeywords: true };
  return machine.call(callee, args, at);
}

const noRange = { start: 0, end: 0 };

/** The functions and methods a block binds, those inside `if` and `try` as well. */
function definitionsIn(body: Block, frame: Frame, machine: Interpreter): readonly Definition[] {
  return flatten(body).flatMap((statement): readonly Definition[] => {
    if (statement.kind === 'function') {
      return [{ code: statement, type: undefined }];
    }
    const type = statement.kind === 'class' ? readName(statement.name, frame, machine) : undefined;
    return type?.kind === 'class' && type.code === statement ? methodsOf(type) : [];
  });
}

function methodsOf(type: ClassValue): readonly Definition[] {
  return flatten(type.code.body).flatMap((statement) =>
    statement.kind === 'function' ? [{ code: statement, type }] : [],
  );
}

function flatten(body: Block): readonly Statement[] {
  return body.flatMap((statement): readonly Statement[] => {
    switch (statement.kind) {
      case 'if':
        return flatten([...statement.body, ...statement.orElse]);
      case 'try':
        return flatten([
          ...statement.body,
          ...statement.handlers.flatMap((handler) => handler.body),
          ...statement.orElse,
          ...statement.finalBody,
        ]);
      case 'with':
        return flatten(statement.body);
      default:
        return [statement];
    }
  });
}
