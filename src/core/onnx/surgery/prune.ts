import type { Graph, GraphNode } from '../model';

export interface NeededParts {
  readonly nodes: ReadonlySet<GraphNode>;
  /** Names of values that needed nodes read, initializers among them. */
  readonly names: ReadonlySet<string>;
}

/** The nodes that some values depend on; heads and whatever else comes after are left out. */
export function neededFor(graph: Graph, targets: readonly string[]): NeededParts {
  const producers = new Map<string, GraphNode>();
  for (const node of graph.nodes) {
    for (const output of node.outputs) {
      producers.set(output, node);
    }
  }
  const nodes = new Set<GraphNode>();
  const names = new Set<string>();
  const open = [...targets];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (names.has(name)) {
      continue;
    }
    names.add(name);
    const node = producers.get(name);
    if (node !== undefined && !nodes.has(node)) {
      nodes.add(node);
      open.push(...namesReadBy(node));
    }
  }
  return { nodes, names };
}

/** A body reads names of the graphs around it without listing them. */
function* namesReadBy(node: GraphNode): Generator<string> {
  yield* node.inputs;
  for (const attribute of node.attributes.values()) {
    for (const graph of attribute.graphs) {
      yield* graph.outputs.map(({ name }) => name);
      for (const inner of graph.nodes) {
        yield* namesReadBy(inner);
      }
    }
  }
}
