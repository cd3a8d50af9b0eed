/** BatchNorm and Dropout in training mode, as every version of ONNX writes them, forced and observed. */

import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as ort from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import {
  floatAttribute,
  intAttribute,
  intsAttribute,
  writeFloatTensor,
  writeNode,
  writeTensor,
  writeValueInfo,
} from '../../../src/core/onnx/surgery/parts';
import { ProtoWriter } from '../../../src/core/onnx/surgery/protoWriter';
import { nodeMachine } from '../../../src/runtime/node/machine';
import { observe } from '../../../src/runtime/observe';
import { forced } from './forced';

/** The newest one that ONNX Runtime 1.30 calls released. */
const newest = 26;

const parameters = {
  gamma: [1.5, 0.5],
  beta: [0.25, -1],
  mean: [2, -3],
  variance: [4, 0.25],
};
const epsilon = 0.25;

function batchNorm(opset: number): ProtoWriter {
  const names = Object.keys(parameters);
  const running = opset >= 14 ? ['rm', 'rv'] : ['rm', 'rv', 'sm', 'sv'];
  return writeNode({
    opType: 'BatchNormalization',
    name: 'bn',
    inputs: ['x', ...names],
    outputs: ['n', ...running],
    attributes: [
      floatAttribute('epsilon', epsilon),
      ...(opset >= 14 ? [intAttribute('training_mode', 1)] : []),
      ...(opset < 7 ? [intAttribute('is_test', 0)] : []),
      ...(opset < 6 ? [intsAttribute('consumed_inputs', [0, 0, 0, 1, 1])] : []),
    ],
  });
}

function dropout(opset: number): ProtoWriter {
  return writeNode({
    opType: 'Dropout',
    name: 'drop',
    inputs: opset >= 12 ? ['n', 'half', 'training'] : ['n'],
    outputs: ['y'],
    attributes: [
      ...(opset < 12 ? [floatAttribute('ratio', 0.5)] : []),
      ...(opset < 7 ? [intAttribute('is_test', 0)] : []),
      ...(opset < 6 ? [intsAttribute('consumed_inputs', [0])] : []),
    ],
  });
}

function modelOf(opset: number): Uint8Array {
  const graph = new ProtoWriter().message(1, batchNorm(opset)).message(1, dropout(opset));
  graph.text(2, 'g');
  for (const [name, values] of Object.entries(parameters)) {
    graph.message(5, writeFloatTensor(name, Float64Array.from(values)));
  }
  if (opset >= 12) {
    graph.message(5, scalar('half', 'float32', new Uint8Array(Float32Array.of(0.5).buffer)));
    graph.message(5, scalar('training', 'bool', Uint8Array.of(1)));
  }
  const value = (name: string) => writeValueInfo({ name, elementType: 1, dims: ['N', 2, 3] });
  graph.message(11, value('x')).message(12, value('y'));
  const version = new ProtoWriter().text(1, '').int(2, opset);
  return new ProtoWriter().int(1, 8).message(8, version).message(7, graph).finish();
}

function scalar(name: string, dtype: 'float32' | 'bool', bytes: Uint8Array): ProtoWriter {
  return writeTensor(name, { dtype, dims: [], bytes });
}

const samples = 4;
const values = Float32Array.from({ length: samples * 6 }, (_, at) => 3 * Math.sin(at * at));

function at(name: keyof typeof parameters, channel: number): number {
  return parameters[name][channel] ?? NaN;
}

/** By the definition of BatchNorm in evaluation mode. */
const expected = Array.from(values, (value, index) => {
  const channel = Math.floor(index / 3) % 2;
  const scale = at('gamma', channel) / Math.sqrt(at('variance', channel) + epsilon);
  return scale * (value - at('mean', channel)) + at('beta', channel);
});

describe.each(Array.from({ length: newest }, (_, index) => index + 1))('version %i', (opset) => {
  it('gives what evaluation mode is defined to give', async () => {
    const { bytes } = forced(modelOf(opset));
    const session = await ort.InferenceSession.create(bytes, { logSeverityLevel: 3 });
    const { y } = await session.run({ x: new ort.Tensor('float32', values, [samples, 2, 3]) });
    for (const [index, value] of expected.entries()) {
      expect(y?.data[index]).toBeCloseTo(value, 5);
    }
  });

  it('is observed in both modes', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bn-guard-'));
    const path = join(folder, 'model.onnx');
    writeFileSync(path, modelOf(opset));
    const input = { kind: 'synthetic', sampleCount: 8 } as const;
    const reply = await observe(
      { path, input, passes: ['eval', 'batch'] },
      { machine: nodeMachine, report: () => undefined },
    );
    const { layers, forcedEval, problems } = reply.ok ? reply.value : {};
    expect(reply.ok ? [] : reply.error.message).toEqual([]);
    expect(problems).toEqual([]);
    expect(layers?.[0]?.eval?.mean).toEqual(layers?.[0]?.batch?.mean);
    // From 7 to 11 Dropout has no training mode.
    const isDropping = opset < 7 || opset >= 12;
    expect(forcedEval?.map(({ node }) => node)).toEqual(isDropping ? ['bn', 'drop'] : ['bn']);
  });
});
