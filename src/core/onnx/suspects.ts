/** Parts of a model that are known to end ONNX Runtime itself, or that it may not know. */

import { isBatchNorm } from './batchNorm';
import type { PlacedNode } from './frame';
import type { GraphNode } from './model';

/** Domains whose operators ONNX Runtime brings along. */
const knownDomains = new Set(['', 'ai.onnx', 'ai.onnx.ml', 'com.microsoft']);

/**
 * The gravest first, each a phrase with the node's name.
 *
 * @source a BatchNormalization in training mode whose running outputs have no names is a
 *   segmentation fault in ONNX Runtime 1.30, measured; the main graph's are rewritten for a run
 */
export function suspectsAmong(places: readonly PlacedNode[]): readonly string[] {
  const norms = places.filter(
    (place) => isBatchNorm(place) && isInner(place) && hasUnnamedOutputs(place.node),
  );
  // A call of a function that the file itself defines is not foreign.
  const calls = new Set(places.flatMap(({ frame }) => frame.call?.node ?? []));
  const foreign = places.filter(({ node }) => !knownDomains.has(node.domain) && !calls.has(node));
  return [
    ...norms.map(
      ({ node }) =>
        `BatchNormalization "${nameOf(node)}" inside a branch, loop or function has outputs without names, which ends ONNX Runtime in training mode`,
    ),
    ...foreign.map(({ node }) => `"${nameOf(node)}" is ${node.opType} of ${node.domain}`),
  ];
}

function isInner({ frame }: PlacedNode): boolean {
  return frame.outer !== undefined || frame.call !== undefined;
}

function hasUnnamedOutputs({ outputs }: GraphNode): boolean {
  return outputs.length > 1 && outputs.slice(1).includes('');
}

function nameOf({ name, outputs }: GraphNode): string {
  return name === '' ? (outputs[0] ?? '') : name;
}
