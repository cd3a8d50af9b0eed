import { type Result, err, ok } from '../base/result';
import { convertTensor } from '../tensors/convert';
import type { ElementType } from '../tensors/elementType';
import { type NamedTensor, type Tensor, describeShape } from '../tensors/tensor';
import type { ModelInput } from './report';

/** Samples for every input of a model, of the element type it asks for. */
export interface MatchedInputs {
  readonly tensors: readonly NamedTensor[];
  readonly sampleCount: number;
  /** Batch size baked into the model; absent when any will do. */
  readonly fixedBatch: number | undefined;
}

/**
 * Pairs arrays with the inputs of a model: by name, or by being the only one that fits.
 *
 * The error is a sentence or two: what does not fit and what to do.
 */
export function matchInputs(
  inputs: readonly ModelInput[],
  arrays: readonly NamedTensor[],
): Result<MatchedInputs, string> {
  const tensors: NamedTensor[] = [];
  for (const input of inputs) {
    const array = pick(input, inputs, arrays);
    if (!array.ok) {
      return array;
    }
    const fitted = fit(input, array.value);
    if (!fitted.ok) {
      return fitted;
    }
    tensors.push({ ...fitted.value, name: input.name });
  }
  return withSampleCount(inputs, tensors);
}

function pick(
  input: ModelInput,
  inputs: readonly ModelInput[],
  arrays: readonly NamedTensor[],
): Result<NamedTensor, string> {
  const named = arrays.find(({ name }) => name === input.name);
  if (named !== undefined) {
    return ok(named);
  }
  const candidates = arrays.length === 1 ? arrays : arrays.filter((array) => fit(input, array).ok);
  const [only] = candidates;
  if (inputs.length === 1 && candidates.length === 1 && only !== undefined) {
    return ok(only);
  }
  const have = arrays.map(({ name, shape }) => `"${name}" ${describeShape(shape)}`).join(', ');
  const wanted = inputs.map(({ name }) => name).join(', ');
  return err(
    `No array is clearly meant for the model's input "${input.name}"; the file has ${have}. ` +
      `Save an .npz with these names: ${wanted}.`,
  );
}

function fit(input: ModelInput, array: NamedTensor): Result<Tensor, string> {
  const shaped = isScalar(input.shape) ? withoutAxes(array) : withBatchAxis(input, array);
  const mismatch = shapeMismatch(input, shaped);
  if (mismatch !== undefined) {
    return err(mismatch);
  }
  if (input.dtype === 'unknown') {
    return err(
      `The model's input "${input.name}" is no array of numbers; such models cannot be run here.`,
    );
  }
  // The report names element types only.
  const converted = convertTensor(shaped, input.dtype as ElementType);
  return converted.ok ? converted : err(`Array "${array.name}" ${converted.error}.`);
}

/** One sample without a batch axis is a batch of one. */
function withBatchAxis({ shape }: ModelInput, array: NamedTensor): NamedTensor {
  const isOneSample = shape !== undefined && array.shape.length === shape.length - 1;
  return isOneSample ? { ...array, shape: [1, ...array.shape] } : array;
}

/** An input such as a keep probability has no samples: one number serves all of them. */
function isScalar(shape: readonly unknown[] | undefined): boolean {
  return shape?.length === 0;
}

function withoutAxes(array: NamedTensor): NamedTensor {
  return array.data.length === 1 ? { ...array, shape: [] } : array;
}

function shapeMismatch(input: ModelInput, array: NamedTensor): string | undefined {
  const { shape } = input;
  if (isScalar(shape) && array.shape.length > 0) {
    return `Array "${array.name}" has shape ${describeShape(array.shape)} and the model's input "${input.name}" takes one number. Save it as numpy.array(1.0) or the like.`;
  }
  if (isScalar(shape)) {
    return undefined;
  }
  if (array.shape.length === 0 || array.data.length === 0) {
    return `Array "${array.name}" is empty. Save at least one sample.`;
  }
  if (shape === undefined || fits(shape, array.shape)) {
    return undefined;
  }
  const [batch, ...rest] = array.shape;
  const channelsFirst = [batch ?? 0, rest.at(-1) ?? 0, ...rest.slice(0, -1)];
  const hint =
    rest.length === 3 && fits(shape, channelsFirst)
      ? 'It looks like channels last: save array.transpose(0, 3, 1, 2).'
      : `Save an array of shape ${describeShape(['N', ...shape.slice(1)])}.`;
  return (
    `Array "${array.name}" has shape ${describeShape(array.shape)} and the model's input ` +
    `"${input.name}" takes ${describeShape(shape)}. ${hint}`
  );
}

/** The first axis is the batch, which may have any length. */
function fits(shape: readonly (number | string)[], actual: readonly number[]): boolean {
  return (
    shape.length === actual.length &&
    shape.every((dim, axis) => axis === 0 || typeof dim === 'string' || dim === actual[axis])
  );
}

function withSampleCount(
  inputs: readonly ModelInput[],
  tensors: readonly NamedTensor[],
): Result<MatchedInputs, string> {
  const counts = tensors.flatMap(({ shape }) => shape.slice(0, 1));
  const [sampleCount = 0] = counts;
  if (counts.some((count) => count !== sampleCount)) {
    return err(
      `The arrays hold different numbers of samples (${counts.join(', ')}). Save as many samples for each input.`,
    );
  }
  const fixed = inputs.map(({ shape }) => shape?.[0]).find((dim) => typeof dim === 'number');
  const fixedBatch = typeof fixed === 'number' && fixed > 0 ? fixed : undefined;
  return ok({ tensors, sampleCount, fixedBatch });
}

/** Some samples of a tensor, from its first axis. */
export function sliceSamples(tensor: NamedTensor, start: number, count: number): NamedTensor {
  if (isScalar(tensor.shape)) {
    return tensor;
  }
  const sampleCount = tensor.shape[0] ?? 0;
  const sampleLength = tensor.data.length / Math.max(1, sampleCount);
  const data = tensor.data.slice(start * sampleLength, (start + count) * sampleLength);
  return { ...tensor, data, shape: [count, ...tensor.shape.slice(1)] };
}
