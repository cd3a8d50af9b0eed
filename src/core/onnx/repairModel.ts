/** A copy of a model that stores other running statistics: whether it may be made, and its bytes. */

import type { ByteSource } from '../base/byteSource';
import { type Result, err, ok } from '../base/result';
import type { ChannelStatistics } from '../stats/divergence';
import { isBatchNorm, readBatchNorm } from './batchNorm';
import { openModel } from './describeModel';
import { mainFrame, placedNodes } from './frame';
import type { ModelReport } from './report';
import { piecesOf, replaceStatistics } from './surgery/replaceStatistics';
import type { OpenExternal } from './tensorValues';

/** Fewer samples give statistics that only roughly are those of all data. */
export const advisedSamples = 1000;
const fewestSamples = 16;

export interface RepairPlace {
  /** Whether the copy would be the original itself. */
  readonly isOriginal: boolean;
  readonly isSameFolder: boolean;
}

/** Why a repair would do harm or no good, and what to do instead. */
export function repairRefusal(
  { layers }: Pick<ModelReport, 'layers'>,
  { isOriginal, isSameFolder }: RepairPlace,
): string | undefined {
  if (isOriginal) {
    return 'The repaired model is never written over the original. Name another file.';
  }
  const parameters = layers.flatMap((layer) => Object.values(layer.parameters));
  if (!isSameFolder && parameters.some(({ source }) => source === 'external')) {
    return 'The model keeps its weights in a file beside it. Write the repaired one into the same folder.';
  }
  return layers.some(({ mode }) => mode === 'training')
    ? 'The model is stored in training mode and does not use its statistics. Export it in evaluation mode first.'
    : undefined;
}

/** Why so many samples are not enough; absent when they are. */
export function tooFewToRepair(sampleCount: number): string | undefined {
  return sampleCount < fewestSamples
    ? `${String(sampleCount)} samples are too few to estimate statistics from; use ${String(advisedSamples)} or more.`
    : undefined;
}

export interface RepairRequest {
  readonly source: ByteSource;
  readonly openExternal: OpenExternal;
  /** Of the layers, in their order. */
  readonly names: readonly string[];
  /** By index of the layer; a layer that is not named keeps what it has. */
  readonly statistics: ReadonlyMap<number, ChannelStatistics>;
}

export interface RepairedModel {
  /** Read from the source as they are asked for. */
  readonly pieces: Iterable<Uint8Array>;
  /** How many layers get new statistics. */
  readonly layerCount: number;
}

export function repairModel(request: RepairRequest): Result<RepairedModel, string> {
  const { source, openExternal, names, statistics } = request;
  const opened = openModel(source);
  if (!opened.ok) {
    return err(opened.error.message);
  }
  const { file, model } = opened.value;
  const nodes = [...placedNodes(model, mainFrame(model))].filter(isBatchNorm);
  const layers = nodes.flatMap((place, index) => {
    const own = statistics.get(index);
    const node = (): ReturnType<typeof readBatchNorm> =>
      readBatchNorm({ file, openExternal }, place);
    return own ? [{ name: names[index] ?? '', node: node(), statistics: own }] : [];
  });
  const { segments, unwritten } = replaceStatistics({ file, model, layers });
  return unwritten.length > 0
    ? err(
        `${unwritten.join(', ')} shares its statistics with other layers inside a function, where it cannot be given its own. Inline the functions first: onnx.inliner.inline_local_functions(model).`,
      )
    : ok({ pieces: piecesOf(file, segments), layerCount: layers.length });
}
