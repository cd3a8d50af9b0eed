/** `torch.nn.functional.batch_norm`. */

import { findArgument } from '../../semantics/callArguments';
import type { Value } from '../../semantics/value';
import type { TorchContext } from './context';
import type { FunctionalNorm } from './facts';
import { isNetClass } from './net';
import { isTensor } from './tensors';

/** @source https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.batch_norm.html */
const positions = { running_mean: 1, training: 5 } as const;

/** Notes calls that are given running statistics. */
export function recordFunctionalNorm({ call, recorder }: TorchContext): undefined {
  const { args, argumentSites, machine, site } = call;
  const mean = findArgument(args, positions.running_mean, 'running_mean');
  const within = machine.running.at(-1);
  if (typeof mean === 'string' || isNothing(mean)) {
    return;
  }
  recorder.functionalNorms.push({
    site,
    meanSite: argumentSites.get('running_mean') ?? argumentSites.get(positions.running_mean),
    training: trainingOf(findArgument(args, positions.training, 'training')),
    trainingSite: argumentSites.get('training') ?? argumentSites.get(positions.training),
    within,
    isInNet: within?.owner !== undefined && isNetClass(within.owner),
  });
}

/** `None`, or numbers that are made for the call. */
function isNothing(value: Value): boolean {
  return (
    (value.kind === 'constant' && value.value === null) ||
    (value.kind === 'library' && isTensor(value.object) && value.object.isNoise)
  );
}

function trainingOf(given: ReturnType<typeof findArgument>): FunctionalNorm['training'] {
  if (given === 'absent') {
    return 'absent';
  }
  const isTrue = given !== 'unknown' && given.kind === 'constant' && given.value === true;
  return isTrue ? 'true' : 'other';
}
