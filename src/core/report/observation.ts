/** What a run of a model showed, as the reports need it; the same as the process answers. */

import type { Verdict } from '../stats/verdict';

/** Observed statistics of one layer in one pass; arrays have shape `[channels]`. */
export interface ObservedStatistics {
  /** Activation units. */
  readonly mean: Float64Array;
  /** Squared activation units. */
  readonly variance: Float64Array;
  /** Mean shift in stored standard deviations. */
  readonly z: Float64Array;
  /** Observed over stored variance. */
  readonly ratio: Float64Array;
  /** Divergence of the observed from the stored distribution, in nats. */
  readonly kl: Float64Array;
  readonly medianKl: number | undefined;
  /** Samples behind the numbers. */
  readonly count: number;
}

export interface ObservedLayer {
  readonly index: number;
  readonly eval: ObservedStatistics | undefined;
  readonly batch: ObservedStatistics | undefined;
}

export interface Observation {
  readonly input: {
    readonly label: string;
    readonly isSynthetic: boolean;
    readonly sampleCount: number;
  };
  readonly forcedEval: readonly { readonly node: string; readonly change: string }[];
  readonly layers: readonly ObservedLayer[];
  readonly verdict: Verdict;
  readonly problems: readonly { readonly kind: string; readonly message: string }[];
}
