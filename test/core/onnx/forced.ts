import { bytesAsSource } from '../../../src/core/base/byteSource';
import { openModel } from '../../../src/core/onnx/describeModel';
import { mainFrame } from '../../../src/core/onnx/frame';
import type { OnnxModel } from '../../../src/core/onnx/model';
import { forceEvaluation } from '../../../src/core/onnx/surgery/forceEvaluation';

/** A model, and the bytes of the same one in evaluation mode. */
export function forced(bytes: Uint8Array): {
  readonly model: OnnxModel;
  readonly bytes: Uint8Array;
} {
  const opened = openModel(bytesAsSource(bytes));
  if (!opened.ok) {
    throw new Error(opened.error.message);
  }
  const { file, model } = opened.value;
  const reader = { file, openExternal: () => undefined };
  const frame = mainFrame(model);
  return { model, bytes: forceEvaluation({ reader, model, frame, weights: { kind: 'copy' } }) };
}
