import { type Result, err, ok } from '../core/base/result';
import { isBatchNorm, readBatchNorm } from '../core/onnx/batchNorm';
import { openModel } from '../core/onnx/describeModel';
import { mainFrame, placedNodes } from '../core/onnx/frame';
import { inlineFunctions } from '../core/onnx/inlineFunctions';
import { suspectsAmong } from '../core/onnx/suspects';
import { forcedEvaluation } from '../core/onnx/surgery/forcedMode';
import { upgradeObstacle } from '../core/onnx/surgery/upgrade';
import type { ObservationDto, RuntimeError } from '../protocol/runtime';
import type { ModelFiles } from './machine';
import type { PassRequest } from './pass';

/** A model that can be run, and what it takes to run it in evaluation mode. */
export interface PreparedModel {
  readonly instrument: Omit<PassRequest['instrument'], 'pass'>;
  readonly forcedEval: ObservationDto['forcedEval'];
  /** What may end ONNX Runtime itself; see `suspectsAmong`. */
  readonly suspects: readonly string[];
}

export function prepareModel({
  source,
  openExternal,
}: ModelFiles): Result<PreparedModel, RuntimeError> {
  const opened = openModel(source);
  if (!opened.ok) {
    return opened;
  }
  const { file } = opened.value;
  const model = inlineFunctions(opened.value.model);
  const reader = { file, openExternal };
  const frame = mainFrame(model);
  const placed = [...placedNodes(model, frame)];
  const nodes = placed.filter(isBatchNorm).map((place) => readBatchNorm(reader, place));
  const measurable = nodes.flatMap((node, index) =>
    node.frame === frame ? [{ index, node }] : [],
  );
  const opset = model.opsets.get('') ?? 1;
  const obstacle = upgradeObstacle(frame, model);
  if (obstacle !== undefined) {
    const name = obstacle.name === '' ? (obstacle.outputs[0] ?? '') : obstacle.name;
    return notRunnable(
      `The model uses operator set ${String(opset)}, which ONNX Runtime does not run, and "${name}" (${obstacle.opType}) has no newer form here. Convert it with onnx.version_converter.convert_version(model, 15).`,
    );
  }
  if (measurable.length === 0) {
    return notRunnable(
      'Every BatchNormalization is inside a branch, loop or function, where its input cannot be observed. Export the model without them.',
    );
  }
  return ok({
    instrument: { reader, model, frame, batchNorms: measurable },
    forcedEval: forcedEvaluation(reader, model).changes,
    suspects: suspectsAmong(model, placed),
  });
}

export function notRunnable(message: string): Result<never, RuntimeError> {
  return err({ kind: 'notRunnable', message });
}
