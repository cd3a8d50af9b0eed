/**
 * Calls that need not be read twice.
 *
 * A call that changed nothing and made nothing answers the same when its arguments are the same and
 * every cell it looked at still holds what it held. A function that is never entered, by what it is or
 * by how often it was, gives the same every time as well.
 */

import { sameValue } from './join';
import type { Machine } from './machine';
import type { Cell } from './store';
import type { CallArguments, FunctionValue, Value } from './value';

export interface RememberedCall {
  readonly callee: FunctionValue;
  readonly args: CallArguments;
  readonly reads: ReadonlyMap<number, Cell | undefined>;
  readonly result: Value;
  /** How deeply calls must be nested for the same calls inside it to be left out; usually 0. */
  readonly fromDepth: number;
}

export type CallMemory = Map<FunctionValue['code'], RememberedCall[]>;

const maxRemembered = 6;

interface Asked {
  readonly args: CallArguments;
  readonly machine: Machine;
  /** Functions being run. */
  readonly depth: number;
}

export function recallCall(
  memory: CallMemory,
  callee: FunctionValue,
  { args, machine, depth }: Asked,
): RememberedCall | undefined {
  return memory
    .get(callee.code)
    ?.find(
      (call) =>
        depth >= call.fromDepth &&
        sameValue(call.callee, callee) &&
        sameArguments(call.args, args) &&
        machine.store.holds(call.reads),
    );
}

export function rememberCall(memory: CallMemory, call: RememberedCall): void {
  const calls = memory.get(call.callee.code) ?? [];
  memory.set(call.callee.code, calls);
  if (calls.length >= maxRemembered) {
    calls.shift();
  }
  calls.push(call);
}

function sameArguments(a: CallArguments, b: CallArguments): boolean {
  return (
    a.hasUnknownPositional === b.hasUnknownPositional &&
    a.hasUnknownKeywords === b.hasUnknownKeywords &&
    a.positional.length === b.positional.length &&
    a.keywords.size === b.keywords.size &&
    a.positional.every((value, index) => isSame(value, b.positional[index])) &&
    [...a.keywords].every(([name, value]) => isSame(value, b.keywords.get(name)))
  );
}

function isSame(a: Value, b: Value | undefined): boolean {
  return b !== undefined && sameValue(a, b);
}

/** Whether a value holds nothing that somebody could change later. */
export function isLasting(value: Value): boolean {
  switch (value.kind) {
    case 'constant':
    case 'unknown':
    case 'external':
    case 'class':
    case 'module':
      return true;
    case 'union':
      return value.options.every(isLasting);
    default:
      return false;
  }
}
