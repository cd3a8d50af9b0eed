/** What one program does to its variables in TensorFlow 1. */

import type { Site } from '../../semantics/value';
import type { VariableSet } from './variableSet';
import type { CollectionRead } from './variables';

/** Variables that meet a checkpoint. */
export interface CheckpointUse {
  readonly direction: 'restore' | 'save';
  /** The call that reads or writes: `saver.restore(...)`. */
  readonly site: Site;
  /** The function that does it: `tensorflow.train.Saver`. */
  readonly through: string;
  readonly variables: VariableSet;
  /** The expression that gives the variables. */
  readonly variablesSite: Site | undefined;
  /** The call that took the variables: `tf.train.Saver(...)`. */
  readonly takenAt: Site;
}

/** A list of variables that went somewhere else than to a checkpoint. */
export interface OtherUse {
  /** The function it was given to: `tensorflow.gradients`. */
  readonly by: string;
  readonly site: Site;
  readonly reads: readonly CollectionRead[];
}

export interface TensorFlow1Facts {
  readonly checkpointUses: readonly CheckpointUse[];
  readonly otherUses: readonly OtherUse[];
}

/** {@link TensorFlow1Facts} while they are collected. */
export class TensorFlow1Recorder implements TensorFlow1Facts {
  readonly checkpointUses: CheckpointUse[] = [];
  readonly otherUses: OtherUse[] = [];
}
