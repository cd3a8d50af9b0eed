/**
 * What `with` does to the world when the program itself says so: generators under
 * `contextlib.contextmanager`, and classes with `__enter__` and `__exit__`.
 */

import type { Block, Expression, Statement, Try } from '../python/nodes';
import { nodesIn } from '../python/walk';
import { classMember } from './attributes';
import type { Frame, Pause } from './frame';
import { joinAll } from './join';
import type { EnteredContext } from './library';
import type { CallSite, Machine } from './machine';
import type { Changes } from './store';
import {
  type FunctionValue,
  type LibraryObject,
  type LibraryValue,
  type ObjectValue,
  type Value,
  libraryValue,
  noArguments,
  none,
  unknown,
} from './value';

/** A generator that was called and has not begun: it begins where `with` enters it. */
interface PendingContext extends LibraryObject {
  readonly type: 'pendingContext';
  readonly body: Block;
  readonly frame: Frame;
  /** The functions being run, to which the generator belongs while it runs. */
  readonly active: FunctionValue[];
}

/** @param frame of the call, with its arguments bound */
export function pendingContext(
  body: Block,
  { frame, active }: Pick<PendingContext, 'frame' | 'active'>,
): LibraryValue {
  // What the generator keeps is needed until it ends, long after the call.
  frame.isCaptured = true;
  const pending: PendingContext = { type: 'pendingContext', body, frame, active };
  return libraryValue(pending);
}

function isPending(object: LibraryObject): object is PendingContext {
  return object.type === 'pendingContext';
}

/** `undefined` when the value is no context manager of the project. */
export function enterContext(
  value: Value,
  at: CallSite,
  machine: Machine,
): EnteredContext | undefined {
  if (value.kind === 'library' && isPending(value.object)) {
    return enterGenerator(value.object, machine);
  }
  return value.kind === 'object' ? enterObject(value, at, machine) : undefined;
}

function enterObject(
  object: ObjectValue,
  at: CallSite,
  machine: Machine,
): EnteredContext | undefined {
  const enter = classMember(object.type, '__enter__', machine);
  const exit = classMember(object.type, '__exit__', machine);
  if (enter?.kind !== 'function' || exit?.kind !== 'function') {
    return undefined;
  }
  return {
    value: machine.call({ ...enter, self: object }, noArguments, at),
    exit: () => {
      const positional = [none, none, none];
      machine.call({ ...exit, self: object }, { ...noArguments, positional }, at);
    },
  };
}

/** Runs the generator up to its `yield`, and what follows it at the end. */
function enterGenerator(pending: PendingContext, machine: Machine): EnteredContext {
  const { body, frame } = pending;
  const { store } = machine;
  const pauses: Pause[] = [];
  frame.entry = store.mark();
  frame.pauses = pauses;
  const end = exploreIn(pending, machine, () => {
    machine.run(body, frame);
  });
  frame.pauses = undefined;
  store.meet(pauses.length === 0 ? [{ ...end, isDead: false }] : pauses.map((own) => own.changes));
  return {
    value: pauses.length === 0 ? unknown : joinAll(pauses.map((own) => own.value)),
    exit: () => {
      const rest = exploreIn(pending, machine, () => {
        resume(body, frame, { machine, pauses });
        pauses
          .flatMap((own) => own.contexts)
          .reverse()
          .forEach((context) => {
            context.exit();
          });
      });
      store.meet([{ ...rest, isDead: false }]);
    },
  };
}

/** Explores what the generator itself does. */
function exploreIn(
  { frame: { callee }, active }: PendingContext,
  { store }: Machine,
  way: () => void,
): Changes {
  if (callee !== undefined) {
    active.push(callee);
  }
  const changes = store.explore(way);
  if (callee !== undefined) {
    active.pop();
  }
  return changes;
}

interface Resuming {
  readonly machine: Machine;
  readonly pauses: readonly Pause[];
}

/** Runs what follows the `yield` in a block. */
function resume(block: Block, frame: Frame, resuming: Resuming): void {
  const index = block.findIndex((statement) => holdsPause(statement, resuming));
  const paused = block[index];
  if (paused !== undefined) {
    resumeInside(paused, frame, resuming);
    resuming.machine.run(block.slice(index + 1), frame);
  }
}

function holdsPause(part: Statement | Block, { pauses }: Resuming): boolean {
  for (const node of nodesIn(part)) {
    if (pauses.some(({ expression }) => expression === node)) {
      return true;
    }
  }
  return false;
}

function resumeInside(statement: Statement, frame: Frame, resuming: Resuming): void {
  switch (statement.kind) {
    case 'if': {
      const { store } = resuming.machine;
      const arms = [statement.body, statement.orElse].filter((arm) => holdsPause(arm, resuming));
      store.meet(
        arms.map((arm) =>
          store.explore(() => {
            resume(arm, frame, resuming);
          }),
        ),
      );
      return;
    }
    case 'with':
      resume(statement.body, frame, resuming);
      return;
    case 'try':
      resumeTry(statement, frame, resuming);
      return;
    default:
      return;
  }
}

function resumeTry({ body, orElse, finalBody }: Try, frame: Frame, resuming: Resuming): void {
  resume(body, frame, resuming);
  resuming.machine.run(orElse, frame);
  resuming.machine.run(finalBody, frame);
}

/** The `yield` that a generator stops at, when it runs as a context manager. */
export function pauseAt(
  expression: Expression,
  value: Value,
  { frame, machine }: { readonly frame: Frame; readonly machine: Machine },
): void {
  if (frame.pauses !== undefined && frame.entry !== undefined) {
    const changes = machine.store.changesSince(frame.entry);
    frame.pauses.push({ expression, value, changes, contexts: [...frame.contexts] });
    machine.store.die();
  }
}
