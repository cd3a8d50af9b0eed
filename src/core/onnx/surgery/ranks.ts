import type { Frame } from '../frame';
import type { GraphNode, OnnxModel } from '../model';

/** Operators of the first versions whose output has as many dimensions as their first input. */
const keepingRank: ReadonlySet<string> = new Set([
  ...['Conv', 'ConvTranspose', 'MaxPool', 'AveragePool', 'LpPool'],
  ...['GlobalMaxPool', 'GlobalAveragePool', 'GlobalLpPool'],
  ...['BatchNormalization', 'InstanceNormalization', 'LRN', 'Dropout', 'Identity', 'Cast'],
  ...['Relu', 'LeakyRelu', 'PRelu', 'Elu', 'Selu', 'Sigmoid', 'Tanh', 'Softplus', 'Softsign'],
  ...['Clip', 'Abs', 'Neg', 'Exp', 'Log', 'Sqrt', 'Reciprocal', 'Floor', 'Ceil'],
  ...['Add', 'Sub', 'Mul', 'Div', 'Pow', 'Sum', 'Max', 'Min', 'Mean'],
  ...[
    'Pad',
    'Concat',
    'Split',
    'Slice',
    'Transpose',
    'Upsample',
    'Softmax',
    'LogSoftmax',
    'MatMul',
  ],
]);

const ofRankTwo: ReadonlySet<string> = new Set(['Gemm', 'Flatten']);

/** A chain of nodes longer than any model's; also where nodes form a circle. */
const stepLimit = 10_000;

/** How many dimensions a value of the main graph has, where that is plain to see. */
export function rankOf(frame: Frame, { graph }: OnnxModel, value: string): number | undefined {
  let name = value;
  for (let step = 0; step < stepLimit; step++) {
    const stored = frame.initializers.get(name)?.dims;
    const input = stored ?? graph.inputs.find((each) => each.name === name)?.dims;
    const node = frame.producers.get(name);
    if (input !== undefined || node === undefined) {
      return input?.length;
    }
    const { opType, inputs } = node;
    if (!keepingRank.has(opType)) {
      return ofRankTwo.has(opType) ? 2 : rankGivenBy(frame, node);
    }
    name = inputs[0] ?? '';
  }
  return undefined;
}

function rankGivenBy(
  { initializers }: Frame,
  { opType, inputs, attributes }: GraphNode,
): number | undefined {
  if (opType === 'Constant') {
    return attributes.get('value')?.tensor?.dims.length;
  }
  return opType === 'Reshape'
    ? (initializers.get(inputs[1] ?? '')?.dims[0] ?? attributes.get('shape')?.ints.length)
    : undefined;
}
