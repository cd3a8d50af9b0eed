/**
 * Places where a BatchNorm seems to have been written out as arithmetic, or reduced to a factor and
 * a summand per channel. What they were is inferred, never certain.
 */

import type { Frame } from './frame';
import type { GraphNode } from './model';
import { isOnnxOp } from './model';
import { type ValueReader, resolveValues } from './resolveValues';

export interface TakenApart {
  /** First node of the chain. */
  readonly node: string;
  readonly channels: number;
  /**
   * `arithmetic`: subtract the mean, divide by the deviation, scale and shift; the mean is still in
   * the file. `affine`: only a factor and a summand are left, and the statistics cannot be had back.
   */
  readonly form: 'arithmetic' | 'affine';
}

interface Link {
  readonly node: GraphNode;
  readonly kind: 'sum' | 'product';
  /** The input that is no constant. */
  readonly from: string;
  readonly channels: number;
}

/** Nodes whose output has channels that a BatchNorm would normalise. */
const layersBefore = [
  'Conv',
  'ConvTranspose',
  'Gemm',
  'MatMul',
  'Concat',
  'MaxPool',
  'AveragePool',
];
const passing = ['Relu', 'LeakyRelu', 'Clip', 'Reshape', 'Transpose', 'Squeeze', 'Pad', 'Identity'];

/** Every chain of arithmetic with one constant per channel behind a layer of the main graph. */
export function findTakenApart(reader: ValueReader, frame: Frame): readonly TakenApart[] {
  const links = new Map<string, Link>();
  for (const node of frame.nodes) {
    const link = linkOf(reader, frame, node);
    if (link !== undefined) {
      links.set(node.outputs[0] ?? '', link);
    }
  }
  const inner = new Set([...links.values()].map(({ from }) => from));
  return [...links]
    .filter(([output]) => !inner.has(output))
    .flatMap(([, last]) => chainOf(frame, links, last) ?? []);
}

/** Longer chains of constants are something else. */
const longestChain = 6;

function chainOf(
  frame: Frame,
  links: ReadonlyMap<string, Link>,
  last: Link,
): TakenApart | undefined {
  const chain = [last];
  for (let next = links.get(last.from); next !== undefined; next = links.get(next.from)) {
    if (next.channels !== last.channels || chain.length > longestChain) {
      break;
    }
    chain.unshift(next);
  }
  const [first] = chain;
  const kinds = chain.map(({ kind }) => kind);
  if (first === undefined || !isBehindLayer(frame, first.from)) {
    return undefined;
  }
  const form = formOf(kinds);
  const name = first.node.name === '' ? (first.node.outputs[0] ?? '') : first.node.name;
  return form && { node: name, channels: last.channels, form };
}

/** A bias before the chain is a sum too; what counts is the order from the last product on. */
function formOf(kinds: readonly Link['kind'][]): TakenApart['form'] | undefined {
  const firstProduct = kinds.indexOf('product');
  const endsWithSum = kinds.at(-1) === 'sum';
  if (firstProduct < 0 || !endsWithSum) {
    return undefined;
  }
  return firstProduct > 0 && kinds.length > 2 ? 'arithmetic' : 'affine';
}

/** Within a few nodes that pass channels on as they are. */
const furthest = 4;

function isBehindLayer(frame: Frame, name: string): boolean {
  let at = name;
  for (let step = 0; step < furthest; step++) {
    const node = frame.producers.get(at);
    if (node === undefined) {
      return false;
    }
    if (layersBefore.some((opType) => isOnnxOp(node, opType))) {
      return true;
    }
    if (!passing.some((opType) => isOnnxOp(node, opType))) {
      return false;
    }
    at = node.inputs[0] ?? '';
  }
  return false;
}

const kindOf: ReadonlyMap<string, Link['kind']> = new Map([
  ['Add', 'sum'],
  ['Sub', 'sum'],
  ['Mul', 'product'],
  ['Div', 'product'],
]);

function linkOf(reader: ValueReader, frame: Frame, node: GraphNode): Link | undefined {
  const kind = isOnnxOp(node, node.opType) ? kindOf.get(node.opType) : undefined;
  const [a = '', b = ''] = node.inputs;
  if (kind === undefined || node.inputs.length !== 2) {
    return undefined;
  }
  const channels = channelsOf(reader, frame, b);
  if (channels > 0) {
    return { node, kind, from: a, channels };
  }
  const first = channelsOf(reader, frame, a);
  return first > 0 ? { node, kind, from: b, channels: first } : undefined;
}

/**
 * @returns how many channels a constant has one number each for, through what it is computed from
 *   (`Sqrt(variance + epsilon)`); 0 when it is none
 */
function channelsOf(reader: ValueReader, frame: Frame, name: string, left = longestChain): number {
  const stored = storedDims(reader, frame, name);
  if (stored !== undefined) {
    const [only = 0, ...more] = stored;
    return more.length === 0 && only > 1 ? only : 0;
  }
  const node = frame.producers.get(name);
  if (left === 0 || node === undefined || !derivingOps.some((op) => isOnnxOp(node, op))) {
    return 0;
  }
  const counts = node.inputs.map((input) =>
    isScalar(reader, frame, input) ? 1 : channelsOf(reader, frame, input, left - 1),
  );
  return counts.includes(0) ? 0 : Math.max(...counts);
}

const derivingOps = ['Sqrt', 'Reciprocal', 'Pow', 'Add', 'Neg', 'Mul', 'Div'];

/** Dimensions other than 1 of a constant; `undefined` for what the file does not hold. */
function storedDims(
  reader: ValueReader,
  frame: Frame,
  name: string,
): readonly number[] | undefined {
  const { part, values } = resolveValues(reader, frame, name);
  return part?.dims.filter((dim) => dim !== 1) ?? (values && [values.length]);
}

function isScalar(reader: ValueReader, frame: Frame, name: string): boolean {
  return resolveValues(reader, frame, name).values?.length === 1;
}
