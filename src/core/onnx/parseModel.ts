import type { Graph, GraphNode, ModelFunction, OnnxModel, ValueInfo } from './model';
import { functionKey, normalDomain } from './model';
import { parseAttribute } from './parseAttribute';
import { type ParseState, countPart, messageOf } from './parseState';
import { parseTensor } from './parseTensor';
import { parseValueInfo } from './parseValueInfo';
import type { Span, WireFile } from './wire';

const depthLimit = 32;

/**
 * Reads the structure of a `ModelProto`; weights are not touched.
 *
 * A field that occurs twice is merged, as protobuf demands. What could be read before a failure is
 * returned; `file.failure` says whether there was one.
 */
export function parseModel(file: WireFile): OnnxModel {
  const state: ParseState = { file, depth: 0, partCount: 0, parseGraph };
  const model = { irVersion: 0, producerName: '', producerVersion: '' };
  const opsets = new Map<string, number>();
  const functions = new Map<string, ModelFunction>();
  const graph = emptyGraph();
  const cursor = file.fields(file.whole);
  while (cursor.next()) {
    switch (cursor.field) {
      case 1:
        model.irVersion = cursor.value;
        break;
      case 2:
        model.producerName = cursor.text();
        break;
      case 3:
        model.producerVersion = cursor.text();
        break;
      case 7:
        readGraph(state, messageOf(cursor), graph);
        break;
      case 8:
        readOpset(file, messageOf(cursor), opsets);
        break;
      case 25:
        keepFunction(functions, parseFunction(state, messageOf(cursor)));
        break;
    }
  }
  return { ...model, opsets, graph, functions };
}

function parseGraph(state: ParseState, span: Span): Graph {
  const graph = emptyGraph();
  if (state.depth >= depthLimit) {
    state.file.fail('malformed', span.start, 'Graphs are nested more than 32 deep');
    return graph;
  }
  state.depth++;
  readGraph(state, span, graph);
  state.depth--;
  return graph;
}

interface GrowingGraph extends Graph {
  name: string;
  readonly nodes: GraphNode[];
  readonly initializers: Map<string, ReturnType<typeof parseTensor>>;
  readonly sparseInitializers: Set<string>;
  readonly inputs: ValueInfo[];
  readonly outputs: ValueInfo[];
}

function emptyGraph(): GrowingGraph {
  return {
    name: '',
    nodes: [],
    initializers: new Map(),
    sparseInitializers: new Set(),
    inputs: [],
    outputs: [],
  };
}

function readGraph(state: ParseState, span: Span, graph: GrowingGraph): void {
  const { file } = state;
  const cursor = file.fields(span);
  while (cursor.next()) {
    switch (cursor.field) {
      case 1:
        countPart(state, cursor);
        graph.nodes.push(parseNode(state, messageOf(cursor)));
        break;
      case 2:
        graph.name = cursor.text();
        break;
      case 5: {
        countPart(state, cursor);
        const tensor = parseTensor(file, messageOf(cursor));
        graph.initializers.set(tensor.name, tensor);
        break;
      }
      case 11:
        graph.inputs.push(parseValueInfo(file, messageOf(cursor)));
        break;
      case 12:
        graph.outputs.push(parseValueInfo(file, messageOf(cursor)));
        break;
      case 15:
        graph.sparseInitializers.add(nameOfSparse(file, messageOf(cursor)));
        break;
    }
  }
}

function parseNode(state: ParseState, payload: Span): GraphNode {
  const node = { name: '', opType: '', domain: '' };
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes: GraphNode['attributes'] & Map<string, ReturnType<typeof parseAttribute>> =
    new Map();
  const scopes: string[] = [];
  const cursor = state.file.fields(payload);
  while (cursor.next()) {
    switch (cursor.field) {
      case 1:
        inputs.push(cursor.text());
        break;
      case 2:
        outputs.push(cursor.text());
        break;
      case 3:
        node.name = cursor.text();
        break;
      case 4:
        node.opType = cursor.text();
        break;
      case 5: {
        const attribute = parseAttribute(state, messageOf(cursor));
        attributes.set(attribute.name, attribute);
        break;
      }
      case 7:
        node.domain = cursor.text();
        break;
      case 9:
        scopes.push(...nameScopesOf(state.file, messageOf(cursor)));
        break;
    }
  }
  return { ...node, inputs, outputs, attributes, scopes, payload };
}

/** PyTorch's exporter keeps the module path as `pkg.torch.onnx.name_scopes`: `['', 'bn1', …]`. */
function nameScopesOf(file: WireFile, span: Span): readonly string[] {
  let key = '';
  let value = '';
  const cursor = file.fields(span);
  while (cursor.next()) {
    if (cursor.field === 1) {
      key = cursor.text();
    } else if (cursor.field === 2 && key === 'pkg.torch.onnx.name_scopes') {
      value = cursor.text();
    }
  }
  return [...value.matchAll(/'((?:[^'\\]|\\.)*)'/g)].map((match) => match[1] ?? '');
}

function parseFunction(state: ParseState, span: Span): ModelFunction {
  const names = { name: '', domain: '' };
  const inputs: string[] = [];
  const outputs: string[] = [];
  const nodes: GraphNode[] = [];
  const opsets = new Map<string, number>();
  const cursor = state.file.fields(span);
  while (cursor.next()) {
    switch (cursor.field) {
      case 1:
        names.name = cursor.text();
        break;
      case 4:
        inputs.push(cursor.text());
        break;
      case 5:
        outputs.push(cursor.text());
        break;
      case 7:
        countPart(state, cursor);
        nodes.push(parseNode(state, messageOf(cursor)));
        break;
      case 9:
        readOpset(state.file, messageOf(cursor), opsets);
        break;
      case 10:
        names.domain = cursor.text();
        break;
    }
  }
  return { ...names, inputs, outputs, nodes, opsets };
}

function keepFunction(functions: Map<string, ModelFunction>, found: ModelFunction): void {
  functions.set(functionKey(found.domain, found.name), found);
}

function readOpset(file: WireFile, span: Span, opsets: Map<string, number>): void {
  let domain = '';
  let version = 0;
  const cursor = file.fields(span);
  while (cursor.next()) {
    if (cursor.field === 1) {
      domain = cursor.text();
    } else if (cursor.field === 2) {
      version = cursor.value;
    }
  }
  opsets.set(normalDomain(domain), version);
}

function nameOfSparse(file: WireFile, span: Span): string {
  const cursor = file.fields(span);
  while (cursor.next()) {
    if (cursor.field === 1) {
      return parseTensor(file, messageOf(cursor)).name;
    }
  }
  return '';
}
