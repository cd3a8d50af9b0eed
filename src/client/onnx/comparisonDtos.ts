/** What the model process answers about two models, as the webview needs it. */

import type { ComparedModelsDto, RepairCheckDto, RepairDto } from '../../protocol/comparison';
import type { BatchNormDto, ModelReportDto } from '../../protocol/modelReport';
import type {
  ComparedChannelsDto,
  ComparedDto,
  ModelFile,
  RepairStateDto,
  RepairedDto,
  StoredDto,
} from '../../protocol/onnxPanel';

export function toCompared(
  { comparison, input }: ComparedModelsDto,
  other: ModelFile,
): ComparedDto {
  const { layers, unmatched, better } = comparison;
  const klOf = (of: (layer: (typeof layers)[number]) => number | undefined): Float64Array =>
    Float64Array.from(layers, (layer) => of(layer) ?? NaN);
  return {
    other,
    input: input ? { label: input.label, samples: input.sampleCount } : null,
    pairs: layers.map(({ names, channels, changedChannels }) => ({
      names,
      channels,
      changedChannels,
    })),
    storedKl: klOf(({ storedKl }) => storedKl),
    observedKl: {
      first: klOf(({ observedKl }) => observedKl.first),
      second: klOf(({ observedKl }) => observedKl.second),
    },
    unmatched,
    better: better ?? null,
  };
}

/** @param pair position among the pairs of the comparison */
export function toComparedChannels(
  first: ModelReportDto,
  { comparison, second }: ComparedModelsDto,
  pair: number,
): ComparedChannelsDto | undefined {
  const indices = comparison.layers[pair]?.indices;
  const own = first.layers[indices?.first ?? -1];
  const other = second.layers[indices?.second ?? -1];
  return own && other && { pair, first: toStored(own), second: toStored(other) };
}

/** Every array is a copy of its own: a view would take its whole buffer along. */
function toStored({ parameters: { mean, variance } }: BatchNormDto): StoredDto {
  return {
    ...(mean.values && { mean: mean.values.slice() }),
    ...(variance.values && { variance: variance.values.slice() }),
  };
}

export function toRepaired(repair: RepairDto, copy: ModelFile): RepairedDto {
  const { sampleCount, advisedSamples, layerCount, before, after } = repair;
  return {
    ...{ copy, samples: sampleCount, advisedSamples, layerCount },
    before: before ? toState(before) : null,
    after: toState(after),
  };
}

function toState({ verdict, agreements }: RepairCheckDto): RepairStateDto {
  return {
    severity: verdict.severity,
    summary: verdict.summary,
    agreements: agreements.map(({ output, sameTop, relativeDifference }) => ({
      ...{ output, relativeDifference },
      sameTop: sameTop ?? null,
    })),
  };
}
