import type { BatchNormNode } from './batchNorm';
import { type PlacedNode, findAttribute } from './frame';
import { isOnnxOp } from './model';
import type { ModelMode } from './report';
import { type ValueReader, resolveValues } from './resolveValues';

/** How the file would behave if it were run as it is. */
export function modelMode(
  reader: ValueReader,
  placed: readonly PlacedNode[],
  batchNorms: readonly BatchNormNode[],
): ModelMode {
  const dropouts = placed.filter(({ node }) => isOnnxOp(node, 'Dropout'));
  const modes = new Set([
    ...batchNorms.map(({ mode }) => mode),
    ...dropouts.map((dropout) => dropoutMode(reader, dropout)),
  ]);
  return modes.size === 2 ? 'mixed' : (modes.values().next().value ?? 'none');
}

/**
 * Before version 7 an attribute switches Dropout off; versions 7 to 11 never drop; from 12 on the
 * third input says so, and one that is computed at run time counts as training.
 *
 * @source https://onnx.ai/onnx/operators/onnx__Dropout.html
 */
export function dropoutMode(reader: ValueReader, { node, frame }: PlacedNode): 'eval' | 'training' {
  const opset = frame.opsets.get('') ?? 1;
  const flag = node.inputs[2] ?? '';
  if (opset >= 12 && flag !== '') {
    return resolveValues(reader, frame, flag).values?.[0] === 0 ? 'eval' : 'training';
  }
  const isTest = (findAttribute(frame, node, 'is_test')?.int ?? 0) !== 0;
  return opset >= 7 || isTest ? 'eval' : 'training';
}
