/**
 * Nodes that reduce a BatchNorm's input to two numbers per sample and channel.
 *
 * Mean first, then the sum of squared deviations from it: `E[x²] − E[x]²` in float32 is off by half
 * when the mean is a thousand standard deviations. `Reshape [0, 0, −1]` needs no rank.
 */

import type { BatchNormNode } from '../batchNorm';
import { type NewNode, intAttribute, intsAttribute, writeInt64Tensor } from './parts';
import type { ProtoWriter } from './protoWriter';

/** Names of the outputs that one probe adds; each value has shape `[samples, channels, 1]`. */
export interface ProbeOutputs {
  readonly mean: string;
  readonly centredSquares: string;
  /** Shape of the reduced input, int64 `[3]`: samples, channels, positions. */
  readonly shape: string;
  readonly elementType: number;
}

export interface Probe {
  readonly nodes: readonly NewNode[];
  readonly outputs: ProbeOutputs;
}

const float32 = 1;
const float64 = 11;

/** From this version on reductions take their axes as an input. */
const axesAsInput = 18;

export interface ProbeOptions {
  /** Starts every new name; occurs in no name of the model. */
  readonly prefix: string;
  readonly opset: number;
}

/** Tensors that all probes share. */
export function probeConstants({ prefix }: ProbeOptions): readonly ProtoWriter[] {
  return [
    writeInt64Tensor(`${prefix}channels`, [0, 0, -1]),
    writeInt64Tensor(`${prefix}features`, [0, -1, 1]),
    writeInt64Tensor(`${prefix}axis`, [2]),
  ];
}

export function probeOf(
  batchNorm: BatchNormNode,
  index: number,
  { prefix, opset }: ProbeOptions,
): Probe {
  const name = (part: string): string => `${prefix}${part}_${String(index)}`;
  const input = batchNorm.node.inputs[0] ?? '';
  const isDouble = batchNorm.parameters.gamma.dtype === 'float64' && batchNorm.opVersion < 15;
  const layout = `${prefix}${batchNorm.isSpatial ? 'channels' : 'features'}`;
  const cast: NewNode = {
    opType: 'Cast',
    inputs: [input],
    outputs: [name('float')],
    attributes: [intAttribute('to', isDouble ? float64 : float32)],
  };
  const reduce = (opType: string, from: string, to: string): NewNode => ({
    opType,
    inputs: opset >= axesAsInput ? [from, `${prefix}axis`] : [from],
    outputs: [to],
    attributes: opset >= axesAsInput ? [] : [intsAttribute('axes', [2])],
  });
  const nodes: readonly NewNode[] = [
    cast,
    { opType: 'Reshape', inputs: [name('float'), layout], outputs: [name('flat')] },
    reduce('ReduceMean', name('flat'), name('mean')),
    { opType: 'Sub', inputs: [name('flat'), name('mean')], outputs: [name('centred')] },
    reduce('ReduceSumSquare', name('centred'), name('squares')),
    { opType: 'Shape', inputs: [name('flat')], outputs: [name('shape')] },
  ];
  return {
    nodes,
    outputs: {
      mean: name('mean'),
      centredSquares: name('squares'),
      shape: name('shape'),
      elementType: isDouble ? float64 : float32,
    },
  };
}
