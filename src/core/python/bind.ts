/** Which argument of a call goes to which parameter, as far as the source says it. */

import type { Call, Expression, Lambda, Parameter } from './nodes';
import type { FunctionDefinition } from './nodes';

interface Bound {
  readonly call: Call;
  readonly code: FunctionDefinition | Lambda;
  /** Whether the first parameter is bound already. */
  readonly hasSelf: boolean;
}

/**
 * The argument for a parameter; `absent` when the call leaves it out, `undefined` when stars may
 * hold it.
 */
export function argumentFor(
  parameter: Parameter,
  { call, code, hasSelf }: Bound,
): Expression | 'absent' | undefined {
  const named = call.args.find(({ kind, name }) => kind === 'keyword' && name === parameter.name);
  if (named !== undefined) {
    return named.value;
  }
  if (call.args.some(({ kind }) => kind === 'star' || kind === 'doubleStar')) {
    return undefined;
  }
  const position = code.parameters.indexOf(parameter) - (hasSelf ? 1 : 0);
  const placed = call.args.filter(({ kind }) => kind === 'positional')[position];
  return placed?.value ?? 'absent';
}
