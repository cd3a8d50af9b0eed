import type { OutputAgreement } from '../stats/agreement';
import { dataVerdict } from '../stats/dataVerdict';
import type { Moments } from '../stats/moments';
import { type ObservedLayer, compareWithStored } from '../stats/observedLayer';
import type { StoredLayer } from '../stats/storedLayer';
import type { Verdict } from '../stats/verdict';
import type { ModelReport } from './report';

/** By index of the layer; a pass that did not run is absent. */
export interface ObservedMoments {
  readonly eval: ReadonlyMap<number, Moments> | undefined;
  readonly batch: ReadonlyMap<number, Moments> | undefined;
}

export interface JudgementRequest {
  readonly report: ModelReport;
  /** In the order of the report. */
  readonly layers: readonly StoredLayer[];
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
  const { report, layers, moments, sampleCount, isSynthetic, agreements } = request;
  const observed = layers.flatMap((layer) => {
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
    layers: layers.map((layer, index) => ({ layer, flags: report.layers[index]?.flags ?? [] })),
    observed,
    sampleCount,
    isSynthetic,
    decay: report.layers[0]?.decay ?? 0.9,
    agreements,
  });
  return { observed, verdict };
}
