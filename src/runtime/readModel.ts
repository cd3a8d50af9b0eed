import type { Result } from '../core/base/result';
import { describeModel } from '../core/onnx/describeModel';
import type { ModelReportDto, ReadModelParams, RuntimeError } from '../protocol/runtime';
import type { Machine } from './machine';

/** Reads a model's structure and BatchNorm tensors. */
export async function readModel(
  { path }: ReadModelParams,
  machine: Machine,
): Promise<Result<ModelReportDto, RuntimeError>> {
  const files = await machine.openModel(path);
  if (!files.ok) {
    return files;
  }
  try {
    return describeModel(files.value.source, files.value);
  } finally {
    files.value.close();
  }
}
