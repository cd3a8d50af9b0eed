/** Optimizers, and what else takes a list of variables without a checkpoint. */

import { findArgument } from '../../semantics/callArguments';
import type { LibraryCall } from '../../semantics/library';
import type { Machine } from '../../semantics/machine';
import {
  type Known,
  type LibraryObject,
  type Value,
  constant,
  libraryValue,
  unknown,
} from '../../semantics/value';
import type { TensorFlow1Recorder } from './facts';
import { variableSetOf } from './variableSet';

/** Whether the graph has optimizer slots or averages by now. */
export class OptimizerState {
  readonly #cell: number;

  /** @param isKnown whether the program starts here, with an empty graph */
  constructor(machine: Machine, { isKnown }: { readonly isKnown: boolean }) {
    this.#cell = machine.newCell(isKnown ? constant(false) : unknown);
  }

  build(machine: Machine): void {
    machine.store.write(this.#cell, constant(true));
  }

  isBuilt(machine: Machine): Known {
    const state = machine.store.read(this.#cell);
    if (state?.kind !== 'constant') {
      return 'unknown';
    }
    return state.value === true ? 'yes' : 'no';
  }
}

export interface OptimizerObject extends LibraryObject {
  readonly type: 'optimizer' | 'movingAverage';
}

const optimizerName =
  /^(?:tensorflow\.(?:train|contrib\.opt)|keras\.optimizers|tensorflow\.contrib\.optimizer_v2)\.\w+$/;

/** Whether a name is that of a class of optimizers. */
export function isOptimizerName(name: string): boolean {
  return optimizerName.test(name) && name.endsWith('Optimizer');
}

interface Context {
  readonly call: LibraryCall;
  readonly recorder: TensorFlow1Recorder;
  readonly state: OptimizerState;
}

/** Functions that build a train op of their own, and read gradients. */
const trainOpBuilders = new Set([
  'slim.learning.create_train_op',
  'slim.training.create_train_op',
  'slim.optimize_loss',
  'tensorflow.contrib.training.create_train_op',
]);

export function callOptimizing(name: string, context: Context): Value | undefined {
  const { call, state } = context;
  if (name === 'tensorflow.train.ExponentialMovingAverage') {
    return libraryValue({ type: 'movingAverage' });
  }
  if (isOptimizerName(name)) {
    return libraryValue({ type: 'optimizer' });
  }
  if (trainOpBuilders.has(name)) {
    recordUse(name, findArgument(call.args, undefined, 'variables_to_train', 'variables'), context);
    state.build(call.machine);
    return unknown;
  }
  if (name === 'tensorflow.gradients') {
    recordUse(name, findArgument(call.args, 1, 'xs'), context);
    return unknown;
  }
  return undefined;
}

/** Where each method of an optimizer takes its variables. */
const optimizerMethods: Readonly<Record<string, number | undefined>> = {
  minimize: 2,
  compute_gradients: 1,
};

export function callOptimizerMethod(name: string, context: Context): Value | undefined {
  const { call, state } = context;
  if (name === 'apply_gradients') {
    state.build(call.machine);
    return unknown;
  }
  const position = optimizerMethods[name];
  if (position === undefined) {
    return undefined;
  }
  recordUse(name, findArgument(call.args, position, 'var_list'), context);
  if (name === 'minimize') {
    state.build(call.machine);
  }
  return unknown;
}

/** `ema.apply(variables)` makes shadows that live under the variables' scopes. */
export function callAverageMethod(
  name: string,
  { call, recorder, state }: Context,
): Value | undefined {
  if (name !== 'apply') {
    return undefined;
  }
  recordUse('ExponentialMovingAverage.apply', findArgument(call.args, 0, 'var_list'), {
    call,
    recorder,
    state,
  });
  state.build(call.machine);
  return unknown;
}

function recordUse(
  by: string,
  given: Value | 'absent' | 'unknown',
  { call, recorder }: Context,
): void {
  if (given === 'absent' || given === 'unknown') {
    return;
  }
  const { reads } = variableSetOf(given, call.machine);
  if (reads.length > 0) {
    recorder.otherUses.push({ by, site: call.site, reads });
  }
}
