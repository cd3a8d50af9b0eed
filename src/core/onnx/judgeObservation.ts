import type { OutputAgreement } from '../stats/agreement';
import { dataVerdict } from '../stats/dataVerdict';
import { type ObservedLayer, compareWithStored } from '../stats/observedLayer';
import type { ObservedMoments } from '../stats/observedMoments';
import type { Verdict } from '../stats/verdict';
import { flaggedLayersOf } from './layer';
import type { ModelReport } from './report';

export interface JudgementRequest {
  readonly report: ModelReport;
  readonly moments: ObservedMoments;
  readonly sampleCount: number;
  readonly isSynthetic: boolean;
  readonly agreements: readonly OutputAgreement[];
}

export interface Judgement {
  /** Layers that were observed, with how far the stored statistics are from what was seen. */
  readonly observed: readonly ObservedLayer[];
  readonly verdict: Verdict;
}

/** Compares what a run showed with what the model stores. */
export function judgeObservation(request: JudgementRequest): Judgement {
  const { report, moments, sampleCount, isSynthetic, agreements } = request;
  const flagged = flaggedLayersOf(report);
  const observed = flagged.flatMap(({ layer }) => {
    const evaluation = moments.eval?.get(layer.index);
    const batch = moments.batch?.get(layer.index);
    return evaluation === undefined && batch === undefined
      ? []
      : [
          {
            index: layer.index,
            eval: evaluation && compareWithStored(layer, evaluation),
            batch: batch && compareWithStored(layer, batch),
          },
        ];
  });
  const verdict = dataVerdict({
    layers: flagged,
    observed,
    sampleCount,
    isSynthetic,
    decay: report.layers[0]?.decay ?? 0.9,
    agreements,
  });
  return { observed, verdict };
}
