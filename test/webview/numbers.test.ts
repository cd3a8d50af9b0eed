import { describe, expect, it } from 'vitest';
import type { LayerDataDto } from '../../src/protocol/onnxPanel';
import { columnsOf, sortedChannels } from '../../webview/onnx/columns';
import { formatBytes, formatNumber } from '../../webview/onnx/format';
import { stripCells } from '../../webview/onnx/heatStrip';
import { histogramOf } from '../../webview/onnx/histogram';
import { nextChannel, nextPosition } from '../../webview/onnx/keys';
import { measureLayer, median } from '../../webview/onnx/measures';
import { parseChoice } from '../../webview/onnx/savedChoice';
import { createWorkQueue } from '../../webview/onnx/schedule';
import { defaultChoice } from '../../webview/onnx/store';

const layer: LayerDataDto = {
  index: 0,
  runId: null,
  mean: Float64Array.of(0, NaN, 2, -1),
  variance: Float64Array.of(1, 1, 4, 0.25),
  gamma: Float64Array.of(1, 1, -2, 1),
  observed: {},
};

describe('a number', () => {
  it.each([
    [0, '0'],
    [1, '1'],
    [-0.12345, '−0.1235'],
    [123456, '123500'],
    [1e-5, '1.00e−5'],
    [2.5e9, '2.50e9'],
    [-3e-7, '−3.00e−7'],
    [NaN, 'NaN'],
    [-Infinity, '−∞'],
    [undefined, '–'],
  ])('%s reads %s', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });

  it.each([
    [999, '999 bytes'],
    [219_985, '220 kB'],
    [102_400_000, '102 MB'],
    [1_500, '1.5 kB'],
  ])('%s bytes read %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});

describe('the table of channels', () => {
  it('has a column for what is stored and none for what is not', () => {
    expect(columnsOf(layer).map(({ key }) => key)).toEqual([
      'channel',
      'mean',
      'variance',
      'gamma',
    ]);
  });

  it.each([
    ['channel', false, [0, 1, 2, 3]],
    ['channel', true, [3, 2, 1, 0]],
    ['mean', true, [1, 2, 0, 3]],
    ['mean', false, [1, 3, 0, 2]],
    ['gone', true, [0, 1, 2, 3]],
  ])('sorted by %s, descending %s, puts NaN first', (column, isDescending, expected) => {
    const options = { channels: 4, sort: { column, isDescending }, range: null };
    expect(sortedChannels(columnsOf(layer), options)).toEqual(expected);
  });

  it('shows only the channels selected in the chart', () => {
    const sort = { column: 'channel', isDescending: false };
    const range = { first: 2, last: 9 };
    expect(sortedChannels(columnsOf(layer), { channels: 4, sort, range })).toEqual([2, 3]);
  });
});

describe('measures', () => {
  it('gain is gamma over the stored standard deviation', () => {
    const gain = measureLayer({ epsilon: 0 }, layer, { measure: 'gain', pass: 'eval' });
    expect(gain).toEqual(Float64Array.of(1, 1, 1, 2));
  });

  it('mismatch needs a run', () => {
    expect(measureLayer({ epsilon: 0 }, layer, { measure: 'kl', pass: 'eval' })).toBeUndefined();
  });

  it.each([
    [[3, 1, 2], 2],
    [[4, 1, 2, 3], 2.5],
    [[NaN, 5], 5],
    [[], NaN],
  ])('the median of %j is %s', (values, expected) => {
    expect(median(values)).toBe(expected);
  });
});

describe('a strip', () => {
  it('shows one bad channel of 2,048 in 256 cells', () => {
    const values = new Float64Array(2048);
    values[1000] = 50;
    const cells = stripCells('kl', values, 256);
    expect(cells).toHaveLength(256);
    expect(cells[125]).toBe(1);
    expect(cells.filter((cell) => cell !== 0)).toHaveLength(1);
  });

  it('lets a NaN win over every number in its cell', () => {
    expect(stripCells('z', [3, NaN, -3], 1)[0]).toBeNaN();
  });

  it('gives each side its sign', () => {
    expect(Array.from(stripCells('ratio', [0.01, 1, 100], 3))).toEqual([-1, 0, 1]);
  });
});

describe('keys', () => {
  it.each([
    ['ArrowDown', 3, 4],
    ['ArrowUp', 0, 0],
    ['End', 3, 9],
    ['Home', 3, 0],
    ['PageDown', 3, 9],
    ['a', 3, undefined],
    ['constructor', 3, undefined],
  ])('%s in a list of ten leads from %s to %s', (key, from, to) => {
    expect(nextPosition(key, from, 10)).toBe(to);
  });

  it('ArrowRight stops at the last channel', () => {
    expect(nextChannel('ArrowRight', 15, 16)).toBe(15);
  });
});

describe('a saved choice', () => {
  it('comes back as it was', () => {
    const choice = {
      ...defaultChoice,
      layerName: 'bn1',
      measure: 'z' as const,
      range: { first: 1, last: 2 },
      input: { kind: 'file' as const, uri: 'file:///a.npz', fileName: 'a.npz' },
    };
    expect(parseChoice(JSON.parse(JSON.stringify(choice)))).toEqual(choice);
  });

  it.each([
    [undefined],
    ['text'],
    [{ measure: 'gone', sort: 3, range: { first: 'a' }, input: { kind: 'file' }, layerName: 7 }],
  ])('falls back where %j cannot be understood', (saved) => {
    expect(parseChoice(saved)).toEqual(defaultChoice);
  });
});

describe('the work queue', () => {
  it('leaves the rest to the next frame when a frame is used up', async () => {
    const frames: (() => void)[] = [];
    const queue = createWorkQueue((callback) => frames.push(callback));
    const done: string[] = [];
    const busy = (name: string) => (): void => {
      const end = performance.now() + 7;
      while (performance.now() < end);
      done.push(name);
    };
    queue.add('a', busy('a'));
    queue.add('b', busy('b'));
    await nextFrame(frames);
    expect(done).toEqual(['a']);
    await nextFrame(frames);
    expect(done).toEqual(['a', 'b']);
    expect(frames).toEqual([]);
  });

  it('does the newer work of two with one key', async () => {
    const frames: (() => void)[] = [];
    const queue = createWorkQueue((callback) => frames.push(callback));
    const done: string[] = [];
    queue.add('a', () => done.push('old'));
    queue.add('a', () => done.push('new'));
    await nextFrame(frames);
    expect(done).toEqual(['new']);
  });
});

/** Runs the next frame, and lets what it awaits come to its end. */
async function nextFrame(frames: (() => void)[]): Promise<void> {
  frames.shift()?.();
  await new Promise((resolve) => setTimeout(resolve, 0));
}

describe('a histogram', () => {
  const part = {
    ...{ title: 'Running mean', explanation: '', axisLabel: '', scale: 'linear' as const },
    initial: undefined,
    series: [{ name: 'stored' as const, values: [0, 0.1, NaN, 10, 10, Infinity] }],
  };

  it('counts every finite channel once, and says which bin is fullest', () => {
    const { counts, most, low, high } = histogramOf(part, null);
    const channels = Array.from(counts[0]?.channels ?? []);
    expect(channels.reduce((sum, own) => sum + own, 0)).toBe(4);
    expect([most, low < 0, high > 10]).toEqual([2, true, true]);
  });

  it('counts the channels that are selected only', () => {
    const { counts } = histogramOf(part, { first: 3, last: 4 });
    expect(counts[0]?.channels.reduce((sum, own) => sum + own, 0)).toBe(2);
  });
});
