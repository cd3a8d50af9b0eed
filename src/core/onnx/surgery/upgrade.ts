/** Models of operator sets 1 to 6, which ONNX Runtime has no BatchNorm for, become version 7. */

import type { Frame } from '../frame';
import { type GraphNode, normalDomain } from '../model';
import type { NodeEdit } from './forcedMode';

/** The oldest operator set that ONNX Runtime runs. */
export const oldestOpset = 7;

export interface Upgrade {
  readonly opset: number;
  readonly edits: ReadonlyMap<GraphNode, NodeEdit>;
}

/** Attributes that version 7 does without; `broadcast` became the rule. */
const dropped = ['consumed_inputs', 'is_test', 'broadcast'];

/**
 * @returns `undefined` when the model is new enough, or a node adds along an axis in the middle,
 *   which version 7 cannot say in one node
 */
export function upgradeOf(frame: Frame): Upgrade | undefined {
  const opset = frame.opsets.get('') ?? 1;
  if (opset >= oldestOpset || frame.nodes.some(broadcastsInTheMiddle)) {
    return undefined;
  }
  const old = frame.nodes.filter(
    ({ domain, attributes }) =>
      normalDomain(domain) === '' && dropped.some((name) => attributes.has(name)),
  );
  const edits = old.map((node): [GraphNode, NodeEdit] => [
    node,
    { inputs: node.inputs, outputs: node.outputs, dropAttributes: dropped, addAttributes: [] },
  ]);
  return { opset: oldestOpset, edits: new Map(edits) };
}

function broadcastsInTheMiddle({ attributes }: GraphNode): boolean {
  return attributes.get('broadcast')?.int === 1 && attributes.has('axis');
}
