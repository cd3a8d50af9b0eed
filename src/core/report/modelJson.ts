/** A model report for machines; the shape is a contract and has a version. */

import type { BatchNormLayer, LayerParameter, ModelReport } from '../onnx/report';

export interface ModelJsonOptions {
  /** Whether the values of every channel are written. */
  readonly hasValues: boolean;
}

export function modelJson(report: ModelReport, options: ModelJsonOptions): string {
  const { model, mode, layers, verdict, problems, otherNorms, noBatchNorm } = report;
  const document = {
    version: 1,
    model: {
      path: model.path,
      sizeBytes: model.sizeBytes,
      irVersion: model.irVersion,
      opsets: model.opsets,
      producer: model.producer,
    },
    mode: { asStored: mode, forcedEval: [] },
    layers: layers.map((layer) => layerJson(layer, options)),
    otherNormalizations: otherNorms,
    noBatchNorm,
    verdict,
    problems,
  };
  return `${JSON.stringify(document, writable, 2)}\n`;
}

function layerJson(layer: BatchNormLayer, options: ModelJsonOptions): object {
  const { index, node, name, channels, epsilon, decay, opset, mode, parameters, flags } = layer;
  const { mean, variance, gamma, beta } = parameters;
  return {
    index,
    node,
    name,
    channels,
    epsilon,
    momentum: decay,
    opset,
    mode,
    parameters: {
      mean: parameterJson(mean, options),
      variance: parameterJson(variance, options),
      gamma: parameterJson(gamma, options),
      beta: parameterJson(beta, options),
    },
    flags: flags.map(({ code, severity, message, channels: flagged }) => ({
      code,
      severity,
      message,
      channels: flagged === undefined ? null : Array.from(flagged),
    })),
  };
}

function parameterJson(parameter: LayerParameter, { hasValues }: ModelJsonOptions): object {
  const { source, tensor, dtype, values } = parameter;
  const written = hasValues && values !== undefined ? { values: Array.from(values) } : {};
  return { source, tensor, dtype, ...written };
}

/** JSON has no numbers that are not finite; they are written as text, never as `null`. */
function writable(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}
