import type { Attribute, GraphNode, OnnxModel, TensorPart, ValueInfo } from '../model';
import type { FieldCursor, WireFile } from '../wire';
import { type NodeEdit, unchanged } from './forcedMode';
import { type NewNode, type NewValueInfo, writeNode, writeValueInfo } from './parts';
import { ProtoWriter } from './protoWriter';
import type { NeededParts } from './prune';

export interface RewritePlan {
  readonly needed: NeededParts;
  readonly edits: ReadonlyMap<GraphNode, NodeEdit>;
  readonly newNodes: readonly NewNode[];
  readonly newInitializers: readonly ProtoWriter[];
  readonly outputs: readonly NewValueInfo[];
  /** Replaces the first dimension of every input that needs one; absent: inputs as they are. */
  readonly batchName: string | undefined;
  readonly weights: WeightsDelivery;
  /** Replaces the version of ONNX's own operators; absent: as the file says. */
  readonly opset: number | undefined;
}

/**
 * `reference`: large weights stay in the user's file, which must lie in the folder that ONNX Runtime
 * is told, under this name. `copy`: the new model holds them itself.
 */
export type WeightsDelivery =
  { readonly kind: 'copy' } | { readonly kind: 'reference'; readonly fileName: string };

/** Smaller tensors are copied: shape inference looks at some of them. */
const referenceFromBytes = 1024;

/** A model that computes other outputs with the nodes and weights of this one. */
export function rewriteModel(file: WireFile, model: OnnxModel, plan: RewritePlan): Uint8Array {
  const writer = new ProtoWriter();
  const cursor = file.fields(file.whole);
  while (cursor.next()) {
    if (isKeptModelField(file, cursor, plan)) {
      writer.verbatim(file.bytes(cursor.span));
    }
  }
  if (plan.opset !== undefined) {
    writer.message(8, new ProtoWriter().text(1, '').int(2, plan.opset));
  }
  return writer.message(7, rewriteGraph(file, model, plan)).finish();
}

const graphField = 7;
const opsetField = 8;
const trainingInfoField = 20;

function isKeptModelField(file: WireFile, cursor: FieldCursor, { opset }: RewritePlan): boolean {
  const isReplaced = cursor.field === graphField || cursor.field === trainingInfoField;
  return !isReplaced && !(opset !== undefined && isOwnOpset(file, cursor));
}

function isOwnOpset(file: WireFile, cursor: FieldCursor): boolean {
  if (cursor.field !== opsetField || cursor.wireType !== 2) {
    return false;
  }
  const entry = file.fields(cursor.payload);
  let domain = '';
  while (entry.next()) {
    domain = entry.field === 1 ? entry.text() : domain;
  }
  return domain === '' || domain === 'ai.onnx';
}

function rewriteGraph(file: WireFile, model: OnnxModel, plan: RewritePlan): ProtoWriter {
  const { graph } = model;
  const writer = new ProtoWriter();
  for (const node of graph.nodes) {
    if (plan.needed.nodes.has(node)) {
      writer.message(1, rewriteNode(file, node, plan.edits.get(node)));
    }
  }
  for (const node of plan.newNodes) {
    writer.message(1, writeNode(node));
  }
  writer.text(2, graph.name === '' ? 'graph' : graph.name);
  for (const tensor of graph.initializers.values()) {
    if (plan.needed.names.has(tensor.name)) {
      writer.message(5, rewriteTensor(file, tensor, plan.weights));
    }
  }
  for (const tensor of plan.newInitializers) {
    writer.message(5, tensor);
  }
  for (const input of graph.inputs) {
    if (plan.needed.names.has(input.name) && !graph.initializers.has(input.name)) {
      writer.message(11, writeValueInfo(liftBatch(input, plan.batchName)));
    }
  }
  for (const output of plan.outputs) {
    writer.message(12, writeValueInfo(output));
  }
  return copySparse(file, writer);
}

const sparseField = 15;

function copySparse(file: WireFile, writer: ProtoWriter): ProtoWriter {
  const cursor = file.fields(file.whole);
  while (cursor.next()) {
    if (cursor.field === graphField && cursor.wireType === 2) {
      copyFields(file, file.fields(cursor.payload), writer);
    }
  }
  return writer;
}

function copyFields(file: WireFile, cursor: FieldCursor, writer: ProtoWriter): void {
  while (cursor.next()) {
    if (cursor.field === sparseField) {
      writer.verbatim(file.bytes(cursor.span));
    }
  }
}

function rewriteNode(file: WireFile, node: GraphNode, edit: NodeEdit | undefined): ProtoWriter {
  if (edit === undefined && node.isInlined === undefined) {
    return new ProtoWriter().verbatim(file.bytes(node.payload));
  }
  const { inputs, outputs, dropAttributes, addAttributes } = edit ?? unchanged(node);
  const { opType, name, domain } = node;
  const writer = writeNode({ opType, inputs, outputs, name, attributes: addAttributes });
  if (domain !== '') {
    writer.text(7, domain);
  }
  for (const attribute of node.attributes.values()) {
    if (!dropAttributes.includes(attribute.name)) {
      writer.message(5, rewriteAttribute(file, attribute));
    }
  }
  return writer;
}

/** Of a field that occurs twice the last one counts. */
function rewriteAttribute(file: WireFile, { payload, name, isRenamed }: Attribute): ProtoWriter {
  const writer = new ProtoWriter().verbatim(file.bytes(payload));
  return isRenamed === true ? writer.text(1, name) : writer;
}

function liftBatch(input: ValueInfo, batchName: string | undefined): NewValueInfo {
  const [first, ...rest] = input.dims ?? [];
  return first !== undefined && batchName !== undefined
    ? { ...input, dims: [batchName, ...rest] }
    : input;
}

function rewriteTensor(file: WireFile, tensor: TensorPart, weights: WeightsDelivery): ProtoWriter {
  const { raw } = tensor;
  if (weights.kind === 'copy' || raw === undefined || raw.end - raw.start < referenceFromBytes) {
    return new ProtoWriter().verbatim(file.bytes(tensor.payload));
  }
  const writer = new ProtoWriter();
  for (const dim of tensor.dims) {
    writer.int(1, dim);
  }
  return writer
    .int(2, tensor.dataType)
    .text(8, tensor.name)
    .message(13, externalEntry('location', weights.fileName))
    .message(13, externalEntry('offset', String(raw.start)))
    .message(13, externalEntry('length', String(raw.end - raw.start)))
    .int(14, 1);
}

function externalEntry(key: string, value: string): ProtoWriter {
  return new ProtoWriter().text(1, key).text(2, value);
}
