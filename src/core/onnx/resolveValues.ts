import { type ElementType, elementTypeOfOnnx } from '../tensors/elementType';
import { type Frame, argumentOf, findAttribute } from './frame';
import type { Attribute, GraphNode, TensorPart } from './model';
import { isOnnxOp } from './model';
import {
  type OpenExternal,
  type TensorProblem,
  elementCount,
  readTensorValues,
} from './tensorValues';
import type { WireFile } from './wire';

export type ValueSource = 'initializer' | 'constant' | 'external' | 'computed';

/** What a name in the graph stands for, as far as the file alone can say. */
export interface ResolvedValues {
  readonly source: ValueSource;
  /** Name of the tensor that holds the values; the name asked for when nothing holds them. */
  readonly tensor: string;
  readonly dtype: ElementType | undefined;
  /** Absent when computed while the model runs, or not readable. */
  readonly values: Float64Array | undefined;
  /** Where the values are, when one tensor of the file holds them unchanged. */
  readonly part: TensorPart | undefined;
  readonly problem: TensorProblem | undefined;
}

export interface ValueReader {
  readonly file: WireFile;
  readonly openExternal: OpenExternal;
}

/** A longer chain of Identity, Cast and the like is a loop. */
const chainLimit = 64;

/** Follows a name to stored values, through nodes that only pass them on. */
export function resolveValues(reader: ValueReader, frame: Frame, name: string): ResolvedValues {
  return resolve(reader, frame, { name, left: chainLimit });
}

interface Step {
  readonly name: string;
  readonly left: number;
}

function resolve(reader: ValueReader, frame: Frame, { name, left }: Step): ResolvedValues {
  if (left === 0 || name === '') {
    return computed(name);
  }
  const initializer = frame.initializers.get(name);
  if (initializer !== undefined) {
    return stored(reader, initializer, 'initializer');
  }
  const node = frame.producers.get(name);
  if (node !== undefined) {
    return valuesOfNode(reader, frame, { node, name, left: left - 1 });
  }
  const argument = argumentOf(frame, name);
  if (argument !== undefined) {
    return resolve(reader, argument.frame, { name: argument.name, left: left - 1 });
  }
  return frame.outer === undefined
    ? computed(name)
    : resolve(reader, frame.outer, { name, left: left - 1 });
}

interface NodeStep extends Step {
  readonly node: GraphNode;
}

const passingOps = ['Identity', 'Reshape', 'Unsqueeze', 'Squeeze', 'Flatten', 'Cast'];

function valuesOfNode(reader: ValueReader, frame: Frame, step: NodeStep): ResolvedValues {
  const { node, name, left } = step;
  const first = { name: node.inputs[0] ?? '', left };
  if (isOnnxOp(node, 'Constant')) {
    return valuesOfConstant(reader, frame, node);
  }
  if (isOnnxOp(node, 'Cast')) {
    const dtype = elementTypeOfOnnx(findAttribute(frame, node, 'to')?.int ?? 0);
    return { ...resolve(reader, frame, first), dtype, part: undefined };
  }
  if (isOnnxOp(node, 'Identity')) {
    return resolve(reader, frame, first);
  }
  if (passingOps.some((opType) => isOnnxOp(node, opType))) {
    return { ...resolve(reader, frame, first), part: undefined };
  }
  if (isOnnxOp(node, 'DequantizeLinear')) {
    return dequantized(reader, frame, step);
  }
  return isOnnxOp(node, 'ConstantOfShape') ? filled(reader, frame, step) : computed(name);
}

function valuesOfConstant(reader: ValueReader, frame: Frame, node: GraphNode): ResolvedValues {
  const name = node.outputs[0] ?? '';
  const tensor = findAttribute(frame, node, 'value')?.tensor;
  if (tensor !== undefined) {
    return { ...stored(reader, tensor, 'constant'), tensor: name };
  }
  const floats = numbersOf(findAttribute(frame, node, 'value_float'), 'float');
  const floatList = findAttribute(frame, node, 'value_floats')?.floats;
  const ints = numbersOf(findAttribute(frame, node, 'value_int'), 'int');
  const intList = findAttribute(frame, node, 'value_ints')?.ints;
  const values = floats ?? floatList ?? ints ?? intList;
  const dtype = floats === undefined && floatList === undefined ? 'int64' : 'float32';
  return values === undefined ? computed(name) : constant(name, dtype, Float64Array.from(values));
}

function numbersOf(
  attribute: Attribute | undefined,
  kind: 'float' | 'int',
): readonly number[] | undefined {
  const value = attribute?.[kind];
  return value === undefined ? undefined : [value];
}

/** `(x − zero point) · scale`, per tensor or per channel. */
function dequantized(reader: ValueReader, frame: Frame, { node, left }: NodeStep): ResolvedValues {
  const [x, scale, zeroPoint] = [0, 1, 2].map((index) =>
    resolve(reader, frame, { name: node.inputs[index] ?? '', left }),
  );
  if (x?.values === undefined || scale?.values === undefined) {
    return x?.problem === undefined ? computed(node.outputs[0] ?? '') : x;
  }
  const scales = scale.values;
  const zeros = zeroPoint?.values ?? new Float64Array([0]);
  const values = x.values.map(
    (value, index) =>
      (value - (zeros[index % zeros.length] ?? 0)) * (scales[index % scales.length] ?? NaN),
  );
  return { ...x, dtype: scale.dtype, values, part: undefined };
}

/** A filled tensor is as long as a layer has channels; longer ones are none of ours. */
const filledLimit = 1 << 16;

function filled(reader: ValueReader, frame: Frame, { node, left }: NodeStep): ResolvedValues {
  const name = node.outputs[0] ?? '';
  const shape = resolve(reader, frame, { name: node.inputs[0] ?? '', left }).values;
  const count = shape === undefined ? -1 : elementCount([...shape]);
  const tensor = findAttribute(frame, node, 'value')?.tensor;
  const fill = tensor === undefined ? zero : stored(reader, tensor, 'constant');
  if (!(count >= 0 && count <= filledLimit) || fill.values === undefined) {
    return computed(name);
  }
  const values = new Float64Array(count).fill(fill.values[0] ?? 0);
  return constant(name, fill.dtype ?? 'float32', values);
}

const zero = constant('', 'float32', new Float64Array(1));

function stored(reader: ValueReader, part: TensorPart, source: ValueSource): ResolvedValues {
  const read = readTensorValues(reader.file, part, reader.openExternal);
  return {
    source: part.external === undefined ? source : 'external',
    tensor: part.name,
    dtype: elementTypeOfOnnx(part.dataType),
    values: read.ok ? read.value.values : undefined,
    part,
    problem: read.ok ? undefined : read.error,
  };
}

function constant(tensor: string, dtype: ElementType, values: Float64Array): ResolvedValues {
  return { source: 'constant', tensor, dtype, values, part: undefined, problem: undefined };
}

function computed(tensor: string): ResolvedValues {
  return {
    source: 'computed',
    tensor,
    dtype: undefined,
    values: undefined,
    part: undefined,
    problem: undefined,
  };
}
