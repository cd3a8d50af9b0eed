import { type Result, ok } from '../core/base/result';
import { describeModel } from '../core/onnx/describeModel';
import { ExternalFiles, openFileSource } from '../platform/fileByteSource';
import type { ModelReportDto, ReadModelParams, RuntimeError } from '../protocol/runtime';

/** Reads a model's structure and BatchNorm tensors from disk. */
export function readModel({ path }: ReadModelParams): Result<ModelReportDto, RuntimeError> {
  const opened = openFileSource(path);
  if (!opened.ok) {
    return opened;
  }
  const source = opened.value;
  const external = new ExternalFiles(path);
  try {
    const described = describeModel(source, { path, openExternal: external.open });
    return described.ok ? ok(described.value) : described;
  } finally {
    external.close();
    source.close();
  }
}
