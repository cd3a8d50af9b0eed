import { bytesAsSource } from '../base/byteSource';
import { type Result, err, ok } from '../base/result';
import { convertTensor } from '../tensors/convert';
import { byteLengthOf, elementTypeOfOnnx } from '../tensors/elementType';
import {
  type NamedTensor,
  type TensorError,
  dataFromBytes,
  tensorByteLimit,
} from '../tensors/tensor';
import { parseTensor } from './parseTensor';
import { elementCount, readTensorValues } from './tensorValues';
import { WireFile } from './wire';

/** Reads a serialised `TensorProto`, such as the `input_0.pb` of ONNX's own tests. */
export function readTensorProto(bytes: Uint8Array): Result<NamedTensor, TensorError> {
  const file = new WireFile(bytesAsSource(bytes));
  const part = parseTensor(file, file.whole);
  const dtype = elementTypeOfOnnx(part.dataType);
  if (file.failure !== undefined || dtype === undefined || part.external !== undefined) {
    return notATensor('This is no ONNX tensor of numbers. Save it with onnx.numpy_helper.');
  }
  const { name, dims: shape } = part;
  const byteLength = elementCount(shape) * byteLengthOf(dtype);
  if (!(byteLength >= 0 && byteLength <= tensorByteLimit)) {
    return notATensor('The tensor claims more elements than fit. Save fewer samples.');
  }
  if (part.raw !== undefined) {
    const raw = file.bytes(part.raw);
    return raw.length === byteLength
      ? ok({ name, dtype, shape, data: dataFromBytes(dtype, raw) })
      : notATensor('The tensor holds more or fewer bytes than its shape says. Save it again.');
  }
  const read = readTensorValues(file, part, () => undefined);
  if (!read.ok) {
    return notATensor(read.error.message);
  }
  const numbers = { dtype: 'float64', shape, data: read.value.values } as const;
  const made = dtype === 'float64' ? ok(numbers) : convertTensor(numbers, dtype);
  return made.ok ? ok({ name, ...made.value }) : notATensor(made.error);
}

function notATensor(message: string): Result<never, TensorError> {
  return err({ kind: 'notAnArray', message });
}
