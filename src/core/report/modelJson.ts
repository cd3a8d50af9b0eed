/** A model report for machines; the shape is a contract and has a version. */

import type { BatchNormLayer, LayerParameter, ModelReport } from '../onnx/report';
import type { Observation, ObservedStatistics } from './observation';
import { textForOddNumbers } from './oddNumbers';

export interface ModelJsonOptions {
  /** Whether the values of every channel are written. */
  readonly hasValues: boolean;
}

/** @param observation what a run showed; its verdict takes the place of the static one */
export function modelJson(
  report: ModelReport,
  options: ModelJsonOptions,
  observation?: Observation,
): string {
  const { model, mode, layers, otherNorms, noBatchNorm } = report;
  const problems = [...report.problems, ...(observation?.problems ?? [])];
  const document = {
    version: 1,
    model: {
      path: model.path,
      sizeBytes: model.sizeBytes,
      irVersion: model.irVersion,
      opsets: model.opsets,
      producer: model.producer,
    },
    mode: { asStored: mode, forcedEval: observation?.forcedEval ?? [] },
    input: observation?.input,
    layers: layers.map((layer) => ({
      ...layerJson(layer, options),
      observed: observedJson(layer, observation),
    })),
    otherNormalizations: otherNorms,
    noBatchNorm,
    verdict: observation?.verdict ?? report.verdict,
    problems,
  };
  return `${JSON.stringify(document, textForOddNumbers, 2)}\n`;
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

/** Both passes of a layer; `undefined`, and so not written, when nothing was run. */
function observedJson({ index }: BatchNormLayer, observation?: Observation): object | undefined {
  const layer = observation?.layers.find((own) => own.index === index);
  return (
    layer && {
      eval: layer.eval && statisticsJson(layer.eval),
      batch: layer.batch && statisticsJson(layer.batch),
    }
  );
}

function statisticsJson({ mean, variance, kl, z, ratio, count }: ObservedStatistics): object {
  return {
    mean: Array.from(mean),
    variance: Array.from(variance),
    kl: Array.from(kl),
    z: Array.from(z),
    ratio: Array.from(ratio),
    count,
  };
}

function parameterJson(parameter: LayerParameter, { hasValues }: ModelJsonOptions): object {
  const { source, tensor, dtype, values } = parameter;
  const written = hasValues && values !== undefined ? { values: Array.from(values) } : {};
  return { source, tensor, dtype, ...written };
}
