/** What statements do to the state. */

import type {
  Block,
  ClassDefinition,
  Expression,
  For,
  FunctionDefinition,
  If,
  Match,
  PlainStatement,
  Return,
  Statement,
  Try,
  While,
  With,
} from '../python/nodes';
import { enterContext } from './contextManagers';
import { siteOf } from './evaluate';
import { orderOfBases } from './classes';
import { decorate, isSetter, propertyChangedBy } from './decorators';
import { runFinally } from './finally';
import { type Frame, type Loop, captureFrame, functionFrameOf, newFrame } from './frame';
import { runImport, runImportFrom } from './imports';
import { maybeAll } from './join';
import type { EnteredContext } from './library';
import type { Machine } from './machine';
import { casesFor } from './matchCases';
import { bindName, redirectNames } from './names';
import { operate } from './operators';
import { withoutKey } from './collectionMethods';
import { noChanges } from './store';
import { truthOf } from './truth';
import {
  type ClassValue,
  type FunctionValue,
  type Item,
  type Value,
  external,
  none,
  optionsOf,
  unknown,
} from './value';

type Run<S extends Statement> = (statement: S, frame: Frame, machine: Machine) => void;

type OfKind<K extends Statement['kind'], S extends Statement = Statement> = S extends Statement
  ? K extends S['kind']
    ? S
    : never
  : never;

type Runners = { readonly [K in Statement['kind']]: Run<OfKind<K>> };

export function runBlock(block: Block, frame: Frame, machine: Machine): void {
  for (const statement of block) {
    if (machine.store.isDead) {
      return;
    }
    if (!machine.mayGoOn()) {
      // What would have followed may undo all that was seen.
      machine.store.die();
      return;
    }
    // Each entry of the table takes the kind it is listed under.
    const run = runners[statement.kind] as Run<Statement>;
    run(statement, frame, machine);
  }
}

/** Explores each way from here, then goes on from where they meet. */
function branch(ways: readonly (() => void)[], { store }: Machine): void {
  store.meet(ways.map((way) => store.explore(way)));
}

function runIf({ test, body, orElse }: If, frame: Frame, machine: Machine): void {
  const truth = truthOf(machine.evaluate(test, frame));
  if (truth !== undefined) {
    machine.run(truth ? body : orElse, frame);
    return;
  }
  branch(
    [
      () => {
        machine.run(body, frame);
      },
      () => {
        machine.run(orElse, frame);
      },
    ],
    machine,
  );
}

function runMatch({ subject, cases }: Match, frame: Frame, machine: Machine): void {
  const value = machine.evaluate(subject, frame);
  const { possible, isSure } = casesFor(value, cases, { frame, machine });
  const ways = possible.map(({ fits, bindings, guard, body }) => () => {
    for (const { id } of bindings) {
      bindName(id, fits === 'any' ? value : unknown, { frame, machine });
    }
    if (guard !== undefined) {
      machine.evaluate(guard, frame);
    }
    machine.run(body, frame);
  });
  branch(isSure ? ways : [...ways, () => undefined], machine);
}

/** More members than this stand for "many": two turns show what many would do. */
const maxTurns = 16;

function runFor(statement: For, frame: Frame, machine: Machine): void {
  const { items, hasUnknownItems } = machine.iterate(machine.evaluate(statement.iterable, frame));
  const turns = items.length > maxTurns ? items.slice(0, 2) : items;
  const isOpen = hasUnknownItems || turns.length < items.length;
  const anyMember: Item = { key: undefined, value: unknown, presence: 'maybe' };
  const members = isOpen ? [...turns, anyMember, anyMember] : turns;
  const turn = (loop: Loop): void => {
    for (const { value, presence } of members) {
      const way = (): void => {
        machine.assign(statement.target, value, frame);
        machine.run(statement.body, frame);
      };
      runTurn(way, { loop, machine, isCertain: presence === 'yes' });
    }
  };
  runLoop({ turn, orElse: statement.orElse, isOpen }, frame, machine);
}

function runWhile({ test, body, orElse }: While, frame: Frame, machine: Machine): void {
  const turn = (loop: Loop): void => {
    for (let count = 0; count < 2; count++) {
      const truth = truthOf(machine.evaluate(test, frame));
      const way = (): void => {
        machine.run(body, frame);
      };
      if (truth !== false) {
        runTurn(way, { loop, machine, isCertain: truth === true });
      }
    }
  };
  runLoop({ turn, orElse, isOpen: true }, frame, machine);
}

interface TurnOptions {
  readonly loop: Loop;
  readonly machine: Machine;
  readonly isCertain: boolean;
}

/** One turn of a loop; `continue` ends it where it is said. */
function runTurn(turn: () => void, { loop, machine, isCertain }: TurnOptions): void {
  const { store } = machine;
  if (store.isDead || !machine.mayGoOn()) {
    return;
  }
  loop.turn = store.mark();
  const end = store.explore(turn);
  const ends = [end, ...loop.continues.splice(0)];
  store.meet(isCertain ? ends : [...ends, noChanges]);
}

interface LoopOptions {
  readonly turn: (loop: Loop) => void;
  readonly orElse: Block;
  /** Whether nobody knows how many turns it takes. */
  readonly isOpen: boolean;
}

function runLoop({ turn, orElse, isOpen }: LoopOptions, frame: Frame, machine: Machine): void {
  const { store } = machine;
  const start = store.mark();
  const loop: Loop = { start, turn: start, breaks: [], continues: [] };
  frame.loops.push(loop);
  machine.openLoops += isOpen ? 1 : 0;
  turn(loop);
  machine.openLoops -= isOpen ? 1 : 0;
  frame.loops.pop();
  // Whoever leaves by `break` passes over the `else`.
  machine.run(orElse, frame);
  const ends = [store.changesSince(start), ...loop.breaks];
  // A loop that seems never to end does end for those who read on.
  const isEndless = ends.every(({ isDead }) => isDead) && frame.returns.length === 0;
  store.rollBack(start);
  store.meet(isEndless ? [noChanges] : ends);
}

function leaveLoop(way: 'breaks' | 'continues', frame: Frame, { store }: Machine): void {
  const loop = frame.loops.at(-1);
  if (loop !== undefined) {
    loop[way].push(store.changesSince(way === 'breaks' ? loop.start : loop.turn));
    store.die();
  }
}

function runReturn(statement: Return, frame: Frame, machine: Machine): void {
  const { value } = statement;
  const result = value === undefined ? none : machine.evaluate(value, frame);
  const owner = functionFrameOf(frame);
  for (const context of [...owner.contexts].reverse()) {
    context.exit();
  }
  if (owner.returns.length === 0 && isLastOf(owner, statement)) {
    owner.result = result;
    return;
  }
  if (owner.entry !== undefined) {
    owner.returns.push({ value: result, changes: machine.store.changesSince(owner.entry) });
  }
  machine.store.die();
}

function isLastOf({ callee }: Frame, statement: Return): boolean {
  return callee?.code.kind === 'function' && callee.code.body.at(-1) === statement;
}

function runWith({ items, body }: With, frame: Frame, machine: Machine): void {
  const contexts: EnteredContext[] = [];
  for (const { context, target } of items) {
    const value = machine.evaluate(context, frame);
    const site = siteOf(context, frame);
    const entered =
      enterContext(value, { site, argumentSites: new Map() }, machine) ??
      machine.library.enter(value, calledFor(context, value, { frame, machine }), machine);
    if (entered !== undefined) {
      contexts.push(entered);
      frame.contexts.push(entered);
    }
    if (target !== undefined) {
      machine.assign(target, entered?.value ?? enteredValue(value), frame);
    }
  }
  machine.run(body, frame);
  for (const context of contexts.reverse()) {
    frame.contexts.pop();
    // A way that has left has left the contexts as well.
    if (!machine.store.isDead) {
      context.exit();
    }
  }
}

/** What a `with` calls for a context that nobody knows; reading a name twice changes nothing. */
function calledFor(
  context: Expression,
  value: Value,
  { frame, machine }: { readonly frame: Frame; readonly machine: Machine },
): Value | undefined {
  const isAsked = value.kind === 'unknown' && context.kind === 'call';
  const callee = isAsked ? context.callee : undefined;
  return callee?.kind === 'name' || callee?.kind === 'attribute'
    ? machine.evaluate(callee, frame)
    : undefined;
}

/** Most context managers hand out themselves. */
function enteredValue(context: Value): Value {
  return context.kind === 'object' || context.kind === 'library' ? context : unknown;
}

function runTry({ body, handlers, orElse, finalBody }: Try, frame: Frame, machine: Machine): void {
  const { store } = machine;
  const way = (): void => {
    const end = store.explore(() => {
      machine.run(body, frame);
      machine.run(orElse, frame);
    });
    const ways = handlers.map(({ target, body: handler }) =>
      store.explore(() => {
        // An exception may come at any statement of the body: before all of them, or after all.
        store.meet([noChanges, { ...end, isDead: false }]);
        if (target !== undefined) {
          machine.assign(target, unknown, frame);
        }
        machine.run(handler, frame);
      }),
    );
    store.meet([end, ...ways]);
    if (store.isDead) {
      // What an exception leads out to may see what was done before it.
      store.meet([noChanges, { ...end, isDead: false }]);
      store.die();
    }
  };
  if (finalBody.length === 0) {
    way();
  } else {
    const final = (): void => {
      machine.run(finalBody, frame);
    };
    runFinally(way, final, { frame, machine });
  }
}

function runFunctionDefinition(code: FunctionDefinition, frame: Frame, machine: Machine): void {
  const decorators = code.decorators.map((decorator) =>
    evaluateDecorator(decorator, frame, machine),
  );
  captureFrame(frame);
  const plain: FunctionValue = {
    kind: 'function',
    code,
    closure: frame,
    self: undefined,
    owner: frame.type,
    decorators: [],
  };
  const property = decorators.map(propertyChangedBy).find((own) => own !== undefined);
  const value = property ?? decorate(plain, decorators, { site: siteOf(code, frame), machine });
  bindName(code.name, property && isSetter(decorators) ? { ...property, setter: plain } : value, {
    frame,
    machine,
  });
}

/** `@tf.function(jit_compile=True)` decorates as `@tf.function` does. */
function evaluateDecorator(decorator: Expression, frame: Frame, machine: Machine): Value {
  const value = machine.evaluate(decorator, frame);
  const maker =
    value.kind === 'unknown' && decorator.kind === 'call'
      ? machine.evaluate(decorator.callee, frame)
      : unknown;
  return maker.kind === 'external' && machine.library.isWellBehaved(maker.name)
    ? external(`${maker.name}()`)
    : value;
}

function runClassDefinition(code: ClassDefinition, frame: Frame, machine: Machine): void {
  const bases = code.bases
    .filter(({ kind }) => kind === 'positional')
    .map(({ value }) => machine.evaluate(value, frame));
  captureFrame(frame);
  const own = newFrame({ kind: 'class', path: frame.path, parent: frame });
  const order: ClassValue[] = [];
  const type: ClassValue = { kind: 'class', code, frame: own, bases, order };
  order.push(type, ...orderOfBases(bases));
  own.type = type;
  machine.run(code.body, own);
  bindName(code.name, type, { frame, machine });
  machine.library.classDefined?.(type, machine);
}

function runPlain({ kind, values }: PlainStatement, frame: Frame, machine: Machine): void {
  for (const value of values) {
    if (kind === 'delete') {
      deleteTarget(value, frame, machine);
    } else {
      machine.evaluate(value, frame);
    }
  }
  if (kind === 'raise') {
    machine.store.die();
  }
}

function runAssert({ values }: PlainStatement, frame: Frame, machine: Machine): void {
  const [test] = values.map((value) => machine.evaluate(value, frame));
  if (test !== undefined && truthOf(test) === false) {
    machine.store.die();
  }
}

function deleteTarget(
  target: PlainStatement['values'][number],
  frame: Frame,
  machine: Machine,
): void {
  if (target.kind === 'name') {
    bindName(target.id, unknown, { frame, machine });
  }
  const [index] = target.kind === 'subscript' ? target.indices : [];
  const object = target.kind === 'subscript' ? machine.evaluate(target.object, frame) : unknown;
  if (index !== undefined && object.kind === 'collection') {
    const key = machine.evaluate(index, frame);
    const contents = machine.contentsOf(object);
    machine.store.write(
      object.cell,
      object.shape === 'dict' ? withoutKey(contents, key) : maybeAll(contents),
    );
  }
}

/** A number that a loop counts up has more values than the few turns show. */
function isCounted(result: Value, { openLoops }: Machine): boolean {
  return (
    openLoops > 0 &&
    optionsOf(result).some((own) => own.kind === 'constant' && typeof own.value === 'number')
  );
}

const runners: Runners = {
  expression: ({ value }, frame, machine) => {
    machine.evaluate(value, frame);
  },
  assign: ({ targets, value }, frame, machine) => {
    if (value !== undefined) {
      const result = machine.evaluate(value, frame);
      for (const target of targets) {
        machine.assign(target, result, frame);
      }
    }
  },
  augmentedAssign: ({ target, operator, value }, frame, machine) => {
    const operands = [machine.evaluate(target, frame), machine.evaluate(value, frame)] as const;
    const result = operate(operator, operands, machine);
    machine.assign(target, isCounted(result, machine) ? unknown : result, frame);
  },
  import: runImport,
  importFrom: runImportFrom,
  function: runFunctionDefinition,
  class: runClassDefinition,
  if: runIf,
  for: runFor,
  while: runWhile,
  with: runWith,
  try: runTry,
  match: runMatch,
  return: runReturn,
  raise: runPlain,
  assert: runAssert,
  delete: runPlain,
  print: runPlain,
  exec: runPlain,
  unparsed: runPlain,
  pass: () => undefined,
  break: (_, frame, machine) => {
    leaveLoop('breaks', frame, machine);
  },
  continue: (_, frame, machine) => {
    leaveLoop('continues', frame, machine);
  },
  global: ({ names }, frame) => {
    redirectNames('global', names, frame);
  },
  nonlocal: ({ names }, frame) => {
    redirectNames('nonlocal', names, frame);
  },
};
