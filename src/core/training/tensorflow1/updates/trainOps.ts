/** What trains a TensorFlow 1 graph. */

import type { LibraryCall } from '../../../semantics/library';
import { isOptimizerName } from '../optimizers';
import type { UpdateRecorder } from './facts';

/** Functions that make a train op of their own, and run the updates with it. */
const builders = new Set([
  'slim.learning.create_train_op',
  'slim.training.create_train_op',
  'slim.optimize_loss',
  'tensorflow.contrib.training.create_train_op',
]);

export function noteTrainOpBuilder(
  name: string,
  { site }: LibraryCall,
  recorder: UpdateRecorder,
): void {
  if (builders.has(name)) {
    recorder.trainOps.push({ through: name, site });
  }
}

/** Takes down that an optimizer is made: it adds ops to the graph only when it minimizes. */
export function noteOptimizer(name: string, { site }: LibraryCall, recorder: UpdateRecorder): void {
  if (isOptimizerName(name)) {
    recorder.oplessCalls.push({ site });
  }
}

/** `optimizer.minimize(loss)`, whoever made the optimizer. */
export function noteOptimizerMethod(
  name: string,
  { site }: LibraryCall,
  recorder: UpdateRecorder,
): void {
  if (name === 'minimize' || name === 'apply_gradients') {
    recorder.trainOps.push({ through: name, site });
  }
}
