/** What statements do to the state. */

import type {
  Block,
  ClassDefinition,
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
import { type Frame, type Loop, captureFrame, functionFrameOf, newFrame } from './frame';
import { runImport, runImportFrom } from './imports';
import type { EnteredContext } from './library';
import type { Machine } from './machine';
import { bindName, redirectNames } from './names';
import { operate } from './operators';
import { withoutKey } from './collectionMethods';
import { noChanges } from './store';
import { truthOf } from './truth';
import { type ClassValue, type Item, type Value, none, unknown } from './value';

type Run<S extends Statement> = (statement: S, frame: Frame, machine: Machine) => void;

type OfKind<K extends Statement['kind'], S extends Statement = Statement> = S extends Statement
  ? K extends S['kind']
    ? S
    : never
  : never;

type Runners = { readonly [K in Statement['kind']]: Run<OfKind<K>> };

export function runBlock(block: Block, frame: Frame, machine: Machine): void {
  for (const statement of block) {
    if (machine.store.isDead || !machine.mayGoOn()) {
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
  machine.evaluate(subject, frame);
  const ways = cases.map(({ bindings, guard, body }) => () => {
    for (const { id } of bindings) {
      bindName(id, unknown, { frame, machine });
    }
    if (guard !== undefined) {
      machine.evaluate(guard, frame);
    }
    machine.run(body, frame);
  });
  branch([...ways, () => undefined], machine);
}

/** More members than this stand for "many": two turns show what many would do. */
const maxTurns = 16;

function runFor(statement: For, frame: Frame, machine: Machine): void {
  const { items, hasUnknownItems } = machine.iterate(machine.evaluate(statement.iterable, frame));
  const turns = items.length > maxTurns ? items.slice(0, 2) : items;
  const isOpen = hasUnknownItems || turns.length < items.length;
  const anyMember: Item = { key: undefined, value: unknown, presence: 'maybe' };
  const members = isOpen ? [...turns, anyMember, anyMember] : turns;
  runLoop(frame, machine, (loop) => {
    for (const { value, presence } of members) {
      const turn = (): void => {
        machine.assign(statement.target, value, frame);
        machine.run(statement.body, frame);
      };
      runTurn(turn, { loop, machine, isCertain: presence === 'yes' });
    }
  });
  machine.run(statement.orElse, frame);
}

function runWhile({ test, body, orElse }: While, frame: Frame, machine: Machine): void {
  runLoop(frame, machine, (loop) => {
    for (let turn = 0; turn < 2; turn++) {
      const truth = truthOf(machine.evaluate(test, frame));
      const way = (): void => {
        machine.run(body, frame);
      };
      if (truth !== false) {
        runTurn(way, { loop, machine, isCertain: truth === true });
      }
    }
  });
  machine.run(orElse, frame);
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

function runLoop(frame: Frame, { store }: Machine, turns: (loop: Loop) => void): void {
  const start = store.mark();
  const loop: Loop = { start, turn: start, breaks: [], continues: [] };
  frame.loops.push(loop);
  turns(loop);
  frame.loops.pop();
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

function runReturn({ value }: Return, frame: Frame, machine: Machine): void {
  const result = value === undefined ? none : machine.evaluate(value, frame);
  const owner = functionFrameOf(frame);
  for (const context of [...owner.contexts].reverse()) {
    context.exit();
  }
  if (owner.entry !== undefined) {
    owner.returns.push({ value: result, changes: machine.store.changesSince(owner.entry) });
  }
  machine.store.die();
}

function runWith({ items, body }: With, frame: Frame, machine: Machine): void {
  const contexts: EnteredContext[] = [];
  for (const { context, target } of items) {
    const value = machine.evaluate(context, frame);
    const site = siteOf(context, frame);
    const entered =
      enterContext(value, { site, argumentSites: new Map() }, machine) ??
      machine.library.enter(value, site, machine);
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

/** Most context managers hand out themselves. */
function enteredValue(context: Value): Value {
  return context.kind === 'object' || context.kind === 'library' ? context : unknown;
}

function runTry({ body, handlers, orElse, finalBody }: Try, frame: Frame, machine: Machine): void {
  const { store } = machine;
  const end = store.explore(() => {
    machine.run(body, frame);
    machine.run(orElse, frame);
  });
  const ways = handlers.map(({ target, body: handler }) =>
    store.explore(() => {
      // An exception may come at any statement of the body: before all of them, or after all.
      store.meet([noChanges, end]);
      if (target !== undefined) {
        machine.assign(target, unknown, frame);
      }
      machine.run(handler, frame);
    }),
  );
  store.meet([end, ...ways]);
  if (store.isDead) {
    store.meet(
      [
        store.explore(() => {
          machine.run(finalBody, frame);
        }),
      ].map((changes) => ({ ...changes, isDead: true })),
    );
  } else {
    machine.run(finalBody, frame);
  }
}

function runFunctionDefinition(code: FunctionDefinition, frame: Frame, machine: Machine): void {
  const decorators = code.decorators.map((decorator) => machine.evaluate(decorator, frame));
  captureFrame(frame);
  const owner = frame.type;
  const value: Value = {
    kind: 'function',
    code,
    closure: frame,
    self: undefined,
    owner,
    decorators,
  };
  bindName(code.name, value, { frame, machine });
}

function runClassDefinition(code: ClassDefinition, frame: Frame, machine: Machine): void {
  const bases = code.bases
    .filter(({ kind }) => kind === 'positional')
    .map(({ value }) => machine.evaluate(value, frame));
  captureFrame(frame);
  const own = newFrame({ kind: 'class', path: frame.path, parent: frame });
  const type: ClassValue = { kind: 'class', code, frame: own, bases };
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

function deleteTarget(
  target: PlainStatement['values'][number],
  frame: Frame,
  machine: Machine,
): void {
  const [index] = target.kind === 'subscript' ? target.indices : [];
  const object = target.kind === 'subscript' ? machine.evaluate(target.object, frame) : unknown;
  if (index !== undefined && object.kind === 'collection') {
    const key = machine.evaluate(index, frame);
    machine.store.write(object.cell, withoutKey(machine.contentsOf(object), key));
  }
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
    machine.assign(target, operate(operator, operands, machine), frame);
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
  assert: runPlain,
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
