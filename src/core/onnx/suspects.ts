/** Parts of a model that are known to end ONNX Runtime itself, or that it may not know. */

import type { PlacedNode } from './frame';
import type { GraphNode, ModelFunction, OnnxModel } from './model';
import { functionKey } from './model';

/** Domains whose operators ONNX Runtime brings along. */
const knownDomains = new Set(['', 'ai.onnx', 'ai.onnx.ml', 'com.microsoft']);

/** Exporters nest a dozen. */
const deepCalls = 200;

/**
 * The gravest first, each a phrase that names the place.
 *
 * @source ONNX Runtime 1.30 ends by a stack overflow on some thousand functions that call each
 *   other, measured
 */
export function suspectsAmong(model: OnnxModel, places: readonly PlacedNode[]): readonly string[] {
  // A call of a function that the file itself defines is not foreign.
  const calls = new Set(places.flatMap(({ frame }) => frame.call?.node ?? []));
  const foreign = places.filter(
    ({ node }) =>
      !knownDomains.has(node.domain) &&
      !calls.has(node) &&
      !model.functions.has(functionKey(node.domain, node.opType)),
  );
  const depth = depthOfCalls(model);
  return [
    ...(depth > deepCalls ? [`functions that call functions, ${String(depth)} deep`] : []),
    ...foreign.map(({ node }) => `"${nameOf(node)}" is ${node.opType} of ${node.domain}`),
  ];
}

/** The longest chain of functions that call functions; one that comes back to itself is cut. */
function depthOfCalls({ functions }: OnnxModel): number {
  const depths = new Map<ModelFunction, number>();
  const calledBy = ({ nodes }: ModelFunction): readonly ModelFunction[] =>
    nodes.flatMap(({ domain, opType }) => functions.get(functionKey(domain, opType)) ?? []);
  // Without recursion: it is the deep files that matter here.
  const open = [...functions.values()];
  for (let each = open.at(-1); each !== undefined; each = open.at(-1)) {
    const called = calledBy(each);
    if (depths.has(each)) {
      open.pop();
      depths.set(each, 1 + called.reduce((most, own) => Math.max(most, depths.get(own) ?? 0), 0));
    } else {
      depths.set(each, 0);
      open.push(...called.filter((own) => !depths.has(own)));
    }
  }
  return [...depths.values()].reduce((most, depth) => Math.max(most, depth), 0);
}

function nameOf({ name, outputs }: GraphNode): string {
  return name === '' ? (outputs[0] ?? '') : name;
}
