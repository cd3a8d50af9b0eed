/**
 * Nodes that reduce a BatchNorm's input to numbers per sample and channel.
 *
 * A careful probe takes the mean first, then the sum of squared deviations from it: `E[x²] − E[x]²`
 * in float32 is off by half when the mean is a thousand standard deviations. `Reshape [0, 0, −1]`
 * needs no rank. It costs a third of the run, because ONNX Runtime must bring every input out of
 * its blocked layout.
 *
 * A lean probe takes `E[x]` and `E[x²]` by GlobalAveragePool, which reads the blocked layout and
 * costs a tenth. It serves layers whose means a careful probe has shown to be small enough.
 *
 * A mean probe takes `E[x]` only. It serves layers that normalise with the batch, and so give the
 * variance of the batch themselves, as exactly as a careful probe.
 */

import type { BatchNormNode } from '../batchNorm';
import { type NewNode, intAttribute, intsAttribute, writeInt64Tensor } from './parts';
import type { ProtoWriter } from './protoWriter';

/** What one probe adds to the outputs of the model. */
export interface ProbeOutputs {
  /** Mean per sample and channel. */
  readonly mean: string;
  /** `careful`: sum of squared deviations from the mean; `lean`: mean of squares; `mean`: none. */
  readonly squares: string | undefined;
  /** Shape of the layer's input, int64 `[rank]`; a lean probe does not tell. */
  readonly shape: string | undefined;
  readonly elementType: number;
}

export type ProbeKind = 'careful' | 'lean' | 'mean';

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

/** The tensors that some probes read; in an old file nobody may be left without a reader. */
export function probeConstants(
  { prefix }: ProbeOptions,
  probes: readonly Probe[],
): readonly ProtoWriter[] {
  const read = new Set(probes.flatMap(({ nodes }) => nodes.flatMap(({ inputs }) => inputs)));
  const all: readonly (readonly [string, readonly number[]])[] = [
    [`${prefix}channels`, [0, 0, -1]],
    [`${prefix}features`, [0, -1, 1]],
    [`${prefix}axis`, [2]],
  ];
  return all
    .filter(([name]) => read.has(name))
    .map(([name, values]) => writeInt64Tensor(name, values));
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
  const reduced = {
    careful: () => carefulNodes(name, layout, options),
    lean: () => leanNodes(name),
    mean: () => meanNodes(name, layout, options),
  };
  const tellsShape = kind !== 'lean';
  return {
    nodes: [
      cast,
      ...reduced[kind](),
      ...(tellsShape ? [{ opType: 'Shape', inputs: [input], outputs: [name('shape')] }] : []),
    ],
    outputs: {
      mean: name('mean'),
      squares: kind === 'mean' ? undefined : name('squares'),
      shape: tellsShape ? name('shape') : undefined,
      elementType,
    },
  };
}

type Namer = (part: string) => string;

function meanNodes(name: Namer, layout: string, options: ProbeOptions): readonly NewNode[] {
  return [
    { opType: 'Reshape', inputs: [name('float'), layout], outputs: [name('flat')] },
    reduceNode('ReduceMean', [name('flat'), name('mean')], options),
  ];
}

function carefulNodes(name: Namer, layout: string, options: ProbeOptions): readonly NewNode[] {
  return [
    ...meanNodes(name, layout, options),
    { opType: 'Sub', inputs: [name('flat'), name('mean')], outputs: [name('centred')] },
    reduceNode('ReduceSumSquare', [name('centred'), name('squares')], options),
  ];
}

function reduceNode(
  opType: string,
  [from, to]: readonly [from: string, to: string],
  { prefix, opset }: ProbeOptions,
): NewNode {
  return opset >= axesAsInput
    ? { opType, inputs: [from, `${prefix}axis`], outputs: [to] }
    : { opType, inputs: [from], outputs: [to], attributes: [intsAttribute('axes', [2])] };
}

/**
 * The last nodes are ordinary ones, because ONNX Runtime brings what a pool gives out of its blocked
 * layout by nodes that it runs when it likes; see `nodesOfProbes`.
 */
function leanNodes(name: Namer): readonly NewNode[] {
  return [
    { opType: 'GlobalAveragePool', inputs: [name('float')], outputs: [name('pooled')] },
    { opType: 'Flatten', inputs: [name('pooled')], outputs: [name('mean')] },
    { opType: 'Mul', inputs: [name('float'), name('float')], outputs: [name('squared')] },
    { opType: 'GlobalAveragePool', inputs: [name('squared')], outputs: [name('pooled2')] },
    { opType: 'Flatten', inputs: [name('pooled2')], outputs: [name('squares')] },
  ];
}

/**
 * The nodes of all probes, those of the first layer last.
 *
 * ONNX Runtime orders the nodes of a model by what their last nodes need, beginning with the last of
 * the file. Probes in the order of the layers would all run after the model itself, and every
 * layer's input would have to stay in memory until then.
 *
 * @param probes in the order of the layers
 */
export function nodesOfProbes(probes: readonly Probe[]): readonly NewNode[] {
  return probes.toReversed().flatMap(({ nodes }) => nodes);
}
