/** Models made to hang a reader or to eat its memory. */

import { describe, expect, it } from 'vitest';
import { bytesAsSource } from '../../../src/core/base/byteSource';
import { describeModel } from '../../../src/core/onnx/describeModel';
import { writeNode, writeValueInfo } from '../../../src/core/onnx/surgery/parts';
import { ProtoWriter } from '../../../src/core/onnx/surgery/protoWriter';

type Node = Parameters<typeof writeNode>[0];

const batchNorm: Node = {
  opType: 'BatchNormalization',
  name: 'bn',
  inputs: ['x', 'g', 'b', 'm', 'v'],
  outputs: ['y'],
};

interface Parts {
  readonly nodes: readonly ProtoWriter[];
  readonly tensors?: readonly ProtoWriter[];
  readonly functions?: readonly ProtoWriter[];
}

function modelOf({ nodes, tensors = [], functions = [] }: Parts): Uint8Array {
  const graph = new ProtoWriter().text(2, 'g');
  nodes.forEach((node) => graph.message(1, node));
  tensors.forEach((tensor) => graph.message(5, tensor));
  graph.message(11, writeValueInfo({ name: 'x', elementType: 1, dims: ['N', 3] }));
  graph.message(12, writeValueInfo({ name: 'y', elementType: 1, dims: ['N', 3] }));
  const model = new ProtoWriter().int(1, 8).message(7, graph);
  functions.forEach((definition) => model.message(25, definition));
  return model
    .message(8, new ProtoWriter().text(1, '').int(2, 15))
    .message(8, new ProtoWriter().text(1, 'local').int(2, 1))
    .finish();
}

function tensor(name: string, dims: readonly number[], rest = new ProtoWriter()): ProtoWriter {
  const written = new ProtoWriter();
  dims.forEach((dim) => written.int(1, dim));
  return written.int(2, 1).text(8, name).verbatim(rest.finish());
}

const floats = (count: number): ProtoWriter =>
  new ProtoWriter().bytes(9, new Uint8Array(4 * count).fill(0x3f));
const parameters = ['g', 'b', 'm', 'v'].map((name) => tensor(name, [3], floats(3)));

function functionOf(name: string, nodes: readonly ProtoWriter[]): ProtoWriter {
  const written = new ProtoWriter().text(1, name);
  ['x', 'g', 'b', 'm', 'v'].forEach((input) => written.text(4, input));
  written.text(5, 'y');
  nodes.forEach((node) => written.message(7, node));
  const opsets = [
    new ProtoWriter().text(1, '').int(2, 15),
    new ProtoWriter().text(1, 'local').int(2, 1),
  ];
  opsets.forEach((opset) => written.message(9, opset));
  return written.text(10, 'local');
}

function call(opType: string, outputs = ['y']): ProtoWriter {
  return writeNode({ ...batchNorm, opType, name: `call_${opType}`, outputs }).text(7, 'local');
}

/** Calls of calls, each of them twice. */
function doubling(depth: number): readonly ProtoWriter[] {
  return Array.from({ length: depth }, (_, level) =>
    functionOf(
      `f${String(level)}`,
      level === depth - 1
        ? [writeNode(batchNorm)]
        : [call(`f${String(level + 1)}`, ['h']), call(`f${String(level + 1)}`)],
    ),
  );
}

function nested(depth: number): ProtoWriter {
  const graph = new ProtoWriter().text(2, 'body');
  if (depth > 0) {
    graph.message(1, ifNode(depth - 1));
  }
  return graph;
}

function ifNode(depth: number): ProtoWriter {
  const attribute = new ProtoWriter().text(1, 'then_branch').message(6, nested(depth)).int(20, 5);
  return writeNode({
    opType: 'If',
    name: 'if',
    inputs: ['x'],
    outputs: ['y'],
    attributes: [attribute],
  });
}

const megabyte = 1024 * 1024;
/** What one read may ask of the file at most: a tensor of four million doubles. */
const largestRead = 32 * megabyte;

function described(bytes: Uint8Array) {
  const source = bytesAsSource(bytes);
  const before = process.memoryUsage();
  const started = performance.now();
  const result = describeModel(
    {
      byteLength: bytes.length,
      read: (offset, length) => {
        expect(length).toBeLessThanOrEqual(largestRead);
        return source.read(offset, length);
      },
    },
    { path: 'model.onnx', openExternal: () => bytesAsSource(new Uint8Array(64)) },
  );
  expect(performance.now() - started).toBeLessThan(10_000);
  const after = process.memoryUsage();
  expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(64 * megabyte);
  expect(after.rss - before.rss).toBeLessThan(400 * megabyte);
  return result;
}

function problemsOf(bytes: Uint8Array): readonly string[] {
  const result = described(bytes);
  if (!result.ok) {
    throw new Error(result.error.message);
  }
  return result.value.problems.map(({ message }) => message);
}

describe('cycles', () => {
  it('of nodes that pass a parameter around end as computed', () => {
    const ring = [
      writeNode({ opType: 'Identity', inputs: ['m2'], outputs: ['m'] }),
      writeNode({ opType: 'Identity', inputs: ['m'], outputs: ['m2'] }),
    ];
    const tensors = parameters.filter((_, index) => index !== 2);
    const result = described(modelOf({ nodes: [...ring, writeNode(batchNorm)], tensors }));
    expect(result.ok && result.value.layers[0]?.parameters.mean.source).toBe('computed');
  });

  it('of functions that call themselves and each other end', () => {
    const own = functionOf('f', [writeNode(batchNorm), call('f', ['z'])]);
    const result = described(
      modelOf({ nodes: [call('f')], tensors: parameters, functions: [own] }),
    );
    expect(result.ok && result.value.layers.length).toBeGreaterThan(0);
    const pair = [functionOf('f', [call('h')]), functionOf('h', [call('f')])];
    expect(
      described(modelOf({ nodes: [call('f')], tensors: parameters, functions: pair })).ok,
    ).toBe(true);
  });

  it('of calls that double at every level end', () => {
    const bytes = modelOf({ nodes: [call('f0')], tensors: parameters, functions: doubling(30) });
    expect(bytes.length).toBeLessThan(10_000);
    expect(described(bytes).ok).toBe(true);
  });

  it('of bodies in bodies are refused by their depth', () => {
    const result = described(modelOf({ nodes: [ifNode(200)], tensors: parameters }));
    expect(result.ok ? '' : result.error.message).toMatch(/nested more than 32 deep, at byte \d+/);
  });
});

it('names a byte where a name is longer than any', () => {
  const long = 'n'.repeat(2 * megabyte);
  const result = described(modelOf({ nodes: [writeNode({ ...batchNorm, name: long })] }));
  expect(result.ok ? '' : result.error.message).toMatch(/longer than a megabyte, at byte \d+/);
});

describe('dimensions that no memory would hold', () => {
  const withMean = (mean: ProtoWriter): Uint8Array =>
    modelOf({
      nodes: [writeNode(batchNorm)],
      tensors: parameters.map((own, index) => (index === 2 ? mean : own)),
    });

  it.each([
    ['of one axis', [2 ** 45]],
    ['of many axes', [1 << 20, 1 << 20, 1 << 20]],
    ['that overflow', Array.from({ length: 40 }, () => 2 ** 50)],
  ])('%s are told with the name of the tensor', (_, dims) => {
    expect(problemsOf(withMean(tensor('m', dims, floats(3)))).join()).toMatch(/Tensor "m" claims/);
  });

  it('with fewer bytes than they claim are told too', () => {
    const problems = problemsOf(withMean(tensor('m', [1 << 21], floats(3))));
    expect(problems.join()).toMatch(/Tensor "m" should hold 2097152 numbers and holds 3/);
  });

  it('of a file beside the model are held against its length', () => {
    const location = new ProtoWriter().text(1, 'location').text(2, 'w.bin');
    const offset = new ProtoWriter().text(1, 'offset').text(2, '9007199254740993');
    const outside = new ProtoWriter().message(13, location).message(13, offset).int(14, 1);
    expect(problemsOf(withMean(tensor('m', [3], outside))).join()).toMatch(
      /Tensor "m" lies outside the file "w\.bin"/,
    );
  });

  it('that a node fills are not filled', () => {
    const nodes = [
      writeNode({ opType: 'ConstantOfShape', inputs: ['shape'], outputs: ['m'] }),
      writeNode(batchNorm),
    ];
    const shape = new ProtoWriter()
      .int(1, 1)
      .int(2, 7)
      .text(8, 'shape')
      .int(7, 2 ** 50);
    const tensors = [...parameters.filter((_, index) => index !== 2), shape];
    const result = described(modelOf({ nodes, tensors }));
    expect(result.ok && result.value.layers[0]?.parameters.mean.source).toBe('computed');
  });
});
