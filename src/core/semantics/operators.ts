/** Python's operators on what is known. */

import { concatenate, joinAll, sameValue } from './join';
import type { Machine } from './machine';
import {
  type Contents,
  type Value,
  constant,
  optionsOf,
  textOf,
  unknown,
  unknownContents,
} from './value';

/** `left <operator> right`. */
export function operate(operator: string, [left, right]: Pair, machine: Machine): Value {
  if (left.kind === 'union' || right.kind === 'union') {
    const results = optionsOf(left).flatMap((a) =>
      optionsOf(right).map((b) => operate(operator, [a, b], machine)),
    );
    return joinResults(results, [left, right], machine);
  }
  if (left.kind === 'constant' && right.kind === 'constant') {
    return operateOnConstants(operator, left.value, right.value);
  }
  if (left.kind === 'library' || right.kind === 'library') {
    const result = machine.library.operate?.(left, right, machine);
    if (result !== undefined) {
      return result;
    }
  }
  if (operator === '+' || operator === '|') {
    return addCollections(left, right, machine);
  }
  return operator === '-' ? subtractSets(left, right, machine) : unknown;
}

/** What a library makes of one of the operands is not lost because of another that nobody knows. */
function joinResults(results: readonly Value[], [left, right]: Pair, machine: Machine): Value {
  const isPartlyKnown =
    results.some(({ kind }) => kind === 'library') &&
    results.some(({ kind }) => kind === 'unknown');
  const whole = isPartlyKnown ? machine.library.operate?.(left, right, machine) : undefined;
  return whole ?? joinAll(results);
}

/** Longer texts are no names. */
const maxText = 1000;

type Pair = readonly [Value, Value];
type Constant = string | number | boolean | null;

function operateOnConstants(operator: string, left: Constant, right: Constant): Value {
  if (typeof left === 'string' && typeof right === 'string') {
    return operator === '+' ? constant(left + right) : formatText(operator, left, right);
  }
  if (typeof left === 'number' && typeof right === 'number') {
    const result = arithmetic[operator]?.(left, right);
    return result === undefined || !Number.isFinite(result) ? unknown : constant(result);
  }
  return typeof left === 'string' ? operateOnText(operator, left, right) : unknown;
}

function operateOnText(operator: string, left: string, right: Constant): Value {
  const isRepeat = operator === '*' && typeof right === 'number';
  if (!isRepeat) {
    return formatText(operator, left, right);
  }
  const count = Math.max(0, right);
  const isShort = Number.isInteger(right) && count * left.length <= maxText;
  return isShort ? constant(left.repeat(count)) : unknown;
}

const arithmetic: Readonly<Record<string, ((a: number, b: number) => number) | undefined>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '//': (a, b) => Math.floor(a / b),
  '**': (a, b) => a ** b,
};

/** `'%s/x' % name` with one placeholder. */
function formatText(operator: string, format: string, argument: Constant): Value {
  const holes = format.match(/%[sd]/g) ?? [];
  const isSimple = operator === '%' && holes.length === 1 && !format.includes('%%');
  return isSimple ? constant(format.replace(/%[sd]/, () => String(argument))) : unknown;
}

function addCollections(left: Value, right: Value, machine: Machine): Value {
  if (left.kind !== 'collection' && right.kind !== 'collection') {
    return unknown;
  }
  const shape = left.kind === 'collection' ? left.shape : 'list';
  if (shape === 'dict') {
    const parts = [left, right].map((side) =>
      side.kind === 'collection' ? machine.contentsOf(side) : unknownContents,
    );
    return machine.newCollection('dict', parts.reduce(concatenate));
  }
  return machine.newCollection(shape, concatenate(machine.iterate(left), machine.iterate(right)));
}

/** `set(a) - set(b)`: what is surely in b goes, what may be in b may go. */
function subtractSets(left: Value, right: Value, machine: Machine): Value {
  if (left.kind !== 'collection' || left.shape !== 'set') {
    return unknown;
  }
  return machine.newCollection(
    'set',
    withoutMembers(machine.iterate(left), machine.iterate(right)),
  );
}

export function withoutMembers(from: Contents, removed: Contents): Contents {
  const items = from.items.flatMap((own): Contents['items'] => {
    const match = removed.items.find(({ value }) => sameValue(value, own.value));
    if (match?.presence === 'yes') {
      return [];
    }
    return match || removed.hasUnknownItems ? [{ ...own, presence: 'maybe' }] : [own];
  });
  return { kind: 'contents', items, hasUnknownItems: from.hasUnknownItems };
}

/** `a < b <= c`: true when every link is, false when one is not. */
export function evaluateComparison(
  operators: readonly string[],
  operands: readonly Value[],
  machine: Machine,
): Value {
  const links = operators.map((operator, index) =>
    compare(operator, [operands[index] ?? unknown, operands[index + 1] ?? unknown], machine),
  );
  if (links.some((link) => link === false)) {
    return constant(false);
  }
  return links.every((link) => link === true) ? constant(true) : unknown;
}

function compare(operator: string, operands: Pair, machine: Machine): boolean | undefined {
  switch (operator) {
    case '==':
    case 'is':
      return isEqual(operands, machine);
    case '!=':
    case '<>':
    case 'is not':
      return negate(isEqual(operands, machine));
    case 'in':
      return isMember(operands[0], operands[1], machine);
    case 'not in':
      return negate(isMember(operands[0], operands[1], machine));
    default:
      return compareNumbers(operator, operands);
  }
}

function negate(truth: boolean | undefined): boolean | undefined {
  return truth === undefined ? undefined : !truth;
}

function isEqual([left, right]: Pair, machine: Machine): boolean | undefined {
  if (left.kind === 'constant' && right.kind === 'constant') {
    return plainValue(left.value) === plainValue(right.value);
  }
  if (left.kind === 'library' && right.kind === 'library') {
    return left.object === right.object ? true : machine.library.isSame(left.object, right.object);
  }
  const isNoneTest = [left, right].some((side) => side.kind === 'constant' && side.value === null);
  const isKnownObject = [left, right].some(({ kind }) => neverNone.has(kind));
  return isNoneTest && isKnownObject ? false : undefined;
}

/** `True == 1`. */
function plainValue(value: Constant): Constant {
  return typeof value === 'boolean' ? Number(value) : value;
}

const neverNone: ReadonlySet<Value['kind']> = new Set([
  'function',
  'class',
  'module',
  'object',
  'collection',
  'library',
  'partial',
  'method',
]);

function compareNumbers(operator: string, [left, right]: Pair): boolean | undefined {
  if (left.kind !== 'constant' || right.kind !== 'constant') {
    return undefined;
  }
  const [a, b] = [left.value, right.value];
  return typeof a === 'number' && typeof b === 'number' ? orders[operator]?.(a, b) : undefined;
}

const orders: Readonly<Record<string, ((a: number, b: number) => boolean) | undefined>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

function isMember(member: Value, container: Value, machine: Machine): boolean | undefined {
  const [text, whole] = [textOf(member), textOf(container)];
  if (text !== undefined && whole !== undefined) {
    return whole.includes(text);
  }
  if (container.kind === 'library') {
    return machine.library.contains(container.object, member);
  }
  if (container.kind !== 'collection') {
    return undefined;
  }
  return isIn(member, machine.iterate(container), machine);
}

/** Whether a collection surely holds, or surely does not hold, a value. */
function isIn(
  member: Value,
  { items, hasUnknownItems }: Contents,
  machine: Machine,
): boolean | undefined {
  const answers = items.map((own) => ({
    presence: own.presence,
    equal: isEqual([member, own.value], machine),
  }));
  if (answers.some(({ presence, equal }) => presence === 'yes' && equal === true)) {
    return true;
  }
  const isOut = answers.every(({ equal }) => equal === false);
  return isOut && !hasUnknownItems ? false : undefined;
}
