import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type ByteSource, bytesAsSource } from '../../../src/core/base/byteSource';
import type { Result } from '../../../src/core/base/result';
import { describeModel } from '../../../src/core/onnx/describeModel';
import type { ModelError, ModelReport } from '../../../src/core/onnx/report';
import { ExternalFiles } from '../../../src/platform/fileByteSource';

function modelPath(name: string): string {
  return fileURLToPath(new URL(`../../models/${name}.onnx`, import.meta.url));
}

export function modelBytes(name: string): Uint8Array {
  return new Uint8Array(readFileSync(modelPath(name)));
}

/** Describes a model beside `make_models.py`; the report must be complete. */
export function describeNamed(name: string): ModelReport {
  const external = new ExternalFiles(modelPath(name));
  const described = describeBytes(modelBytes(name), external.open);
  external.close();
  if (!described.ok) {
    throw new Error(`${name}: ${described.error.message}`);
  }
  return described.value;
}

export function describeBytes(
  bytes: Uint8Array,
  openExternal: (location: string) => ByteSource | undefined = () => undefined,
): Result<ModelReport, ModelError> {
  return describeModel(bytesAsSource(bytes), { path: 'model.onnx', openExternal });
}
