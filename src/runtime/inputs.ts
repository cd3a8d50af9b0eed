import { type Result, err, ok } from '../core/base/result';
import { type MatchedInputs, matchInputs } from '../core/onnx/matchInputs';
import type { ModelInput } from '../core/onnx/report';
import { readTensorProto } from '../core/onnx/tensorProto';
import { type ElementType } from '../core/tensors/elementType';
import { readNpy } from '../core/tensors/npy';
import { readNpz } from '../core/tensors/npz';
import { syntheticTensor } from '../core/tensors/synthetic';
import { type NamedTensor, type TensorError, describeShape } from '../core/tensors/tensor';
import type { FileInputDto, InputDto, RuntimeError } from '../protocol/runtime';
import { samplesFrom } from './chunks';
import { imageInputs } from './imageInputs';
import type { LoadedInputs } from './loadedInputs';
import type { Machine } from './machine';

/** Tensors that are in memory already. */
function heldInputs(
  { tensors, sampleCount, fixedBatch }: MatchedInputs,
  { label, isSynthetic }: Pick<LoadedInputs, 'label' | 'isSynthetic'>,
): LoadedInputs {
  return {
    ...{ label, isSynthetic, tensors, sampleCount, fixedBatch },
    samples: (range) => Promise.resolve(tensors.map((tensor) => samplesFrom(tensor, range))),
    notes: () => [],
  };
}

export interface InputRequest<I extends InputDto = InputDto> {
  readonly input: I;
  /** At most this many samples are looked at. */
  readonly limit: number;
  readonly machine: Machine;
}

/** Reads or makes the samples a model is run on, and fits them to its inputs. */
export async function loadInputs(
  inputs: readonly ModelInput[],
  { input, ...rest }: InputRequest,
): Promise<Result<LoadedInputs, RuntimeError>> {
  switch (input.kind) {
    case 'file':
      return fromFile(inputs, { input, ...rest });
    case 'images':
      return imageInputs(inputs, { input, ...rest });
    case 'synthetic':
      return synthetic(inputs, input.sampleCount);
  }
}

async function fromFile(
  inputs: readonly ModelInput[],
  { input: { path }, limit, machine }: InputRequest<FileInputDto>,
): Promise<Result<LoadedInputs, RuntimeError>> {
  const name = machine.nameOf(path);
  const arrays = await readArrays(path, machine);
  if (!arrays.ok) {
    return arrays;
  }
  const matched = matchInputs(inputs, arrays.value);
  if (!matched.ok) {
    return badInput(`${name}: ${matched.error}`);
  }
  const shapes = matched.value.tensors.map(({ shape }) => describeShape(shape)).join(', ');
  const isCut = limit < matched.value.sampleCount;
  const label = isCut
    ? `${name} ${shapes}, the first ${String(limit)} samples`
    : `${name} ${shapes}`;
  return ok(heldInputs(matched.value, { label, isSynthetic: false }));
}

async function readArrays(
  path: string,
  machine: Machine,
): Promise<Result<readonly NamedTensor[], RuntimeError>> {
  const bytes = await machine.readFile(path);
  if (!bytes.ok) {
    return bytes;
  }
  const name = machine.nameOf(path);
  if (/\.npz$/i.test(name)) {
    return withName(name, readNpz(bytes.value));
  }
  if (/\.npy$/i.test(name)) {
    const tensor = readNpy(bytes.value);
    return withName(name, tensor.ok ? ok([{ name: 'array', ...tensor.value }]) : tensor);
  }
  if (/\.pb$/i.test(name)) {
    const tensor = readTensorProto(bytes.value);
    return withName(name, tensor.ok ? ok([tensor.value]) : tensor);
  }
  return badInput(
    `${name} is neither .npy, .npz, .pb nor a folder of images. Save the samples with numpy.save.`,
  );
}

function withName<T>(name: string, read: Result<T, TensorError>): Result<T, RuntimeError> {
  return read.ok ? read : badInput(`${name}: ${read.error.message}`);
}

/** Sizes for dimensions the model leaves open: enough for a few pooling layers. */
const spatialSize = 64;
const otherSize = 8;

function synthetic(
  inputs: readonly ModelInput[],
  sampleCount: number,
): Result<LoadedInputs, RuntimeError> {
  const tensors: NamedTensor[] = [];
  for (const { name, dtype, shape } of inputs) {
    const free = shape?.length === 4 ? spatialSize : otherSize;
    const sizes = shape?.slice(1).map((dim) => (typeof dim === 'number' && dim > 0 ? dim : free));
    const batch = shape?.length === 0 ? [] : [sampleCount];
    const tensor =
      sizes === undefined || dtype === 'unknown'
        ? undefined
        : // The report names element types only.
          syntheticTensor({ name, dtype: dtype as ElementType, shape: [...batch, ...sizes] });
    if (tensor === undefined) {
      return badInput(
        `No samples can be made up for the input "${name}" (${dtype}). Choose a file with samples.`,
      );
    }
    tensors.push(tensor);
  }
  const matched = matchInputs(inputs, tensors);
  return matched.ok
    ? ok(
        heldInputs(matched.value, {
          label: `Synthetic noise, ${String(sampleCount)} samples`,
          isSynthetic: true,
        }),
      )
    : badInput(matched.error);
}

function badInput(message: string): Result<never, RuntimeError> {
  return err({ kind: 'badInput', message });
}
