/** What one program does with its models in Keras. */

import type { ClassDefinition, FunctionDefinition } from '../../python/nodes';
import type { FunctionValue, Known, LibraryObject, Site } from '../../semantics/value';
import type { GraphNode, Layer } from './layer';
import type { WeightRead, WeightSet } from './weights';

export type Mode = 'train' | 'eval' | 'unknown';

/** What a call says about `training`. */
export interface TrainingArgument {
  /** `default`: the call leaves it out and the model's `call` has a default that says more than None. */
  readonly source: 'absent' | 'constant' | 'parameter' | 'default' | 'unknown';
  readonly mode: Mode;
  readonly site: Site | undefined;
}

/** How one BatchNorm layer runs in a call. */
export interface NormUse {
  readonly norm: Layer;
  /** `frozen`: it uses what is stored whatever it is told, since it is not trainable. */
  readonly mode: Mode | 'frozen';
}

/** `with tf.GradientTape() as tape`, entered once. */
export interface TapeObject extends LibraryObject {
  readonly type: 'kerasTape';
  readonly site: Site;
}

/** A call of a model or layer that is not part of another one's call. */
export interface LayerCall {
  readonly site: Site;
  readonly layer: Layer;
  readonly hasNorm: Known;
  readonly training: TrainingArgument;
  /** Whether its own code has a place for `training`, or is Keras's. */
  readonly takesTraining: boolean;
  readonly norms: readonly NormUse[];
  /** How they would run with `training=True`. */
  readonly told: readonly NormUse[];
  readonly tapes: readonly TapeObject[];
  /** The functions around it, innermost last. */
  readonly functions: readonly FunctionValue[];
  /** Whether it has dropout: then training mode may be meant, to draw several predictions. */
  readonly hasDropout: boolean;
  /** Whether Keras calls it to evaluate or predict: in `test_step` or `predict_step`. */
  readonly isInTestStep: boolean;
  /** Whether all it was given was drawn at random. */
  readonly isFromNoise: boolean;
  /** Whether weights were loaded into it before. */
  readonly isLoaded: boolean;
  /** Whether it had been trained before. */
  readonly isTrained: Known;
  /** Filled as the program is read: whether its result was judged or shown as a prediction. */
  isPrediction: boolean;
}

/** `tape.gradient(loss, variables)`. */
export interface Gradient {
  readonly tape: TapeObject;
  readonly site: Site;
  /** Calls on that tape of models whose weights the gradients are for. */
  readonly calls: readonly LayerCall[];
  /** Filled as the program is read: whether anything was stepped after it. */
  isApplied: boolean;
}

/** `a.assign(b)` over weights of two models. */
export interface WeightCopy {
  readonly site: Site;
  readonly role: 'trainable' | 'runningStatistics';
  readonly target: WeightRead;
  readonly sources: readonly WeightRead[];
}

/** All weights of a model were replaced. */
export interface Refresh {
  readonly site: Site;
  readonly layer: Layer;
  /** Whether the model had been trained by then, or where the weights come from. */
  readonly isAfterTraining: Known;
}

/** A list of weights that goes into a file. */
export interface WeightWrite {
  readonly site: Site;
  /** The function that does it: `numpy.savez`. */
  readonly through: string;
  readonly set: WeightSet;
}

/** `model.fit(...)`, `train_on_batch`. */
export interface Fit {
  readonly site: Site;
  readonly through: string;
  readonly layer: Layer;
  readonly hasNorm: Known;
  /** The BatchNorm layers in it that can be seen. */
  readonly norms: readonly Layer[];
  /** The class and its `call` that takes no `training`; absent when it takes one, or is Keras's own. */
  readonly callWithoutTraining:
    | { readonly type: ClassDefinition; readonly code: FunctionDefinition; readonly path: string }
    | undefined;
  /** Whether the project says what one step is. */
  readonly hasOwnStep: boolean;
  /** How BatchNorm runs when `call` is told nothing about training. */
  readonly untold: readonly NormUse[];
  /** How it runs when `call` is told that it is training. */
  readonly told: readonly NormUse[];
  /** Layers that the model's graph calls with `training=False`, and whether they are trainable. */
  readonly inferenceNodes: readonly {
    readonly node: GraphNode;
    readonly isTrainable: Known;
    /** Where the layer was made trainable. */
    readonly unfrozenAt: Site | undefined;
  }[];
  /** Where BatchNorm layers were frozen that it trains around. */
  readonly frozenAt: readonly Site[];
  /** Where BatchNorm layers were made trainable again after an earlier fit. */
  readonly unfrozenAt: readonly Site[];
  readonly learningPhase: LearningPhase | undefined;
}

/** `K.set_learning_phase(1)`, in force. */
export interface LearningPhase {
  readonly isTraining: boolean;
  readonly site: Site;
}

/** `model.predict(...)`, `evaluate`, `save`. */
export interface ModelUse {
  readonly site: Site;
  readonly through: string;
  readonly layer: Layer | undefined;
  readonly hasNorm: Known;
  readonly learningPhase: LearningPhase | undefined;
  /** Layers with BatchNorm that is not frozen, which the model's graph calls with `training=True`. */
  readonly trainingNodes: readonly GraphNode[];
}

/** A call that a hint is about. */
export interface NotedCall {
  readonly kind: 'loadByName' | 'emaOptimizer';
  readonly site: Site;
  readonly layer: Layer | undefined;
  readonly hasNorm: Known;
  /** What does it: `keras.optimizers.Adam`. */
  readonly through: string;
}

export interface KerasFacts {
  readonly calls: readonly LayerCall[];
  readonly gradients: readonly Gradient[];
  readonly copies: readonly WeightCopy[];
  readonly refreshes: readonly Refresh[];
  readonly writes: readonly WeightWrite[];
  readonly fits: readonly Fit[];
  readonly uses: readonly ModelUse[];
  readonly notes: readonly NotedCall[];
  /** Whether the program trains without tapes and `fit` as well: with PyTorch's or JAX's gradients. */
  readonly hasOtherTraining: boolean;
}

/** {@link KerasFacts} while they are collected. */
export class KerasRecorder implements KerasFacts {
  readonly calls: LayerCall[] = [];
  readonly gradients: Gradient[] = [];
  readonly copies: WeightCopy[] = [];
  readonly refreshes: Refresh[] = [];
  readonly writes: WeightWrite[] = [];
  readonly fits: Fit[] = [];
  readonly uses: ModelUse[] = [];
  readonly notes: NotedCall[] = [];
  hasOtherTraining = false;
}
