/** Makes every BatchNorm and Dropout of the main graph run in one mode, whatever the file says. */

import { type BatchNormNode, isBatchNorm } from '../batchNorm';
import { type Frame, type PlacedNode } from '../frame';
import { type GraphNode, isOnnxOp } from '../model';
import { dropoutMode } from '../mode';
import type { ValueReader } from '../resolveValues';
import { floatAttribute, intAttribute } from './parts';
import type { ProtoWriter } from './protoWriter';

/** How a node of the file is written differently. */
export interface NodeEdit {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly dropAttributes: readonly string[];
  readonly addAttributes: readonly ProtoWriter[];
}

/** For people: which node was changed in memory, and how. */
export interface ModeChange {
  readonly node: string;
  readonly change: string;
}

const modeAttributes = ['training_mode', 'is_test', 'consumed_inputs'];

/** BatchNorm that reads its stored statistics. */
export function evaluationEdit({ node }: BatchNormNode): NodeEdit {
  const [output = ''] = node.outputs;
  return {
    inputs: node.inputs,
    outputs: [output],
    dropAttributes: modeAttributes,
    addAttributes: [],
  };
}

/**
 * BatchNorm that normalises with the batch.
 *
 * The running outputs are named and must be asked for as outputs of the graph: with nobody reading
 * them ONNX Runtime 1.30 writes new statistics over initializers that other nodes share.
 *
 * @source https://github.com/microsoft/onnxruntime/issues/29790
 */
export function batchEdit(
  { node, opVersion }: BatchNormNode,
  running: readonly [mean: string, variance: string],
): NodeEdit {
  const [output = ''] = node.outputs;
  const [mean, variance] = running;
  const legacy = [`${mean}_saved`, `${variance}_saved`];
  const isNew = opVersion >= 14;
  return {
    inputs: node.inputs,
    outputs: [output, mean, variance, ...(isNew ? [] : legacy)],
    dropAttributes: [...modeAttributes, 'momentum'],
    addAttributes: [
      floatAttribute('momentum', 0),
      ...(isNew ? [intAttribute('training_mode', 1)] : []),
    ],
  };
}

/** An edit that leaves a node as it is. */
export function unchanged({ inputs, outputs }: GraphNode): NodeEdit {
  return { inputs, outputs, dropAttributes: [], addAttributes: [] };
}

/** Names that a BatchNorm gives in training only, such as new running statistics. */
export function trainingOnlyOutputs(frame: Frame): ReadonlySet<string> {
  const norms = frame.nodes.filter((node) => isBatchNorm({ node, frame }));
  return new Set(norms.flatMap(({ outputs }) => outputs.slice(1)).filter((name) => name !== ''));
}

/** Dropout that passes its input on. */
export function dropoutEdits(reader: ValueReader, frame: Frame): ReadonlyMap<GraphNode, NodeEdit> {
  const dropouts = frame.nodes.filter((node) => isOnnxOp(node, 'Dropout'));
  const edits = new Map<GraphNode, NodeEdit>();
  for (const node of dropouts) {
    if (dropoutMode(reader, { node, frame }) === 'training') {
      edits.set(node, {
        inputs: node.inputs.slice(0, 2),
        outputs: node.outputs,
        dropAttributes: modeAttributes,
        addAttributes: [],
      });
    }
  }
  return edits;
}

/** What forcing evaluation mode changes against running the file as it is. */
export function modeChanges(
  batchNorms: readonly BatchNormNode[],
  dropouts: Iterable<GraphNode>,
): readonly ModeChange[] {
  const norms = batchNorms.filter((node) => node.mode === 'training');
  return [
    ...norms.map(({ node, opVersion }) => ({
      node: nameOf(node),
      change:
        opVersion >= 14
          ? `training_mode 1 → 0, ${String(node.outputs.length)} outputs → 1`
          : `${String(node.outputs.length)} outputs → 1, which switches training off`,
    })),
    ...Array.from(dropouts, (node) => ({ node: nameOf(node), change: 'Dropout switched off' })),
  ];
}

/** Nodes inside bodies and functions are run as the file says. */
export function unforcedNodes(
  reader: ValueReader,
  placed: readonly PlacedNode[],
  batchNorms: readonly BatchNormNode[],
): readonly string[] {
  const isInner = ({ frame }: PlacedNode): boolean =>
    frame.outer !== undefined || frame.call !== undefined;
  const dropouts = placed.filter(
    (place) =>
      isInner(place) &&
      isOnnxOp(place.node, 'Dropout') &&
      dropoutMode(reader, place) === 'training',
  );
  const norms = batchNorms.filter((node) => isInner(node) && node.mode === 'training');
  return [...norms, ...dropouts].map(({ node }) => nameOf(node));
}

function nameOf(node: GraphNode): string {
  return node.name === '' ? (node.outputs[0] ?? '') : node.name;
}
