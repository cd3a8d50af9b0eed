/**
 * Moves the input of a BatchNorm towards zero by the bias of the convolution before it.
 *
 * The convolution's bias loses a shift and the running mean loses the same shift, so the layer's
 * output stays what it was, at no cost; but the squares of a value near zero keep their digits.
 */

import type { Frame } from '../frame';
import { type GraphNode, type OnnxModel, isOnnxOp } from '../model';
import { type ValueReader, resolveValues } from '../resolveValues';
import type { BatchNormNode } from '../batchNorm';
import { writeFloatTensor } from './parts';
import type { ProtoWriter } from './protoWriter';

export interface Recentring {
  /** New inputs of convolutions and of BatchNorms. */
  readonly inputs: ReadonlyMap<GraphNode, readonly string[]>;
  readonly tensors: readonly ProtoWriter[];
}

export interface RecentringRequest {
  readonly reader: ValueReader;
  readonly model: OnnxModel;
  readonly frame: Frame;
  /** Starts every new name. */
  readonly prefix: string;
  readonly layers: readonly ShiftedLayer[];
}

export interface ShiftedLayer {
  readonly index: number;
  readonly node: BatchNormNode;
  /** What is taken from every value of a channel, activation units; shape `[channels]`. */
  readonly shift: Float32Array;
}

/** @param layers whose convolution `findRecentrable` found */
export function recentre({ reader, model, frame, prefix, layers }: RecentringRequest): Recentring {
  const inputs = new Map<GraphNode, readonly string[]>();
  const tensors: ProtoWriter[] = [];
  const found = findRecentrable({ reader, model, frame }, layers);
  for (const { index, node, shift } of layers) {
    const convolution = found.get(index);
    const mean = node.parameters.mean.values;
    if (convolution === undefined || mean === undefined) {
      continue;
    }
    const { node: conv, bias } = convolution;
    const names = { bias: `${prefix}cb_${String(index)}`, mean: `${prefix}cm_${String(index)}` };
    const minusShift = (value: number, channel: number): number => value - (shift[channel] ?? NaN);
    tensors.push(
      writeFloatTensor(names.bias, (bias ?? new Float64Array(shift.length)).map(minusShift)),
      writeFloatTensor(names.mean, mean.map(minusShift)),
    );
    inputs.set(conv, [...conv.inputs.slice(0, 2), names.bias]);
    inputs.set(node.node, [...node.node.inputs.slice(0, 3), names.mean, node.node.inputs[4] ?? '']);
  }
  return { inputs, tensors };
}

export interface Convolution {
  readonly node: GraphNode;
  /** Absent when it has none. */
  readonly bias: Float64Array | undefined;
}

export interface GraphPlace {
  readonly reader: ValueReader;
  readonly model: OnnxModel;
  readonly frame: Frame;
}

/** The convolution before a layer, by the layer's index, where nobody else reads its output. */
export function findRecentrable(
  place: GraphPlace,
  layers: readonly { readonly index: number; readonly node: BatchNormNode }[],
): ReadonlyMap<number, Convolution> {
  const readers = readerCounts(place.model);
  const found = new Map<number, Convolution>();
  for (const { index, node } of layers) {
    const convolution =
      readers.get(node.node.inputs[0] ?? '') === 1 ? convolutionBefore(place, node) : undefined;
    if (convolution !== undefined) {
      found.set(index, convolution);
    }
  }
  return found;
}

function convolutionBefore(
  { reader, frame }: GraphPlace,
  { node, parameters: { mean } }: BatchNormNode,
): Convolution | undefined {
  const conv = frame.producers.get(node.inputs[0] ?? '');
  if (conv === undefined || !isConvolution(conv) || mean.dtype !== 'float32') {
    return undefined;
  }
  const biasName = conv.inputs[2] ?? '';
  const bias = biasName === '' ? undefined : resolveValues(reader, frame, biasName);
  const fits = bias === undefined || bias.values?.length === mean.values?.length;
  return fits ? { node: conv, bias: bias?.values } : undefined;
}

function isConvolution(node: GraphNode): boolean {
  return isOnnxOp(node, 'Conv') || isOnnxOp(node, 'ConvTranspose');
}

/** How often each name is read, by nodes, bodies or as an output of the model. */
function readerCounts({ graph }: OnnxModel): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const add = (name: string): void => {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  };
  const addNode = (node: GraphNode): void => {
    node.inputs.forEach(add);
    for (const inner of [...node.attributes.values()].flatMap(({ graphs }) => graphs)) {
      inner.nodes.forEach(addNode);
      inner.outputs.forEach(({ name }) => {
        add(name);
      });
    }
  };
  graph.nodes.forEach(addNode);
  graph.outputs.forEach(({ name }) => {
    add(name);
  });
  return counts;
}
