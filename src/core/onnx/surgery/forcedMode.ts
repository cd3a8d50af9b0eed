/** Makes every BatchNorm and Dropout of a model run in one mode, whatever the file says. */

import { type BatchNormNode, batchNormForm, isBatchNorm } from '../batchNorm';
import { type Frame, type PlacedNode, mainFrame, placedNodes } from '../frame';
import { type GraphNode, type OnnxModel, isOnnxOp } from '../model';
import { dropoutMode } from '../mode';
import type { ValueReader } from '../resolveValues';
import { type NewNode, floatAttribute, intAttribute } from './parts';
import type { ProtoWriter } from './protoWriter';

/** How a node of the file is written differently. */
export interface NodeEdit {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly dropAttributes: readonly string[];
  readonly addAttributes: readonly ProtoWriter[];
  /** Nodes that are written before it. */
  readonly before?: readonly NewNode[];
  /** Nodes that are written after it. */
  readonly after?: readonly NewNode[];
}

/** For people: which node was changed in memory, and how. */
export interface ModeChange {
  readonly node: string;
  readonly change: string;
}

const modeAttributes = ['training_mode', 'is_test', 'consumed_inputs'];

/** Where a BatchNorm has its stored mean and variance among its inputs. */
const storedInputs = [3, 4];

/** BatchNorm that reads its stored statistics. */
export function evaluationEdit(node: GraphNode, reads: ReadonlySet<string>): NodeEdit {
  const [output = ''] = node.outputs;
  return {
    inputs: node.inputs,
    outputs: [output],
    dropAttributes: modeAttributes,
    addAttributes: [],
    after: storedInPlaceOfNew(node, reads),
  };
}

/** Who reads the running statistics a step of training gives gets those that were there before. */
function storedInPlaceOfNew(
  { inputs, outputs }: GraphNode,
  reads: ReadonlySet<string>,
): readonly NewNode[] {
  return outputs.slice(1).flatMap((name, at) => {
    const stored = inputs[storedInputs[at % 2] ?? 0] ?? '';
    return reads.has(name) ? [{ opType: 'Identity', inputs: [stored], outputs: [name] }] : [];
  });
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
  reads: ReadonlySet<string>,
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
    after: storedInPlaceOfNew(node, reads),
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

/** What brings a model into evaluation mode. */
export interface ForcedEvaluation {
  /** For nodes of every graph: the main one, bodies of If, Loop and Scan, and functions. */
  readonly edits: ReadonlyMap<GraphNode, NodeEdit>;
  readonly changes: readonly ModeChange[];
  /** Names that nodes, bodies and functions read, wherever they are. */
  readonly reads: ReadonlySet<string>;
}

/** Nodes that are in evaluation mode already are left as they are. */
export function forcedEvaluation(reader: ValueReader, model: OnnxModel): ForcedEvaluation {
  const edits = new Map<GraphNode, NodeEdit>();
  const changes: ModeChange[] = [];
  const reads = namesRead(model);
  for (const place of placedNodes(model, mainFrame(model))) {
    const forced = edits.has(place.node) ? undefined : forcedNode(reader, place, reads);
    if (forced !== undefined) {
      const { edit, change } = forced;
      edits.set(place.node, edit);
      changes.push(...(change === undefined ? [] : [{ node: nameOf(place.node), change }]));
    }
  }
  return { edits, changes, reads };
}

/** @returns `undefined` for a node that needs no change; a change that has no effect has no words */
function forcedNode(
  reader: ValueReader,
  place: PlacedNode,
  reads: ReadonlySet<string>,
): { readonly edit: NodeEdit; readonly change: string | undefined } | undefined {
  const { node } = place;
  if (isBatchNorm(place)) {
    const { mode, opVersion } = batchNormForm(place);
    const isTraining = mode === 'training';
    // ONNX Runtime takes several outputs for training, whatever is_test says.
    return isTraining || node.outputs.length > 1
      ? {
          edit: evaluationEdit(node, reads),
          change: isTraining ? changeOf(node, opVersion) : undefined,
        }
      : undefined;
  }
  const isDropping = isOnnxOp(node, 'Dropout') && dropoutMode(reader, place) === 'training';
  return isDropping ? { edit: dropoutEdit(node), change: 'Dropout switched off' } : undefined;
}

/** Dropout that passes its input on. */
function dropoutEdit({ inputs, outputs }: GraphNode): NodeEdit {
  return {
    inputs: inputs.slice(0, 2),
    outputs,
    dropAttributes: modeAttributes,
    addAttributes: [],
  };
}

function changeOf({ outputs }: GraphNode, opVersion: number): string {
  const count = String(outputs.length);
  return opVersion >= 14
    ? `training_mode 1 → 0, ${count} outputs → 1`
    : `${count} outputs → 1, which switches training off`;
}

function namesRead({ graph, functions }: OnnxModel): ReadonlySet<string> {
  const names = new Set<string>();
  const readBy = (nodes: readonly GraphNode[]): void => {
    for (const { inputs, attributes } of nodes) {
      inputs.forEach((name) => names.add(name));
      for (const body of [...attributes.values()].flatMap(({ graphs }) => graphs)) {
        body.outputs.forEach(({ name }) => names.add(name));
        readBy(body.nodes);
      }
    }
  };
  readBy(graph.nodes);
  for (const { nodes, outputs } of functions.values()) {
    outputs.forEach((name) => names.add(name));
    readBy(nodes);
  }
  names.delete('');
  return names;
}

function nameOf(node: GraphNode): string {
  return node.name === '' ? (node.outputs[0] ?? '') : node.name;
}
