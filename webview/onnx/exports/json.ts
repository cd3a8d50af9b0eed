/** Every number of the panel, under the names of `bn-guard observe --format json`. */

import type { LayerDataDto, LayerSummaryDto, ObservedDto } from '../../../src/protocol/onnxPanel';
import type { DataView } from '../store';

/** Needs the numbers of every layer. Numbers that are not finite are written as text. */
export function jsonOf({ model, run, layers }: DataView): string {
  const document = {
    version: 1,
    model: {
      fileName: model.fileName,
      sizeBytes: model.byteLength,
      irVersion: model.irVersion,
      opsets: model.opsets,
      producer: model.producer,
    },
    mode: model.mode,
    input: run && {
      label: run.inputLabel,
      isSynthetic: run.isSynthetic,
      sampleCount: run.samples,
      notes: run.notes,
    },
    layers: model.layers.map((layer) => layerOf(layer, layers.get(layer.index))),
    verdict: run?.verdict ?? model.verdict,
    problems: model.problems,
  };
  return `${JSON.stringify(document, plainNumbers, 2)}\n`;
}

function layerOf(layer: LayerSummaryDto, data: LayerDataDto | undefined): object {
  const { index, name, channels, epsilon, decay, flags } = layer;
  const { mean, variance, gamma, beta, observed } = data ?? { observed: {} };
  return {
    ...{ index, name, channels, epsilon },
    momentum: decay,
    flags: flags.map(({ code, severity, message, channels: meant }) => ({
      ...{ code, severity, message },
      channels: meant.length > 0 ? meant : null,
    })),
    stored: { mean, variance, gamma, beta },
    observed: { eval: passOf(observed.eval), batch: passOf(observed.batch) },
  };
}

function passOf(seen: ObservedDto | undefined): object | undefined {
  return seen && { ...seen };
}

/** JSON has neither typed arrays nor NaN. */
function plainNumbers(_key: string, value: unknown): unknown {
  if (value instanceof Float64Array || value instanceof Int32Array) {
    return Array.from(value, (number) => (Number.isFinite(number) ? number : String(number)));
  }
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}
