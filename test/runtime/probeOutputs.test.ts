import { expect, it } from 'vitest';
import { readBatchNorm, isBatchNorm } from '../../src/core/onnx/batchNorm';
import { bytesAsSource } from '../../src/core/base/byteSource';
import { openModel } from '../../src/core/onnx/describeModel';
import { mainFrame } from '../../src/core/onnx/frame';
import { type LeanLayer, layersThatTellVariance, readProbes } from '../../src/runtime/probeOutputs';
import { modelBytes } from '../core/onnx/describe';

const opened = openModel(bytesAsSource(modelBytes('train_opset15')));
if (!opened.ok) {
  throw new Error(opened.error.message);
}
const { file, model } = opened.value;
const frame = mainFrame(model);
const batchNorms = frame.nodes
  .filter((node) => isBatchNorm({ node, frame }))
  .map((node, index) => ({
    index,
    node: readBatchNorm({ file, openExternal: () => undefined }, { node, frame }),
  }));

/** One sample of three channels with 25 positions, as a lean probe gives it. */
function read(means: readonly number[], meanSquares: readonly number[], shift?: Float32Array) {
  const lean: LeanLayer = { positionCount: 25, shift };
  const dims = [1, 3, 1, 1];
  return readProbes(
    {
      m: { data: Float32Array.from(means), dims },
      q: { data: Float32Array.from(meanSquares), dims },
    },
    {
      probes: [
        {
          index: 0,
          outputs: { mean: 'm', squares: 'q', shape: undefined, elementType: 1 },
          running: undefined,
        },
      ],
      batchNorms,
      sampleCount: 1,
      leanLayers: new Map([[0, lean]]),
    },
  );
}

it('turns mean squares into squared deviations and puts the shift back', () => {
  const reading = read([0.5, 0, -1], [1.25, 4, 2], Float32Array.of(10, 20, 30));
  const { mean = [], squares = [], valueCount } = reading?.moments.get(0) ?? {};
  expect([...mean]).toEqual([10.5, 20, 29]);
  expect([...squares]).toEqual([25, 100, 25]);
  expect(valueCount).toBe(25);
  expect(reading?.imprecise.size).toBe(0);
});

it.each([
  ['a mean far above the spread', [1000, 0, 0], [1_000_000.5, 1, 1]],
  ['a number that is none', [NaN, 0, 0], [NaN, 1, 1]],
])('does not trust %s', (_, means, meanSquares) => {
  expect([...(read(means, meanSquares)?.imprecise ?? [])]).toEqual([0]);
});

it('does not mind a large mean where the variance is below epsilon anyway', () => {
  expect(read([0.01, 0, 0], [0.0001, 1, 1])?.imprecise.size).toBe(0);
});

it('takes the variance of a whole batch from the layer, and knows which layers tell one', () => {
  const reading = readProbes(
    {
      m: { data: Float32Array.of(1, 2, 3, 3, 2, 1), dims: [2, 3, 1] },
      shape: { data: [2n, 3n, 5n, 5n], dims: [4] },
      rv: { data: Float32Array.of(4, 5, 6), dims: [3] },
    },
    {
      probes: [
        {
          index: 0,
          outputs: { mean: 'm', squares: undefined, shape: 'shape', elementType: 1 },
          running: ['rm', 'rv'],
        },
      ],
      batchNorms,
      sampleCount: 2,
      leanLayers: new Map(),
    },
  );
  expect(reading?.moments.get(0)).toMatchObject({
    ...{ count: 2, valueCount: 50 },
    mean: Float64Array.of(2, 2, 2),
    squares: Float64Array.of(200, 250, 300),
    betweenSquares: Float64Array.of(2, 0, 2),
  });
  expect([...layersThatTellVariance(batchNorms)]).toEqual([0]);
});
