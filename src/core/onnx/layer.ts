import type { FlaggedLayer } from '../stats/staticVerdict';
import type { StoredLayer } from '../stats/storedLayer';
import { type BatchNormNode, type ParameterName, parameterNames } from './batchNorm';
import type { BatchNormLayer, LayerParameter, ModelReport } from './report';
import type { ResolvedValues } from './resolveValues';

interface Place {
  readonly index: number;
  readonly all: readonly BatchNormNode[];
}

/** What the judgement needs of a node. */
export function storedLayerOf(node: BatchNormNode, { index, all }: Place): StoredLayer {
  const { mean, variance, gamma, beta } = node.parameters;
  return {
    index,
    name: layerName(node, index),
    channels: channelsOf(node),
    epsilon: node.epsilon,
    mode: node.mode,
    isComputed: mean.source === 'computed' || variance.source === 'computed',
    sharingCount: all.filter((other) => sharesStatistics(node, other)).length,
    mean: mean.values,
    variance: variance.values,
    gamma: gamma.values,
    beta: beta.values,
  };
}

/** The same of a layer that is described already; who shares its tensors is not asked again. */
function storedOf(layer: BatchNormLayer): StoredLayer {
  const { index, name, channels, epsilon, mode, parameters } = layer;
  const { mean, variance, gamma, beta } = parameters;
  return {
    ...{ index, name, channels, epsilon, mode },
    isComputed: mean.source === 'computed' || variance.source === 'computed',
    sharingCount: 0,
    mean: mean.values,
    variance: variance.values,
    gamma: gamma.values,
    beta: beta.values,
  };
}

export function flaggedLayersOf({ layers }: ModelReport): readonly FlaggedLayer[] {
  return layers.map((layer) => ({ layer: storedOf(layer), flags: layer.flags }));
}

export function describeLayer(
  node: BatchNormNode,
  flagged: FlaggedLayer | undefined,
): BatchNormLayer {
  const { mean, variance, gamma, beta } = node.parameters;
  return {
    index: flagged?.layer.index ?? 0,
    node: node.node.name,
    name: flagged?.layer.name ?? '',
    channels: flagged?.layer.channels ?? 0,
    epsilon: node.epsilon,
    decay: node.decay,
    opset: node.opVersion,
    mode: node.mode,
    isMeasurable: node.frame.outer === undefined && node.frame.call === undefined,
    parameters: {
      mean: parameterOf(mean),
      variance: parameterOf(variance),
      gamma: parameterOf(gamma),
      beta: parameterOf(beta),
    },
    flags: flagged?.flags ?? [],
  };
}

function parameterOf({ source, tensor, dtype, values }: ResolvedValues): LayerParameter {
  return { source, tensor, dtype: dtype ?? 'unknown', values };
}

function channelsOf({ parameters }: BatchNormNode): number {
  return Math.max(0, ...parameterNames.map((name) => parameters[name].values?.length ?? 0));
}

/** The same statistics under another gamma: merged by value, not one layer used twice. */
function sharesStatistics(node: BatchNormNode, other: BatchNormNode): boolean {
  const isSame = (name: ParameterName): boolean =>
    node.parameters[name].part !== undefined &&
    node.parameters[name].part === other.parameters[name].part;
  return other !== node && isSame('mean') && isSame('variance') && !isSame('gamma');
}

const statisticsSuffix =
  /[./](?:running_mean|running_var|moving_mean|moving_variance)(?:$|[:/].*$)/;

/** The module path when the file gives it away, else the node's name, else its output. */
function layerName({ node, parameters }: BatchNormNode, index: number): string {
  const scope = node.scopes.slice(0, -1).findLast((part) => part !== '');
  // Exporters store equal tensors once: the node's own input still carries its own name.
  const tensor = [node.inputs[3], parameters.mean.tensor].find((name) =>
    statisticsSuffix.test(name ?? ''),
  );
  const fromTensor = tensor?.replace(statisticsSuffix, '');
  return (
    scope ??
    [fromTensor, node.name, node.outputs[0]].find((name) => name !== undefined && name !== '') ??
    `BatchNormalization ${String(index)}`
  );
}
