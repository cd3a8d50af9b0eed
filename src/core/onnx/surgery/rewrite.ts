import type { Attribute, GraphNode, OnnxModel, TensorPart, ValueInfo } from '../model';
import type { FieldCursor, Span, WireFile } from '../wire';
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
  const functions = [...model.functions.values()].flatMap(({ nodes }) => nodes);
  const cursor = file.fields(file.whole);
  while (cursor.next()) {
    if (cursor.field === functionField && hasEdits(functions, plan.edits)) {
      const place = { span: cursor.payload, nodeField: functionNodeField, nodes: functions };
      writer.message(functionField, rewriteNodesOf(file, place, plan.edits));
    } else if (isKeptModelField(file, cursor, plan)) {
      writer.verbatim(file.bytes(cursor.span));
    }
  }
  if (plan.opset !== undefined) {
    writer.message(8, new ProtoWriter().text(1, '').int(2, plan.opset));
  }
  return writer.message(7, rewriteGraph(file, model, plan)).finish();
}

const functionField = 25;
const functionNodeField = 7;
const bodyNodeField = 1;

type Edits = RewritePlan['edits'];

function hasEdits(nodes: readonly GraphNode[], edits: Edits): boolean {
  return nodes.some((node) => edits.has(node) || hasInnerEdits(node, edits));
}

function hasInnerEdits(node: GraphNode, edits: Edits): boolean {
  return [...node.attributes.values()].some(({ graphs }) =>
    graphs.some(({ nodes }) => hasEdits(nodes, edits)),
  );
}

interface NodePlace {
  readonly span: Span;
  readonly nodeField: number;
  /** Those of the message among others. */
  readonly nodes: readonly GraphNode[];
}

/** A body or a function with some nodes written differently, everything else as it is. */
function rewriteNodesOf(
  file: WireFile,
  { span, nodeField, nodes }: NodePlace,
  edits: Edits,
): ProtoWriter {
  const byStart = new Map(nodes.map((node) => [node.payload.start, node]));
  const writer = new ProtoWriter();
  const cursor = file.fields(span);
  while (cursor.next()) {
    const node = cursor.field === nodeField ? byStart.get(cursor.payload.start) : undefined;
    if (node === undefined) {
      writer.verbatim(file.bytes(cursor.span));
      continue;
    }
    for (const written of rewriteNode(file, node, edits)) {
      writer.message(nodeField, written);
    }
  }
  return writer;
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
  const nodes = graph.nodes.filter((node) => plan.needed.nodes.has(node));
  const written = nodes.flatMap((node) => rewriteNode(file, node, plan.edits));
  for (const node of [...written, ...plan.newNodes.map(writeNode)]) {
    writer.message(1, node);
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

/** The node, and the nodes its edit puts around it. */
function rewriteNode(file: WireFile, node: GraphNode, edits: Edits): readonly ProtoWriter[] {
  const edit = edits.get(node);
  if (edit === undefined && node.isInlined === undefined && !hasInnerEdits(node, edits)) {
    return [new ProtoWriter().verbatim(file.bytes(node.payload))];
  }
  const { inputs, outputs, dropAttributes, addAttributes, before, after } = edit ?? unchanged(node);
  const { opType, name, domain } = node;
  const writer = writeNode({ opType, inputs, outputs, name, attributes: addAttributes });
  if (domain !== '') {
    writer.text(7, domain);
  }
  for (const attribute of node.attributes.values()) {
    if (!dropAttributes.includes(attribute.name)) {
      writer.message(5, rewriteAttribute(file, attribute, edits));
    }
  }
  return [...(before ?? []).map(writeNode), writer, ...(after ?? []).map(writeNode)];
}

/** Of a field that occurs twice the last one counts. */
function rewriteAttribute(file: WireFile, attribute: Attribute, edits: Edits): ProtoWriter {
  const { payload, name, isRenamed, graphs } = attribute;
  const nodes = graphs.flatMap((graph) => graph.nodes);
  const writer = new ProtoWriter();
  if (hasEdits(nodes, edits)) {
    const cursor = file.fields(payload);
    while (cursor.next()) {
      if (cursor.wireType === 2 && attributeGraphFields.includes(cursor.field)) {
        const place = { span: cursor.payload, nodeField: bodyNodeField, nodes };
        writer.message(cursor.field, rewriteNodesOf(file, place, edits));
      } else {
        writer.verbatim(file.bytes(cursor.span));
      }
    }
  } else {
    writer.verbatim(file.bytes(payload));
  }
  return isRenamed === true ? writer.text(1, name) : writer;
}

/** `g` and `graphs`. */
const attributeGraphFields = [6, 11];

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
