/** How one program keeps BatchNorm's moving statistics up to date, or fails to. */

import type { Site } from '../../../semantics/value';

/** What a BatchNorm layer is told about being in training. */
export interface TrainingFlag {
  /** Where its value comes from; `default` when the call leaves it out. */
  readonly source: 'default' | 'constant' | 'placeholder' | 'parameter' | 'unknown';
  /** How the layer runs with it, as far as that is settled. */
  readonly mode: 'train' | 'eval' | 'unknown';
  /** The expression that gives it. */
  readonly site: Site | undefined;
}

/** One BatchNorm layer that was built, or a network full of them. */
export interface BatchNormLayer {
  /** What builds it: `tensorflow.layers.batch_normalization`. */
  readonly name: string;
  readonly api: 'layers' | 'slim' | 'network';
  readonly site: Site;
  readonly flag: TrainingFlag;
  /** Whether it leaves its updates in UPDATE_OPS for somebody to run. */
  readonly updates: 'deferred' | 'inline' | 'unknown';
}

/** A call that makes the op that trains. */
export interface TrainOp {
  /** What makes it: `minimize`. */
  readonly through: string;
  readonly site: Site;
}

export interface UpdateFacts {
  readonly layers: readonly BatchNormLayer[];
  readonly trainOps: readonly TrainOp[];
}

/** {@link UpdateFacts} while they are collected. */
export class UpdateRecorder implements UpdateFacts {
  readonly layers: BatchNormLayer[] = [];
  readonly trainOps: TrainOp[] = [];
}
