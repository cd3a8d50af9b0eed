/**
 * Writes a model again with other running statistics: every byte that need not change stays.
 *
 * Where a tensor of the file belongs to one layer alone, its bytes are replaced in place. Where it
 * is shared, computed or kept in another file, the layer gets a tensor of its own.
 */

import type { ChannelStatistics } from '../../stats/divergence';
import { encodeFloats } from '../../tensors/encode';
import type { BatchNormNode } from '../batchNorm';
import type { GraphNode, OnnxModel, TensorPart } from '../model';
import type { FieldCursor, Span, WireFile } from '../wire';
import { writeTensor } from './parts';
import { ProtoWriter, encodeVarint } from './protoWriter';

export interface ReplaceRequest {
  readonly file: WireFile;
  readonly model: OnnxModel;
  /** Layers of the main graph or of functions, with what they shall store. */
  readonly layers: readonly Replacement[];
}

export interface Replacement {
  /** Of the layer; a tensor of its own is named after it. */
  readonly name: string;
  readonly node: BatchNormNode;
  readonly statistics: ChannelStatistics;
}

/** A stretch of the new file: copied from the old one, or new bytes. */
export type Segment = Span | Uint8Array;

const meanInput = 3;
const varianceInput = 4;
const graphField = 7;

export interface ReplacedStatistics {
  readonly segments: readonly Segment[];
  /**
   * Layers that keep what they had: inside a function, they have no node of their own that a new
   * tensor could be given to.
   */
  readonly unwritten: readonly string[];
}

export function replaceStatistics({ file, model, layers }: ReplaceRequest): ReplacedStatistics {
  const changes = changesFor(file, model, layers);
  const segments: Segment[] = [];
  const cursor = file.fields(file.whole);
  const lastGraph = lastGraphStart(file);
  while (cursor.next()) {
    if (cursor.field === graphField && cursor.wireType === 2) {
      const added = cursor.span.start === lastGraph ? changes.tensors : [];
      segments.push(...rewriteGraph(file, cursor.payload, { ...changes, tensors: added }));
    } else {
      segments.push(cursor.span);
    }
  }
  return { segments, unwritten: [...new Set(changes.unwritten)] };
}

/** The pieces of the new file, read from the old one as they are needed. */
export function* piecesOf(file: WireFile, segments: readonly Segment[]): Generator<Uint8Array> {
  for (const segment of segments) {
    if (segment instanceof Uint8Array) {
      yield segment;
    } else {
      yield* copied(file, segment);
    }
  }
}

const copiedAtOnce = 1 << 22;

function* copied(file: WireFile, { start, end }: Span): Generator<Uint8Array> {
  for (let at = start; at < end; at += copiedAtOnce) {
    yield file.bytes({ start: at, end: Math.min(end, at + copiedAtOnce) });
  }
}

interface Changes {
  /** New bytes by where the old ones start. */
  readonly patches: ReadonlyMap<number, Uint8Array>;
  /** New inputs of nodes that get a tensor of their own. */
  readonly inputs: ReadonlyMap<number, readonly string[]>;
  readonly nodes: ReadonlyMap<number, GraphNode>;
  readonly tensors: readonly ProtoWriter[];
  readonly unwritten: readonly string[];
}

function changesFor(file: WireFile, model: OnnxModel, layers: readonly Replacement[]): Changes {
  const readers = readersOf(model);
  const names = namesOf(model);
  const patches = new Map<number, Uint8Array>();
  const inputs = new Map<number, readonly string[]>();
  const nodes = new Map<number, GraphNode>();
  const tensors: ProtoWriter[] = [];
  const unwritten: string[] = [];
  for (const { name: layer, node, statistics } of layers) {
    const slots = [
      { input: meanInput, values: statistics.mean, old: node.parameters.mean, part: 'mean' },
      {
        input: varianceInput,
        values: statistics.variance,
        old: node.parameters.variance,
        part: 'var',
      },
    ];
    for (const { input, values, old, part } of slots) {
      const dtype = old.dtype ?? 'float32';
      const bytes = encodeFloats(values, dtype) ?? new Uint8Array(0);
      const isOwn = isReadOnce(readers, node, old.part?.name, input);
      const start = isOwn ? rawStart(file, old.part, bytes) : undefined;
      if (start !== undefined) {
        patches.set(start, bytes);
        continue;
      }
      if (node.frame.call !== undefined) {
        unwritten.push(layer);
        continue;
      }
      const fresh = freeName(names, `${layer}.running_${part}`);
      const written = inputs.get(node.node.payload.start) ?? node.node.inputs;
      tensors.push(writeTensor(fresh, { dtype, dims: [values.length], bytes }));
      inputs.set(node.node.payload.start, written.with(input, fresh));
      nodes.set(node.node.payload.start, node.node);
    }
  }
  return { patches, inputs, nodes, tensors, unwritten };
}

/** Whether a layer alone reads a tensor; a function reads it through an input of its call. */
function isReadOnce(
  readers: ReadonlyMap<string, number>,
  { node, frame }: BatchNormNode,
  tensor: string | undefined,
  input: number,
): boolean {
  const isNamed = frame.call !== undefined || node.inputs[input] === tensor;
  return tensor !== undefined && isNamed && readers.get(tensor) === 1;
}

/** Where the bytes of a tensor lie in the file, when new ones of the same length fit there. */
function rawStart(
  file: WireFile,
  part: TensorPart | undefined,
  bytes: Uint8Array,
): number | undefined {
  const span = part?.raw ?? (part === undefined ? undefined : packedFloats(file, part));
  return span !== undefined && span.end - span.start === bytes.length ? span.start : undefined;
}

const floatData = 4;
const doubleData = 10;

/** Typed fields of floats have the same bytes as raw ones when they are packed. */
function packedFloats(file: WireFile, { payload }: TensorPart): Span | undefined {
  const cursor = file.fields(payload);
  while (cursor.next()) {
    const isFloats = cursor.field === floatData || cursor.field === doubleData;
    if (isFloats && cursor.wireType === 2) {
      return cursor.payload;
    }
  }
  return undefined;
}

/** How often the nodes of the whole model, bodies included, read a name. */
function readersOf({ graph }: OnnxModel): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const count = (node: GraphNode): void => {
    for (const input of node.inputs) {
      counts.set(input, (counts.get(input) ?? 0) + 1);
    }
    for (const { nodes } of [...node.attributes.values()].flatMap(({ graphs }) => graphs)) {
      nodes.forEach(count);
    }
  };
  graph.nodes.forEach(count);
  return counts;
}

function namesOf({ graph }: OnnxModel): ReadonlySet<string> {
  return new Set([
    ...graph.initializers.keys(),
    ...graph.inputs.map(({ name }) => name),
    ...graph.nodes.flatMap(({ outputs }) => outputs),
  ]);
}

/** The name itself, or with an ending that still tells the layer. */
function freeName(taken: ReadonlySet<string>, wanted: string): string {
  let name = wanted;
  for (let count = 1; taken.has(name); count++) {
    name = `${wanted}/repaired${count === 1 ? '' : String(count)}`;
  }
  return name;
}

function lastGraphStart(file: WireFile): number {
  let start = -1;
  const cursor = file.fields(file.whole);
  while (cursor.next()) {
    start = cursor.field === graphField ? cursor.span.start : start;
  }
  return start;
}

const nodeField = 1;
const initializerField = 5;

function rewriteGraph(file: WireFile, span: Span, changes: Changes): readonly Segment[] {
  const inner: Segment[] = [];
  const cursor = file.fields(span);
  while (cursor.next()) {
    const isNode = cursor.field === nodeField && cursor.wireType === 2;
    const inputs = isNode ? changes.inputs.get(cursor.payload.start) : undefined;
    const node = changes.nodes.get(cursor.payload.start);
    if (inputs !== undefined && node !== undefined) {
      inner.push(new ProtoWriter().message(nodeField, withInputs(file, node, inputs)).finish());
    } else {
      inner.push(...patched(cursor, changes.patches));
    }
  }
  for (const tensor of changes.tensors) {
    inner.push(new ProtoWriter().message(initializerField, tensor).finish());
  }
  const length = inner.reduce((sum, segment) => sum + lengthOf(segment), 0);
  const head = Uint8Array.from([...encodeVarint(graphField * 8 + 2), ...encodeVarint(length)]);
  return [head, ...inner];
}

function lengthOf(segment: Segment): number {
  return segment instanceof Uint8Array ? segment.length : segment.end - segment.start;
}

/** A field of the graph, with new bytes where a tensor of it is replaced. */
function patched({ span }: FieldCursor, patches: Changes['patches']): readonly Segment[] {
  const segments: Segment[] = [];
  let at = span.start;
  const own = [...patches].filter(([start]) => start >= span.start && start < span.end);
  for (const [start, bytes] of own.sort(([a], [b]) => a - b)) {
    segments.push({ start: at, end: start }, bytes);
    at = start + bytes.length;
  }
  return [...segments, { start: at, end: span.end }];
}

/** The node's fields as they are, but for its inputs. */
function withInputs(file: WireFile, node: GraphNode, inputs: readonly string[]): ProtoWriter {
  const writer = new ProtoWriter();
  for (const input of inputs) {
    writer.text(1, input);
  }
  const cursor = file.fields(node.payload);
  while (cursor.next()) {
    if (cursor.field !== 1) {
      writer.verbatim(file.bytes(cursor.span));
    }
  }
  return writer;
}
