/** What stands above a function makes of it. */

import type { Machine } from './machine';
import { type FunctionValue, type Site, type Value, noArguments, sameFunctionCode } from './value';

interface Where {
  readonly site: Site;
  readonly machine: Machine;
}

/**
 * The function as its name gives it.
 *
 * Decorators from outside are remembered for those who know them. Of the project's, only those count
 * that hand the function back: what another one makes of it is not known, and it may not be called.
 */
export function decorate(
  plain: FunctionValue,
  decorators: readonly Value[],
  { site, machine }: Where,
): FunctionValue {
  const kept = decorators.filter(
    (decorator) => !isProjectCode(decorator) || !handsBack(decorator, plain, { site, machine }),
  );
  return { ...plain, decorators: kept };
}

function isProjectCode({ kind }: Value): boolean {
  return kind === 'function' || kind === 'partial';
}

function handsBack(decorator: Value, plain: FunctionValue, { site, machine }: Where): boolean {
  const args = { ...noArguments, positional: [plain] };
  const result = machine.call(decorator, args, { site, argumentSites: new Map() });
  return result.kind === 'function' && sameFunctionCode(result, plain);
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
