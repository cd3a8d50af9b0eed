/** What stands above a function makes of it. */

import type { Machine } from './machine';
import { type FunctionValue, type Site, type Value, noArguments } from './value';

interface Where {
  readonly site: Site;
  readonly machine: Machine;
}

/**
 * What the name of a decorated function gives: the innermost decorator is the first to change it.
 *
 * Decorators from outside are remembered for those who know them. The project's are called; one
 * whose answer nobody knows is remembered too, for what it makes of the function is not known.
 *
 * @param decorators in the order in which they are written
 */
export function decorate(
  plain: FunctionValue,
  decorators: readonly Value[],
  where: Where,
): FunctionValue {
  let value = plain;
  for (const decorator of [...decorators].reverse()) {
    value = wrapped(value, decorator, where) ?? {
      ...value,
      decorators: [decorator, ...value.decorators],
    };
  }
  return value;
}

/** The function that a decorator of the project makes, when it is one that can be read. */
function wrapped(
  value: FunctionValue,
  decorator: Value,
  { site, machine }: Where,
): FunctionValue | undefined {
  if (decorator.kind !== 'function' && decorator.kind !== 'partial') {
    return undefined;
  }
  const args = { ...noArguments, positional: [value] };
  const made = machine.call(decorator, args, { site, argumentSites: new Map() });
  return made.kind === 'function' ? made : undefined;
}

/** The property that `@size.setter` and `@size.deleter` belong to. */
export function propertyChangedBy(decorator: Value): FunctionValue | undefined {
  const isChange =
    decorator.kind === 'method' && /^(?:setter|deleter|getter)$/.test(decorator.name);
  return isChange && decorator.receiver.kind === 'function' ? decorator.receiver : undefined;
}

export function isSetter(decorators: readonly Value[]): boolean {
  return decorators.some((own) => own.kind === 'method' && own.name === 'setter');
}
