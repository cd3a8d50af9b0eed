import { type Frame, type PlacedNode, findAttribute } from './frame';
import { isOnnxOp } from './model';
import { type ResolvedValues, type ValueReader, resolveValues } from './resolveValues';

/** One BatchNormalization node as the file holds it. */
export interface BatchNormNode extends PlacedNode {
  /** Version of the operator set that defines the node: 1, 6, 7, 9, 14 or 15. */
  readonly opVersion: number;
  readonly epsilon: number;
  /** Weight of the old running value, in `[0, 1]`. */
  readonly decay: number;
  readonly mode: 'eval' | 'training';
  /** False for the `spatial = 0` form of versions 1 to 7: one parameter per position too. */
  readonly isSpatial: boolean;
  readonly parameters: Readonly<Record<ParameterName, ResolvedValues>>;
}

export type ParameterName = 'mean' | 'variance' | 'gamma' | 'beta';

export const parameterNames: readonly ParameterName[] = ['mean', 'variance', 'gamma', 'beta'];

/** @source https://onnx.ai/onnx/operators/onnx__BatchNormalization.html */
const opVersions = [15, 14, 9, 7, 6, 1];

export function isBatchNorm({ node }: PlacedNode): boolean {
  return isOnnxOp(node, 'BatchNormalization');
}

export function readBatchNorm(reader: ValueReader, placed: PlacedNode): BatchNormNode {
  const { node, frame } = placed;
  const { opVersion, mode } = batchNormForm(placed);
  const read = (index: number): ResolvedValues =>
    resolveValues(reader, frame, node.inputs[index] ?? '');
  return {
    ...placed,
    opVersion,
    epsilon: findAttribute(frame, node, 'epsilon')?.float ?? 1e-5,
    decay: findAttribute(frame, node, 'momentum')?.float ?? 0.9,
    mode,
    isSpatial: opVersion > 7 || findAttribute(frame, node, 'spatial')?.int !== 0,
    parameters: { gamma: read(1), beta: read(2), mean: read(3), variance: read(4) },
  };
}

/** What can be told of a node without its tensors. */
export function batchNormForm(placed: PlacedNode): Pick<BatchNormNode, 'opVersion' | 'mode'> {
  const opVersion = batchNormVersion(placed.frame);
  return { opVersion, mode: batchNormMode(placed, opVersion) };
}

function batchNormVersion({ opsets }: Frame): number {
  const opset = opsets.get('') ?? 1;
  return opVersions.find((version) => version <= opset) ?? 1;
}

/**
 * Whether the node normalises with the batch when the file is run as it is.
 *
 * From version 14 an attribute says so; before, the number of outputs does: ONNX Runtime 1.30 runs
 * a version 9 node with five outputs on batch statistics even when nobody reads them.
 */
function batchNormMode({ node, frame }: PlacedNode, opVersion: number): 'eval' | 'training' {
  if (opVersion >= 14) {
    return findAttribute(frame, node, 'training_mode')?.int === 1 ? 'training' : 'eval';
  }
  const isTest = opVersion < 7 && (findAttribute(frame, node, 'is_test')?.int ?? 0) !== 0;
  return node.outputs.length > 1 && !isTest ? 'training' : 'eval';
}
