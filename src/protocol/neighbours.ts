/** How far what a model says of a sample depends on the other samples of its batch. */

/** Index of the largest score in the four batches of the experiment. */
export interface NeighbourTopsDto {
  /** Stored statistics, among samples of all kinds. */
  readonly evalMixed: number;
  /** Stored statistics, among near-identical variations of the sample. */
  readonly evalSimilar: number;
  readonly batchMixed: number;
  readonly batchSimilar: number;
}

/**
 * `evaluation`: other neighbours, stored statistics. `batch`: other neighbours, statistics of the
 * batch. `modes`: stored statistics against those of the batch, among mixed neighbours.
 */
export type NeighbourComparisonDto = 'evaluation' | 'batch' | 'modes';

export interface NeighbourSubjectDto {
  /** Absent when the answer is no list of scores. */
  readonly tops: NeighbourTopsDto | undefined;
  /** `‖a − b‖ ÷ ‖b‖` of the answers, unitless. */
  readonly differences: Readonly<Record<NeighbourComparisonDto, number>>;
}

export interface NeighboursDto {
  /** For people: which samples, and how many stood beside each. */
  readonly input: {
    readonly label: string;
    readonly isSynthetic: boolean;
    /** Samples in each batch. */
    readonly batchSize: number;
    /** Whether the near-identical samples were made from the sample or given. */
    readonly similar: 'made' | 'given';
  };
  /** Name of the output that is compared. */
  readonly output: string;
  readonly subjects: readonly NeighbourSubjectDto[];
  readonly comparisons: Readonly<
    Record<
      NeighbourComparisonDto,
      {
        /** Subjects with another largest score; absent when the answer is no list of scores. */
        readonly changedTops: number | undefined;
        /** Median over subjects, unitless. */
        readonly difference: number;
      }
    >
  >;
  readonly verdict: {
    readonly kind: 'independent' | 'uncertain' | 'lost' | 'dependent';
    readonly severity: 'ok' | 'warning' | 'error';
    readonly summary: string;
    readonly evidence: readonly string[];
  };
  /** Sentences about what was noticed on the way. */
  readonly notes: readonly string[];
}
