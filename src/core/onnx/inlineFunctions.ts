/**
 * Calls of functions that hold a BatchNormalization, replaced by the functions' nodes.
 *
 * Inside a function a value cannot become an output of the model, so its layers could not be
 * observed, forced into evaluation mode or given a name of their own.
 *
 * @source https://onnx.ai/onnx/intro/concepts.html#functions; names inside get a prefix, as
 *   onnx.inliner does it
 */

import type { Attribute, GraphNode, ModelFunction, OnnxModel } from './model';
import { functionKey, isOnnxOp, normalDomain } from './model';

/** Calls of calls of calls: a small file can describe an endless model. */
const depthLimit = 16;
const nodeLimit = 100_000;

/** The same model; what cannot be inlined stays a call. */
export function inlineFunctions(model: OnnxModel): OnnxModel {
  const inliner = new Inliner(model);
  const nodes = inliner.expand(model.graph.nodes, 0);
  return inliner.hasInlined ? { ...model, graph: { ...model.graph, nodes } } : model;
}

class Inliner {
  readonly #model: OnnxModel;
  readonly #wanted: ReadonlySet<ModelFunction>;
  /** Starts every new name; occurs in no name of the model. */
  readonly #start: string;
  #calls = 0;
  #nodes = 0;

  constructor(model: OnnxModel) {
    this.#model = model;
    this.#wanted = functionsToInline(model);
    this.#start = freeStart(model);
  }

  get hasInlined(): boolean {
    return this.#calls > 0;
  }

  expand(nodes: readonly GraphNode[], depth: number): readonly GraphNode[] {
    return nodes.flatMap((node) => {
      const definition = this.#model.functions.get(functionKey(node.domain, node.opType));
      const isInlined =
        definition !== undefined &&
        this.#wanted.has(definition) &&
        depth < depthLimit &&
        (this.#nodes += definition.nodes.length) <= nodeLimit;
      return isInlined ? this.expand(this.#bodyOf(node, definition), depth + 1) : [node];
    });
  }

  #bodyOf(call: GraphNode, definition: ModelFunction): readonly GraphNode[] {
    const prefix = `${this.#start}${String(++this.#calls)}/`;
    const names = new Map([['', '']]);
    for (const [index, name] of definition.outputs.entries()) {
      const outer = call.outputs[index] ?? '';
      names.set(name, outer === '' ? prefix + name : outer);
    }
    // An input that is handed on as an output keeps the caller's name of the input.
    for (const [index, name] of definition.inputs.entries()) {
      names.set(name, call.inputs[index] ?? '');
    }
    const renamed = (name: string): string => names.get(name) ?? prefix + name;
    return definition.nodes.map((node) => ({
      ...node,
      name: `${nameOf(call)}/${nameOf(node)}`,
      inputs: node.inputs.map(renamed),
      outputs: node.outputs.map(renamed),
      attributes: attributesOf(node, call),
      scopes: node.scopes.length > 0 ? node.scopes : call.scopes,
      isInlined: true,
    }));
  }
}

function nameOf({ name, outputs }: GraphNode): string {
  return name === '' ? (outputs[0] ?? '') : name;
}

function freeStart({ graph }: OnnxModel): string {
  const names = graph.nodes.flatMap(({ inputs, outputs }) => [...inputs, ...outputs]);
  let start = 'call';
  while (names.some((name) => name.startsWith(start))) {
    start = `_${start}`;
  }
  return start;
}

/** An attribute of the call takes the place of one that refers to it. */
function attributesOf(node: GraphNode, call: GraphNode): ReadonlyMap<string, Attribute> {
  const attributes = new Map<string, Attribute>();
  for (const [name, attribute] of node.attributes) {
    const { refersTo = '' } = attribute;
    const given = refersTo === '' ? attribute : call.attributes.get(refersTo);
    if (given !== undefined) {
      attributes.set(name, { ...given, name, isRenamed: given.name !== name });
    }
  }
  return attributes;
}

/** Functions with a BatchNorm somewhere in them, that mean the same outside of themselves. */
function functionsToInline(model: OnnxModel): ReadonlySet<ModelFunction> {
  const known = new Map<ModelFunction, boolean>();
  const holdsNorm = (definition: ModelFunction, depth: number): boolean => {
    const before = known.get(definition);
    if (before !== undefined || depth > depthLimit) {
      return before ?? false;
    }
    // A function that comes back to itself never ends, and is none of ONNX's.
    known.set(definition, false);
    const holds = definition.nodes.some((node) => {
      const inner = model.functions.get(functionKey(node.domain, node.opType));
      return (
        isOnnxOp(node, 'BatchNormalization') || (inner !== undefined && holdsNorm(inner, depth + 1))
      );
    });
    known.set(definition, holds);
    return holds;
  };
  return new Set(
    [...model.functions.values()].filter(
      (definition) => holdsNorm(definition, 0) && canBeInlined(model, definition),
    ),
  );
}

function canBeInlined(
  model: OnnxModel,
  { nodes, opsets, inputs, outputs }: ModelFunction,
): boolean {
  const hasBodies = nodes.some(({ attributes }) =>
    [...attributes.values()].some(({ graphs }) => graphs.length > 0),
  );
  const isSameVersion = nodes.every(({ domain }) => {
    const own = opsets.get(normalDomain(domain));
    return own === undefined || own === model.opsets.get(normalDomain(domain));
  });
  // Passed on as it is, an input has two names at once, which one node would have to make.
  const handsOn = outputs.some((name) => inputs.includes(name));
  return !hasBodies && isSameVersion && !handsOn;
}
