/** Where a name means something: the main graph, a body of If, Loop or Scan, a function call. */

import type { Attribute, Graph, GraphNode, ModelFunction, OnnxModel, TensorPart } from './model';
import { functionKey } from './model';

export interface Frame {
  readonly producers: ReadonlyMap<string, GraphNode>;
  readonly initializers: ReadonlyMap<string, TensorPart>;
  readonly nodes: readonly GraphNode[];
  readonly opsets: ReadonlyMap<string, number>;
  /** Outer graph of a body; its names are visible inside. */
  readonly outer: Frame | undefined;
  /** Set in a function: the node that calls it, and where. */
  readonly call: Call | undefined;
}

interface Call {
  readonly frame: Frame;
  readonly node: GraphNode;
  readonly definition: ModelFunction;
}

export interface PlacedNode {
  readonly node: GraphNode;
  readonly frame: Frame;
}

const depthLimit = 16;

/** Calls of calls of calls: a small file can describe an endless model. */
const placedLimit = 2_000_000;

export function mainFrame(model: OnnxModel): Frame {
  return frameOfGraph(model.graph, { opsets: model.opsets, outer: undefined, call: undefined });
}

/** Every node, bodies and functions followed where they are used, in the order of the file. */
export function* placedNodes(model: OnnxModel, frame: Frame): Generator<PlacedNode> {
  let left = placedLimit;
  for (const placed of descend(model, frame, 0)) {
    if (left-- <= 0) {
      return;
    }
    yield placed;
  }
}

function* descend(model: OnnxModel, frame: Frame, depth: number): Generator<PlacedNode> {
  if (depth > depthLimit) {
    return;
  }
  for (const node of frame.nodes) {
    yield { node, frame };
    for (const inner of innerFrames(model, frame, node)) {
      yield* descend(model, inner, depth + 1);
    }
  }
}

function* innerFrames(model: OnnxModel, frame: Frame, node: GraphNode): Generator<Frame> {
  for (const attribute of node.attributes.values()) {
    for (const graph of attribute.graphs) {
      yield frameOfGraph(graph, { opsets: frame.opsets, outer: frame, call: frame.call });
    }
  }
  const definition = model.functions.get(functionKey(node.domain, node.opType));
  if (definition !== undefined) {
    yield frameOfFunction(definition, { frame, node, definition });
  }
}

function frameOfGraph(graph: Graph, rest: Pick<Frame, 'opsets' | 'outer' | 'call'>): Frame {
  const { nodes, initializers } = graph;
  return { nodes, initializers, producers: producersOf(nodes), ...rest };
}

function frameOfFunction(definition: ModelFunction, call: Call): Frame {
  const { nodes, opsets } = definition;
  const producers = producersOf(nodes);
  return { nodes, producers, opsets, initializers: new Map(), outer: undefined, call };
}

function producersOf(nodes: readonly GraphNode[]): ReadonlyMap<string, GraphNode> {
  const producers = new Map<string, GraphNode>();
  for (const node of nodes) {
    for (const output of node.outputs) {
      if (output !== '') {
        producers.set(output, node);
      }
    }
  }
  return producers;
}

/** An attribute of a node; inside a function it may be an attribute of the call. */
export function findAttribute(frame: Frame, node: GraphNode, name: string): Attribute | undefined {
  const own = node.attributes.get(name);
  if (own?.refersTo === undefined || own.refersTo === '' || frame.call === undefined) {
    return own;
  }
  return findAttribute(frame.call.frame, frame.call.node, own.refersTo);
}

/** What the call hands to a function's input, and where that name means something. */
export function argumentOf(
  frame: Frame,
  name: string,
): { readonly frame: Frame; readonly name: string } | undefined {
  const position = frame.call?.definition.inputs.indexOf(name) ?? -1;
  const argument = frame.call?.node.inputs[position];
  return frame.call === undefined || argument === undefined || argument === ''
    ? undefined
    : { frame: frame.call.frame, name: argument };
}
