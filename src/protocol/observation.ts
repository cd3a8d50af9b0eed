/** What running a model on samples showed. Arrays have shape `[channels]` of their layer. */

import type { ModelProblemDto, VerdictDto } from './modelReport';

export interface ObservationDto {
  readonly input: ObservedInputDto;
  /** What was changed, in memory only, so that the model runs in evaluation mode. */
  readonly forcedEval: readonly ModeChangeDto[];
  /** Same indices as the layers of the model report; layers that cannot be observed are absent. */
  readonly layers: readonly ObservedLayerDto[];
  /** How far the answers of both passes agree, per output; empty when only one pass ran. */
  readonly agreements: readonly AgreementDto[];
  /** Present when asked for: what is needed to merge this run with others. */
  readonly moments: ObservedMomentsDto | undefined;
  readonly verdict: VerdictDto;
  readonly problems: readonly ModelProblemDto[];
  readonly elapsedMs: number;
}

export interface ObservedInputDto {
  /** For people: the file's name and shape, or that the samples are synthetic. */
  readonly label: string;
  readonly isSynthetic: boolean;
  readonly sampleCount: number;
  readonly tensors: readonly {
    readonly name: string;
    readonly dtype: string;
    readonly shape: readonly number[];
  }[];
}

export interface ModeChangeDto {
  readonly node: string;
  /** Such as `training_mode 1 → 0`. */
  readonly change: string;
}

export interface ObservedLayerDto {
  readonly index: number;
  readonly eval: ObservedStatisticsDto | undefined;
  readonly batch: ObservedStatisticsDto | undefined;
}

/** Observed statistics of a layer's input, and how far the stored ones are from them. */
export interface ObservedStatisticsDto {
  /** Mean over samples and positions, in activation units. */
  readonly mean: Float64Array;
  /** Population variance over samples and positions, in squared activation units. */
  readonly variance: Float64Array;
  /** Standard error of the mean between samples, in activation units; NaN for one sample. */
  readonly standardError: Float64Array;
  /** `(mean − stored mean) / √(stored variance + epsilon)`. */
  readonly z: Float64Array;
  /** `(variance + epsilon) / (stored variance + epsilon)`. */
  readonly ratio: Float64Array;
  /** KL divergence of the observed from the stored normal distribution, in nats; 0 when equal. */
  readonly kl: Float64Array;
  /** Median of `kl`; absent when no channel has a finite one. */
  readonly medianKl: number | undefined;
  /** Samples behind the numbers. */
  readonly count: number;
  /** Values per channel behind the numbers: samples × positions. */
  readonly valueCount: number;
}

export interface AgreementDto {
  /** Name of the model's output. */
  readonly output: string;
  /** Samples compared. */
  readonly sampleCount: number;
  /** Share of samples with the same largest score, in `[0, 1]`; absent when there are no scores. */
  readonly sameTop: number | undefined;
  /** Median over samples of `‖evaluation − batch‖ ÷ ‖batch‖`, unitless; finite. */
  readonly relativeDifference: number;
}

/** By index of the layer; a pass that did not run is absent. */
export interface ObservedMomentsDto {
  readonly eval: ReadonlyMap<number, MomentsDto> | undefined;
  readonly batch: ReadonlyMap<number, MomentsDto> | undefined;
}

/** Sufficient statistics of a layer's input; arrays have shape `[channels]`. */
export interface MomentsDto {
  /** Samples seen. */
  readonly count: number;
  /** Values per channel: samples × positions. */
  readonly valueCount: number;
  /** Mean over all values, activation units. */
  readonly mean: Float64Array;
  /** Sum of squared deviations from `mean` over all values, squared activation units. */
  readonly squares: Float64Array;
  /** Mean of the samples' means, each sample weighing the same. */
  readonly sampleMean: Float64Array;
  /** Sum over samples of squared deviations of a sample's mean from `sampleMean`. */
  readonly betweenSquares: Float64Array;
}
