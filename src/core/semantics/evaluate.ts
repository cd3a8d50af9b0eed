/** What an expression can be. */

import type {
  Argument,
  Attribute,
  BooleanOperation,
  Call,
  Conditional,
  Expression,
  Lambda,
  Name,
  StringLiteral,
  Subscript,
  Wrapped,
} from '../python/nodes';
import { pauseAt } from './contextManagers';
import { collectArguments } from './callArguments';
import { evaluateComparison, operate } from './operators';
import { evaluateComprehension, evaluateDict, evaluateSequence } from './collections';
import { evaluateSubscript } from './subscripts';
import { type Frame, captureFrame, functionFrameOf } from './frame';
import { joinValues } from './join';
import type { CallSite, Machine } from './machine';
import { lookUp } from './names';
import { truthOf } from './truth';
import { type FunctionValue, type Site, type Value, constant, none, unknown } from './value';

type Evaluate<E extends Expression> = (expression: E, frame: Frame, machine: Machine) => Value;

type OfKind<K extends Expression['kind'], E extends Expression = Expression> = E extends Expression
  ? K extends E['kind']
    ? E
    : never
  : never;

type Evaluators = { readonly [K in Expression['kind']]: Evaluate<OfKind<K>> };

export function siteOf(expression: { readonly range: Site['range'] }, frame: Frame): Site {
  return { path: frame.path, range: expression.range };
}

export function evaluateExpression(expression: Expression, frame: Frame, machine: Machine): Value {
  // Each entry of the table takes the kind it is listed under.
  const evaluate = evaluators[expression.kind] as Evaluate<Expression>;
  return evaluate(expression, frame, machine);
}

function evaluateName(expression: Name, frame: Frame, machine: Machine): Value {
  const value = lookUp(expression.id, frame, machine);
  if (value.kind === 'external') {
    machine.library.mentioned(value.name, siteOf(expression, frame));
  }
  return value;
}

function evaluateAttribute(expression: Attribute, frame: Frame, machine: Machine): Value {
  const object = machine.evaluate(expression.object, frame);
  const site = siteOf(expression, frame);
  const value = machine.getAttribute(object, expression.name, site);
  if (value.kind === 'external') {
    machine.library.mentioned(value.name, site);
  }
  return value;
}

function evaluateCall(expression: Call, frame: Frame, machine: Machine): Value {
  const callee =
    expression.callee.kind === 'name' && expression.callee.id === 'super'
      ? superOf(frame)
      : machine.evaluate(expression.callee, frame);
  if (callee.kind === 'super') {
    return callee;
  }
  const args = collectArguments(expression.args, frame, machine);
  return machine.call(asMethod(callee, expression.callee), args, callSiteOf(expression, frame));
}

/** A method of something unknown still has its name. */
function asMethod(callee: Value, written: Expression): Value {
  return callee.kind === 'unknown' && written.kind === 'attribute'
    ? { kind: 'method', receiver: unknown, name: written.name }
    : callee;
}

/** `super()`, with or without arguments, inside a method of the project. */
function superOf(frame: Frame): Value {
  const callee = functionFrameOf(frame).callee;
  return callee?.owner === undefined || callee.self === undefined
    ? unknown
    : { kind: 'super', owner: callee.owner, self: callee.self };
}

function callSiteOf(expression: Call, frame: Frame): CallSite {
  const argumentSites = new Map<number | string, Site>();
  let position = 0;
  for (const argument of expression.args) {
    const key = keyOf(argument, position);
    position += argument.kind === 'positional' ? 1 : 0;
    if (key !== undefined) {
      argumentSites.set(key, siteOf(argument.value, frame));
    }
  }
  return { site: siteOf(expression, frame), argumentSites };
}

function keyOf(argument: Argument, position: number): number | string | undefined {
  return argument.kind === 'positional' ? position : argument.name;
}

function evaluateString(expression: StringLiteral, frame: Frame, machine: Machine): Value {
  if (expression.value !== undefined) {
    return constant(expression.value);
  }
  const parts = expression.parts.map((part) => machine.evaluate(part, frame));
  const texts = parts.map((part) => (part.kind === 'constant' ? String(part.value) : undefined));
  return texts.every((text) => text !== undefined) ? constant(texts.join('')) : unknown;
}

function evaluateBoolean(expression: BooleanOperation, frame: Frame, machine: Machine): Value {
  const left = machine.evaluate(expression.left, frame);
  const truth = truthOf(left);
  const decides = expression.operator === 'or';
  if (truth === decides) {
    return left;
  }
  const right = machine.evaluate(expression.right, frame);
  return truth === undefined ? eitherOf(left, right, decides) : right;
}

/** `a and b` is false when either is, even if the other is not known. */
function eitherOf(left: Value, right: Value, decides: boolean): Value {
  const isDecided = truthOf(right) === decides && right.kind === 'constant';
  return isDecided && typeof right.value === 'boolean' ? right : joinValues(left, right);
}

function evaluateConditional(expression: Conditional, frame: Frame, machine: Machine): Value {
  const truth = truthOf(machine.evaluate(expression.test, frame));
  if (truth !== undefined) {
    return machine.evaluate(truth ? expression.consequence : expression.alternative, frame);
  }
  return joinValues(
    machine.evaluate(expression.consequence, frame),
    machine.evaluate(expression.alternative, frame),
  );
}

function evaluateLambda(expression: Lambda, frame: Frame): FunctionValue {
  captureFrame(frame);
  return {
    kind: 'function',
    code: expression,
    closure: frame,
    self: undefined,
    owner: undefined,
    decorators: [],
  };
}

function evaluateIndex(expression: Subscript, frame: Frame, machine: Machine): Value {
  const object = machine.evaluate(expression.object, frame);
  return evaluateSubscript(object, expression, { frame, machine });
}

/** Evaluates for what happens on the way; the value itself says nothing. */
function evaluateParts(
  parts: readonly (Expression | undefined)[],
  frame: Frame,
  machine: Machine,
): Value {
  for (const part of parts) {
    if (part !== undefined) {
      machine.evaluate(part, frame);
    }
  }
  return unknown;
}

const evaluators: Evaluators = {
  name: evaluateName,
  attribute: evaluateAttribute,
  call: evaluateCall,
  subscript: evaluateIndex,
  slice: ({ lower, upper, step }, frame, machine) =>
    evaluateParts([lower, upper, step], frame, machine),
  string: evaluateString,
  number: ({ value }) => (Number.isNaN(value) ? unknown : constant(value)),
  constant: ({ value }) => (value === 'ellipsis' ? unknown : constant(value)),
  list: evaluateSequence,
  tuple: evaluateSequence,
  set: evaluateSequence,
  dict: evaluateDict,
  comprehension: evaluateComprehension,
  lambda: evaluateLambda,
  binary: ({ operator, left, right }, frame, machine) =>
    operate(operator, [machine.evaluate(left, frame), machine.evaluate(right, frame)], machine),
  boolean: evaluateBoolean,
  unary: ({ operator, operand }, frame, machine) => {
    const value = machine.evaluate(operand, frame);
    const truth = truthOf(value);
    if (operator === 'not') {
      return truth === undefined ? unknown : constant(!truth);
    }
    const number = value.kind === 'constant' ? value.value : undefined;
    return operator === '-' && typeof number === 'number' ? constant(-number) : unknown;
  },
  comparison: (expression, frame, machine) => {
    const operands = expression.operands.map((operand) => machine.evaluate(operand, frame));
    return evaluateComparison(expression.operators, operands, machine);
  },
  conditional: evaluateConditional,
  walrus: ({ target, value }, frame, machine) => {
    const result = machine.evaluate(value, frame);
    machine.assign(target, result, functionFrameOf(frame));
    return result;
  },
  await: evaluateInner,
  yield: (expression, frame, machine) => {
    const value = evaluateYield(expression, frame, machine);
    pauseAt(expression, value, { frame: functionFrameOf(frame), machine });
    return unknown;
  },
  yieldFrom: evaluateYieldFrom,
  starred: evaluateInner,
  unparsed: ({ inside }, frame, machine) => evaluateParts(inside, frame, machine),
};

function evaluateInner({ value }: Wrapped, frame: Frame, machine: Machine): Value {
  return value === undefined ? unknown : machine.evaluate(value, frame);
}

/** A generator hands out what it yields; what comes back in is not known. */
function evaluateYield({ value }: Wrapped, frame: Frame, machine: Machine): Value {
  const yielded = value === undefined ? none : machine.evaluate(value, frame);
  functionFrameOf(frame).yields.push(yielded);
  return yielded;
}

function evaluateYieldFrom({ value }: Wrapped, frame: Frame, machine: Machine): Value {
  const source = value === undefined ? unknown : machine.evaluate(value, frame);
  const { items, hasUnknownItems } = machine.iterate(source);
  const rest = hasUnknownItems ? [unknown] : [];
  functionFrameOf(frame).yields.push(...items.map((own) => own.value), ...rest);
  return unknown;
}
