import { type Moments, mergeMoments } from './moments';

/** Moments of every observed layer by its index; a pass that did not run is absent. */
export interface ObservedMoments {
  readonly eval: LayerMoments | undefined;
  readonly batch: LayerMoments | undefined;
}

type LayerMoments = ReadonlyMap<number, Moments>;

/** Both runs together, as if one had seen all samples. A pass that one of them lacks is left out. */
export function mergeObserved(a: ObservedMoments, b: ObservedMoments): ObservedMoments {
  return { eval: mergeLayers(a.eval, b.eval), batch: mergeLayers(a.batch, b.batch) };
}

function mergeLayers(
  a: LayerMoments | undefined,
  b: LayerMoments | undefined,
): LayerMoments | undefined {
  if (a === undefined || b === undefined) {
    return undefined;
  }
  return new Map(
    [...a].flatMap(([index, own]) => {
      const other = b.get(index);
      return other === undefined ? [] : [[index, mergeMoments(own, other)]];
    }),
  );
}
