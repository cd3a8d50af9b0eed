/** Writes a ResNet-50 of 102 MB with random weights, as PyTorch exports it with BatchNorm kept. */

import { closeSync, openSync, writeSync } from 'node:fs';
import {
  type NewNode,
  intsAttribute,
  writeNode,
  writeValueInfo,
} from '../../src/core/onnx/surgery/parts';
import { ProtoWriter } from '../../src/core/onnx/surgery/protoWriter';

const float32 = 1;

/** Roughly normal numbers, the same in every run. */
function makeNumbers(count: number, scale: number): Float32Array {
  const values = new Float32Array(count);
  let state = 12_345 + count;
  for (let index = 0; index < count; index++) {
    let sum = 0;
    for (let term = 0; term < 3; term++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      sum += state / 2 ** 31 - 1;
    }
    values[index] = scale * sum;
  }
  return values;
}

class Builder {
  readonly graph = new ProtoWriter();
  #count = 0;

  tensor(dims: readonly number[], values: Float32Array): string {
    const name = `t${String(this.#count++)}`;
    const bytes = new Uint8Array(values.buffer);
    const written = new ProtoWriter();
    for (const dim of dims) {
      written.int(1, dim);
    }
    this.graph.message(5, written.int(2, float32).text(8, name).bytes(9, bytes));
    return name;
  }

  node(opType: string, inputs: readonly string[], attributes: NewNode['attributes'] = []): string {
    const output = `v${String(this.#count++)}`;
    this.graph.message(1, writeNode({ opType, inputs, outputs: [output], attributes }));
    return output;
  }

  /** Convolution without bias, and its BatchNorm. */
  convolution(input: string, from: number, to: number, { kernel = 1, stride = 1 }): string {
    const fanIn = from * kernel * kernel;
    const weights = makeNumbers(to * fanIn, Math.sqrt(2 / fanIn));
    const weight = this.tensor([to, from, kernel, kernel], weights);
    const pad = kernel >> 1;
    const output = this.node(
      'Conv',
      [input, weight],
      [
        intsAttribute('kernel_shape', [kernel, kernel]),
        intsAttribute('strides', [stride, stride]),
        intsAttribute('pads', [pad, pad, pad, pad]),
      ],
    );
    const constant = (value: number): Float32Array => new Float32Array(to).fill(value);
    const parameters = [constant(1), constant(0), makeNumbers(to, 0.1), constant(1.1)];
    return this.node('BatchNormalization', [
      output,
      ...parameters.map((values) => this.tensor([to], values)),
    ]);
  }

  bottleneck(input: string, from: number, width: number, stride: number): string {
    let inner = this.convolution(input, from, width, {});
    inner = this.convolution(this.node('Relu', [inner]), width, width, { kernel: 3, stride });
    inner = this.convolution(this.node('Relu', [inner]), width, 4 * width, {});
    const hasShortcut = stride !== 1 || from !== 4 * width;
    const shortcut = hasShortcut ? this.convolution(input, from, 4 * width, { stride }) : input;
    return this.node('Relu', [this.node('Add', [inner, shortcut])]);
  }
}

const stages = [
  { width: 64, depth: 3 },
  { width: 128, depth: 4 },
  { width: 256, depth: 6 },
  { width: 512, depth: 3 },
];

export function writeResNet50(path: string): void {
  const builder = new Builder();
  let value = builder.node('Relu', [builder.convolution('input', 3, 64, { kernel: 7, stride: 2 })]);
  value = builder.node(
    'MaxPool',
    [value],
    [
      intsAttribute('kernel_shape', [3, 3]),
      intsAttribute('strides', [2, 2]),
      intsAttribute('pads', [1, 1, 1, 1]),
    ],
  );
  let from = 64;
  for (const { width, depth } of stages) {
    for (let block = 0; block < depth; block++) {
      value = builder.bottleneck(value, from, width, block === 0 && width > 64 ? 2 : 1);
      from = 4 * width;
    }
  }
  value = builder.node('Flatten', [builder.node('GlobalAveragePool', [value])]);
  const weights = builder.tensor([2048, 1000], makeNumbers(2_048_000, 0.02));
  const output = builder.node('MatMul', [value, weights]);
  builder.graph
    .text(2, 'resnet50')
    .message(11, writeValueInfo({ name: 'input', elementType: float32, dims: ['N', 3, 224, 224] }))
    .message(12, writeValueInfo({ name: output, elementType: float32, dims: ['N', 1000] }));
  const opset = new ProtoWriter().text(1, '').int(2, 17);
  const model = new ProtoWriter().int(1, 8).text(2, 'bn-guard-bench').message(8, opset);
  const file = openSync(path, 'w');
  writeSync(file, model.message(7, builder.graph).finish());
  closeSync(file);
}
