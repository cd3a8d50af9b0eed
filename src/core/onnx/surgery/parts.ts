/** Small pieces of a model, ready to be written. */

import { type ElementType, onnxNumberOf } from '../../tensors/elementType';
import { ProtoWriter } from './protoWriter';

export interface NewNode {
  readonly opType: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: readonly ProtoWriter[];
  readonly name?: string;
}

export function writeNode({ opType, inputs, outputs, attributes, name }: NewNode): ProtoWriter {
  const writer = new ProtoWriter();
  for (const input of inputs) {
    writer.text(1, input);
  }
  for (const output of outputs) {
    writer.text(2, output);
  }
  writer.text(3, name ?? `${outputs[0] ?? ''}_node`).text(4, opType);
  for (const attribute of attributes ?? []) {
    writer.message(5, attribute);
  }
  return writer;
}

export function intAttribute(name: string, value: number): ProtoWriter {
  return new ProtoWriter().text(1, name).int(3, value).int(20, 2);
}

export function floatAttribute(name: string, value: number): ProtoWriter {
  return new ProtoWriter().text(1, name).float(2, value).int(20, 1);
}

export function intsAttribute(name: string, values: readonly number[]): ProtoWriter {
  const writer = new ProtoWriter().text(1, name);
  for (const value of values) {
    writer.int(8, value);
  }
  return writer.int(20, 7);
}

export function floatsAttribute(name: string, values: readonly number[]): ProtoWriter {
  const writer = new ProtoWriter().text(1, name);
  for (const value of values) {
    writer.float(7, value);
  }
  return writer.int(20, 6);
}

const int64 = 7;

/** A list of int64 numbers, shape `[values.length]`. */
export function writeInt64Tensor(name: string, values: readonly number[]): ProtoWriter {
  const writer = new ProtoWriter().int(1, values.length).int(2, int64);
  for (const value of values) {
    writer.int(7, value);
  }
  return writer.text(8, name);
}

export interface NewTensor {
  readonly dtype: ElementType;
  readonly dims: readonly number[];
  /** Little-endian elements. */
  readonly bytes: Uint8Array;
}

export function writeTensor(name: string, { dtype, dims, bytes }: NewTensor): ProtoWriter {
  const writer = new ProtoWriter();
  for (const dim of dims) {
    writer.int(1, dim);
  }
  return writer.int(2, onnxNumberOf(dtype)).text(8, name).bytes(9, bytes);
}

/** Float32 numbers, shape `[values.length]`. */
export function writeFloatTensor(name: string, values: Float64Array): ProtoWriter {
  const bytes = new Uint8Array(Float32Array.from(values).buffer);
  return writeTensor(name, { dtype: 'float32', dims: [values.length], bytes });
}

export interface NewValueInfo {
  readonly name: string;
  /** `TensorProto.DataType`. */
  readonly elementType: number;
  readonly dims: readonly (number | string)[] | undefined;
}

export function writeValueInfo({ name, elementType, dims }: NewValueInfo): ProtoWriter {
  const tensorType = new ProtoWriter().int(1, elementType);
  if (dims !== undefined) {
    tensorType.message(2, writeShape(dims));
  }
  return new ProtoWriter().text(1, name).message(2, new ProtoWriter().message(1, tensorType));
}

function writeShape(dims: readonly (number | string)[]): ProtoWriter {
  const shape = new ProtoWriter();
  for (const dim of dims) {
    const isNumber = typeof dim === 'number';
    const written = new ProtoWriter();
    shape.message(1, isNumber ? written.int(1, dim) : written.text(2, dim));
  }
  return shape;
}
