/** What a model file says about itself, read without running it. Plain data, safe to send. */

import type { Flag } from '../stats/storedLayer';
import type { Verdict } from '../stats/verdict';
import type { ParameterName } from './batchNorm';
import type { ValueSource } from './resolveValues';

export interface ModelReport {
  readonly model: ModelInfo;
  /** How BatchNorm and Dropout would behave if the file were run as it is. */
  readonly mode: ModelMode;
  readonly inputs: readonly ModelInput[];
  /** In the order of the graph; `layers[i].index === i`. */
  readonly layers: readonly BatchNormLayer[];
  /** Normalisation nodes that keep no running statistics. */
  readonly otherNorms: readonly OtherNorm[];
  /** Present when there is no BatchNormalization: why, and how to export it with them. */
  readonly noBatchNorm: NoBatchNorm | undefined;
  readonly verdict: Verdict;
  readonly problems: readonly ModelProblem[];
}

export type ModelMode = 'eval' | 'training' | 'mixed' | 'none';

export interface ModelInfo {
  readonly path: string;
  readonly sizeBytes: number;
  readonly irVersion: number;
  readonly opsets: readonly { readonly domain: string; readonly version: number }[];
  /** Such as `pytorch 2.9.1`; empty when the file does not say. */
  readonly producer: string;
  readonly graphName: string;
}

export interface ModelInput {
  readonly name: string;
  /** Such as `float32`; `unknown` when the file does not say or it is no tensor. */
  readonly dtype: string;
  /** A name stands for a size decided at run time; absent when the rank is unknown. */
  readonly shape: readonly (number | string)[] | undefined;
}

export interface BatchNormLayer {
  readonly index: number;
  /** The node's own name; empty when the file gives none. */
  readonly node: string;
  /** Something to show: the module path found in the file, else the node's name, else its output. */
  readonly name: string;
  /** 0 when no parameter could be read. */
  readonly channels: number;
  readonly epsilon: number;
  /** Weight of the old running value, in `[0, 1]`. */
  readonly decay: number;
  /** Version of the operator set that defines the node. */
  readonly opset: number;
  readonly mode: 'eval' | 'training';
  /** False inside If, Loop, Scan bodies and functions: the node's input cannot be observed. */
  readonly isMeasurable: boolean;
  readonly parameters: Readonly<Record<ParameterName, LayerParameter>>;
  readonly flags: readonly Flag[];
}

export interface LayerParameter {
  readonly source: ValueSource;
  /** Name of the tensor that holds the values; several layers may name the same one. */
  readonly tensor: string;
  readonly dtype: string;
  /** Shape `[channels]`; absent when computed in the graph or not readable. */
  readonly values: Float64Array | undefined;
}

export interface OtherNorm {
  readonly node: string;
  readonly opType: string;
  /** Why it has nothing to check, in one sentence. */
  readonly message: string;
}

export interface NoBatchNorm {
  /** What was found instead and why. */
  readonly summary: string;
  /** What to do. */
  readonly nextStep: string;
  /** The line of code that exports again with BatchNorm kept; empty when there is none. */
  readonly exportLine: string;
}

/** Something that kept the report from being complete. */
export interface ModelProblem {
  readonly kind: string;
  readonly message: string;
}

/** Why there is no report at all. */
export interface ModelError {
  readonly kind: 'notOnnx' | 'truncated';
  /** What is wrong and what to do: sentences for a dialog. */
  readonly message: string;
}
