import type { Frame } from '../frame';
import type { OnnxModel } from '../model';
import type { ValueReader } from '../resolveValues';
import { forcedEvaluation, trainingOnlyOutputs } from './forcedMode';
import { freePrefix } from './freePrefix';
import { neededFor } from './prune';
import { type WeightsDelivery, rewriteModel } from './rewrite';
import { noUpgrade, upgradeOf } from './upgrade';

export interface ForceEvaluationRequest {
  readonly reader: ValueReader;
  readonly model: OnnxModel;
  readonly frame: Frame;
  readonly weights: WeightsDelivery;
}

/**
 * The same model with every BatchNorm and Dropout in evaluation mode, those in bodies and functions too.
 *
 * Outputs that exist in training only, such as new running statistics, are left out.
 */
export function forceEvaluation({
  reader,
  model,
  frame,
  weights,
}: ForceEvaluationRequest): Uint8Array {
  const upgrade = upgradeOf(frame, model, freePrefix(model)) ?? noUpgrade;
  const forced = forcedEvaluation(reader, model);
  const edits = new Map([...upgrade.edits, ...forced.edits]);
  const trainingOnly = trainingOnlyOutputs(frame);
  const outputs = model.graph.outputs.filter(({ name }) => !trainingOnly.has(name));
  return rewriteModel(reader.file, model, {
    needed: neededFor(
      model.graph,
      outputs.map(({ name }) => name),
    ),
    edits,
    newNodes: [],
    newInitializers: upgrade.tensors,
    outputs,
    batchName: undefined,
    weights,
    opset: upgrade.opset,
  });
}
