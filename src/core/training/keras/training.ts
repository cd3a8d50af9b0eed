/** Gradients and the steps that follow them. */

import type { Value } from '../../semantics/value';
import { unknown } from '../../semantics/value';
import type { KerasContext } from './context';
import type { Gradient, TapeObject } from './facts';
import { membersOf, treeOf } from './layer';
import { weightSetOf } from './weights';

/** `tape.gradient(loss, variables)`. */
export function callTapeMethod(
  tape: TapeObject,
  name: string,
  context: KerasContext,
): Value | undefined {
  const { call, recorder, state } = context;
  const { machine, args, site } = call;
  if (name !== 'gradient') {
    return undefined;
  }
  const sources = args.positional[1] ?? args.keywords.get('sources') ?? unknown;
  const { reads } = weightSetOf(sources, machine);
  const trees = reads.map(({ layer }) => new Set(treeOf(layer, machine).map(membersOf)));
  const calls = recorder.calls.filter(
    ({ tapes, layer }) => tapes.includes(tape) && trees.some((tree) => tree.has(membersOf(layer))),
  );
  const gradient: Gradient = { tape, site, calls, isApplied: false };
  recorder.gradients.push(gradient);
  state.beat(machine);
  state.pending.push(...reads.map(({ layer }) => layer));
  return unknown;
}

/** A step of an optimizer: the gradients that were taken before are applied. */
export function applyGradients({ call, recorder, state }: KerasContext): void {
  for (const gradient of recorder.gradients) {
    gradient.isApplied = true;
  }
  for (const layer of new Set(state.pending)) {
    state.train(layer, call.machine);
  }
  state.pending.length = 0;
}

/** `optimizer.minimize(loss, variables)` calls its loss inside a tape of its own. */
export function minimize(context: KerasContext): Value {
  const { call, state } = context;
  const { machine, args, site, argumentSites } = call;
  const [loss = unknown, variables] = args.positional;
  if (loss.kind === 'function') {
    const tape: TapeObject = { type: 'kerasTape', site };
    const entered = state.enterTape(tape, machine);
    machine.call(
      loss,
      {
        positional: [],
        keywords: new Map(),
        hasUnknownPositional: false,
        hasUnknownKeywords: false,
      },
      { site, argumentSites },
    );
    entered.exit();
    const sources = variables ?? args.keywords.get('var_list') ?? unknown;
    const positional = [unknown, sources];
    callTapeMethod(tape, 'gradient', {
      ...context,
      call: { ...call, args: { ...args, positional } },
    });
    applyGradients(context);
  }
  return unknown;
}
