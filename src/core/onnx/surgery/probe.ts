/**
 * Nodes that reduce a BatchNorm's input to two numbers per sample and channel.
 *
 * A careful probe takes the mean first, then the sum of squared deviations from it: `E[x²] − E[x]²`
 * in float32 is off by half when the mean is a thousand standard deviations. `Reshape [0, 0, −1]`
 * needs no rank. It costs a third of the run, because ONNX Runtime must bring every input out of
 * its blocked layout.
 *
 * A lean probe takes `E[x]` and `E[x²]` by GlobalAveragePool, which reads the blocked layout and
 * costs a tenth. It serves layers whose means a careful probe has shown to be small enough.
 */

import type { BatchNormNode } from '../batchNorm';
import { type NewNode, intAttribute, intsAttribute, writeInt64Tensor } from './parts';
import type { ProtoWriter } from './protoWriter';

/** What one probe adds to the outputs of the model. */
export interface ProbeOutputs {
  /** Mean per sample and channel. */
  readonly mean: string;
  /** `careful`: sum of squared deviations from the mean; `lean`: mean of squares. */
  readonly squares: string;
  /** Shape of the layer's input, int64 `[rank]`; a lean probe does not tell. */
  readonly shape: string | undefined;
  readonly elementType: number;
}

export type ProbeKind = 'careful' | 'lean';

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

/** Whether the input is reduced as doubles, for which there is no lean probe. */
export function isDoubleLayer({ parameters, opVersion }: BatchNormNode): boolean {
  return parameters.gamma.dtype === 'float64' && opVersion < 15;
}

export interface ProbePlace {
  readonly node: BatchNormNode;
  readonly index: number;
  readonly kind: ProbeKind;
}

export function probeOf({ node, index, kind }: ProbePlace, options: ProbeOptions): Probe {
  const { prefix } = options;
  const name = (part: string): string => `${prefix}${part}_${String(index)}`;
  const input = node.node.inputs[0] ?? '';
  const elementType = isDoubleLayer(node) ? float64 : float32;
  const cast: NewNode = {
    opType: 'Cast',
    inputs: [input],
    outputs: [name('float')],
    attributes: [intAttribute('to', elementType)],
  };
  const layout = `${prefix}${node.isSpatial ? 'channels' : 'features'}`;
  const isCareful = kind === 'careful';
  const reduced = isCareful ? carefulNodes(name, layout, options) : leanNodes(name);
  return {
    nodes: [
      cast,
      ...reduced,
      ...(isCareful ? [{ opType: 'Shape', inputs: [input], outputs: [name('shape')] }] : []),
    ],
    outputs: {
      mean: name('mean'),
      squares: name('squares'),
      shape: isCareful ? name('shape') : undefined,
      elementType,
    },
  };
}

type Namer = (part: string) => string;

function carefulNodes(
  name: Namer,
  layout: string,
  { prefix, opset }: ProbeOptions,
): readonly NewNode[] {
  const reduce = (opType: string, from: string, to: string): NewNode => ({
    opType,
    inputs: opset >= axesAsInput ? [from, `${prefix}axis`] : [from],
    outputs: [to],
    attributes: opset >= axesAsInput ? [] : [intsAttribute('axes', [2])],
  });
  return [
    { opType: 'Reshape', inputs: [name('float'), layout], outputs: [name('flat')] },
    reduce('ReduceMean', name('flat'), name('mean')),
    { opType: 'Sub', inputs: [name('flat'), name('mean')], outputs: [name('centred')] },
    reduce('ReduceSumSquare', name('centred'), name('squares')),
  ];
}

function leanNodes(name: Namer): readonly NewNode[] {
  return [
    { opType: 'GlobalAveragePool', inputs: [name('float')], outputs: [name('mean')] },
    { opType: 'Mul', inputs: [name('float'), name('float')], outputs: [name('squared')] },
    { opType: 'GlobalAveragePool', inputs: [name('squared')], outputs: [name('squares')] },
  ];
}
