/**
 * Whether what a model says of a sample depends on the other samples of the batch.
 *
 * A healthy model in evaluation mode judges each sample by itself. With the statistics of the batch
 * it does not: among near-identical neighbours, what they share is normalised away.
 */

import { distanceOf, topOf } from './agreement';
import { medianOf } from './summary';

/** What the model answers about one sample in the four batches of the experiment. */
export interface NeighbourAnswers {
  /** Stored statistics, among samples of all kinds; `[numbers per sample]`, as all of these. */
  readonly evalMixed: Float64Array;
  /** Stored statistics, among near-identical variations of the sample. */
  readonly evalSimilar: Float64Array;
  readonly batchMixed: Float64Array;
  readonly batchSimilar: Float64Array;
}

type Condition = keyof NeighbourAnswers;

export interface SubjectReport {
  /** Index of the largest score in each batch; absent when the answer is no list of scores. */
  readonly tops: Readonly<Record<Condition, number>> | undefined;
  /** `‖a − b‖ ÷ ‖b‖` of the answers, unitless, for each comparison. */
  readonly differences: Readonly<Record<NeighbourComparison, number>>;
}

/**
 * `evaluation`: other neighbours, stored statistics. `batch`: other neighbours, batch statistics.
 * `modes`: stored against batch statistics, in the mixed batch.
 */
export type NeighbourComparison = 'evaluation' | 'batch' | 'modes';

export interface ComparisonReport {
  /** Subjects with another largest score; absent when the answer is no list of scores. */
  readonly changedTops: number | undefined;
  /** Median over subjects, unitless. */
  readonly difference: number;
}

export interface NeighbourReport {
  readonly subjects: readonly SubjectReport[];
  readonly comparisons: Readonly<Record<NeighbourComparison, ComparisonReport>>;
  readonly verdict: NeighbourVerdict;
}

export interface NeighbourVerdict {
  /**
   * `independent`: evaluation mode gives what a mixed batch gives, whatever the neighbours are.
   * `lost`: it does not, so the stored statistics are not those of these samples.
   * `dependent`: even in evaluation mode the neighbours matter.
   */
  readonly kind: 'independent' | 'uncertain' | 'lost' | 'dependent';
  readonly severity: 'ok' | 'warning' | 'error';
  readonly summary: string;
  /** Sentences with the numbers. */
  readonly evidence: readonly string[];
}

const pairs: Readonly<Record<NeighbourComparison, readonly [Condition, Condition]>> = {
  evaluation: ['evalSimilar', 'evalMixed'],
  batch: ['batchSimilar', 'batchMixed'],
  modes: ['evalMixed', 'batchMixed'],
};

/** @param isScores whether an answer is one score per class */
export function judgeNeighbours(
  answers: readonly NeighbourAnswers[],
  isScores: boolean,
): NeighbourReport {
  const subjects = answers.map((answer): SubjectReport => ({
    tops: isScores ? byCondition((condition) => topOf(answer[condition])) : undefined,
    differences: byComparison((name) => {
      const [own, other] = pairs[name];
      return distanceOf(answer[own], answer[other]);
    }),
  }));
  const comparisons = byComparison((name) => comparisonOf(subjects, name));
  return { subjects, comparisons, verdict: verdictOf(comparisons, subjects.length) };
}

function byCondition(value: (condition: Condition) => number): Record<Condition, number> {
  return {
    evalMixed: value('evalMixed'),
    evalSimilar: value('evalSimilar'),
    batchMixed: value('batchMixed'),
    batchSimilar: value('batchSimilar'),
  };
}

function byComparison<T>(value: (name: NeighbourComparison) => T): Record<NeighbourComparison, T> {
  return { evaluation: value('evaluation'), batch: value('batch'), modes: value('modes') };
}

function comparisonOf(
  subjects: readonly SubjectReport[],
  name: NeighbourComparison,
): ComparisonReport {
  const [own, other] = pairs[name];
  const tops = subjects.flatMap((subject) => subject.tops ?? []);
  return {
    changedTops:
      tops.length === 0 ? undefined : tops.filter((top) => top[own] !== top[other]).length,
    difference: medianOf(subjects.map(({ differences }) => differences[name])) ?? NaN,
  };
}

/** Rounding differs with the size of a batch, by less than this. */
const rounding = 1e-3;
/** Shares of subjects whose answer the stored statistics change. */
const few = 0.2;
const most = 0.5;

type Comparisons = NeighbourReport['comparisons'];

function verdictOf(comparisons: Comparisons, count: number): NeighbourVerdict {
  const evidence = evidenceOf(comparisons, count);
  const { evaluation, modes } = comparisons;
  if (!(evaluation.difference <= rounding)) {
    return {
      ...{ kind: 'dependent', severity: 'error', evidence },
      summary:
        'Even in evaluation mode the answer depends on the other samples of the batch: the model computes statistics from the batch.',
    };
  }
  const share = modes.changedTops === undefined ? modes.difference : modes.changedTops / count;
  if (share < few) {
    return {
      ...{ kind: 'independent', severity: 'ok', evidence },
      summary:
        'In evaluation mode each sample is judged by itself, and as it is in a mixed batch. The stored statistics do their work.',
    };
  }
  const isLost = share >= most;
  return {
    ...{ kind: isLost ? 'lost' : 'uncertain', severity: isLost ? 'error' : 'warning', evidence },
    summary: `Evaluation mode ${isLost ? 'mostly' : 'often'} answers differently from a mixed batch: the stored statistics are not those of these samples. Only among mixed neighbours, with the statistics of the batch, does the model look right. A run over the samples says which layers are wrong.`,
  };
}

function evidenceOf({ evaluation, batch, modes }: Comparisons, count: number): readonly string[] {
  return [
    evidenceLine('Stored statistics, other neighbours', evaluation, count),
    evidenceLine('Statistics of the batch, other neighbours', batch, count),
    evidenceLine('Stored statistics against those of a mixed batch', modes, count),
  ];
}

function evidenceLine(
  compared: string,
  { changedTops, difference }: ComparisonReport,
  count: number,
): string {
  const moved = (100 * difference).toFixed(difference < 0.1 ? 1 : 0);
  return changedTops === undefined
    ? `${compared}: the answer moves by ${moved} % (median of ${String(count)} samples).`
    : `${compared}: ${String(changedTops)} of ${String(count)} samples get another answer; the answer moves by ${moved} % in the median.`;
}
