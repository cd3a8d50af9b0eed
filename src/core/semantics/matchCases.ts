/** Which cases of a `match` can be the one. */

import type { MatchCase } from '../python/nodes';
import type { Frame } from './frame';
import type { Machine } from './machine';
import type { Value } from './value';

interface Where {
  readonly frame: Frame;
  readonly machine: Machine;
}

interface Cases {
  /** In source order, up to the first that surely fits. */
  readonly possible: readonly MatchCase[];
  /** Whether one of them surely fits. */
  readonly isSure: boolean;
}

export function casesFor(value: Value, cases: readonly MatchCase[], where: Where): Cases {
  const possible: MatchCase[] = [];
  for (const own of cases) {
    const fits = fit(own, value, where);
    if (fits !== false) {
      possible.push(own);
    }
    if (fits === true && own.guard === undefined) {
      return { possible, isSure: true };
    }
  }
  return { possible, isSure: false };
}

/** Whether a value fits a pattern; `undefined` when nobody knows. */
function fit(
  { fits }: MatchCase,
  value: Value,
  { frame, machine }: { readonly frame: Frame; readonly machine: Machine },
): boolean | undefined {
  if (fits === undefined || fits === 'any' || value.kind !== 'constant') {
    return fits === 'any' ? true : undefined;
  }
  const options = fits.map((own) => machine.evaluate(own, frame));
  const isSame = options.map((own) =>
    own.kind === 'constant' && typeof own.value === typeof value.value
      ? own.value === value.value
      : undefined,
  );
  return isSame.includes(true) ? true : isSame.includes(undefined) ? undefined : false;
}
