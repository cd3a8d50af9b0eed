import { isBatchNorm, readBatchNorm } from '../batchNorm';
import type { Frame } from '../frame';
import type { GraphNode, OnnxModel } from '../model';
import type { ValueReader } from '../resolveValues';
import { type NodeEdit, dropoutEdits, evaluationEdit, trainingOnlyOutputs } from './forcedMode';
import { neededFor } from './prune';
import { type WeightsDelivery, rewriteModel } from './rewrite';
import { upgradeOf } from './upgrade';

export interface ForceEvaluationRequest {
  readonly reader: ValueReader;
  readonly model: OnnxModel;
  readonly frame: Frame;
  readonly weights: WeightsDelivery;
}

/**
 * The same model with every BatchNorm and Dropout of the main graph in evaluation mode.
 *
 * Outputs that exist in training only, such as new running statistics, are left out.
 */
export function forceEvaluation({
  reader,
  model,
  frame,
  weights,
}: ForceEvaluationRequest): Uint8Array {
  const upgrade = upgradeOf(frame);
  const edits = new Map<GraphNode, NodeEdit>([
    ...(upgrade?.edits ?? []),
    ...dropoutEdits(reader, frame),
  ]);
  const norms = frame.nodes.filter((node) => isBatchNorm({ node, frame }));
  for (const node of norms) {
    edits.set(node, evaluationEdit(readBatchNorm(reader, { node, frame })));
  }
  const trainingOnly = trainingOnlyOutputs(frame);
  const outputs = model.graph.outputs.filter(({ name }) => !trainingOnly.has(name));
  return rewriteModel(reader.file, model, {
    needed: neededFor(
      model.graph,
      outputs.map(({ name }) => name),
    ),
    edits,
    newNodes: [],
    newInitializers: [],
    outputs,
    batchName: undefined,
    weights,
    opset: upgrade?.opset,
  });
}
