/** Pictures as the input of a model. */

import { type Result, err, ok } from '../core/base/result';
import { type MatchedInputs, matchInputs } from '../core/onnx/matchInputs';
import type { ModelInput } from '../core/onnx/report';
import { describeShape } from '../core/tensors/tensor';
import { describePreprocessing } from '../protocol/preprocessing';
import type { ImageInputDto, RuntimeError } from '../protocol/runtime';
import { samplesFrom } from './chunks';
import { ImageSamples } from './images';
import type { InputRequest } from './inputs';
import { type LoadedInputs, SampleFailure } from './loadedInputs';

/** Pictures are decoded when their turn comes, so that a large folder need not fit in memory. */
export async function imageInputs(
  inputs: readonly ModelInput[],
  { input: { path, preprocessing }, limit, machine }: InputRequest<ImageInputDto>,
): Promise<Result<LoadedInputs, RuntimeError>> {
  const [input] = inputs;
  if (inputs.length !== 1 || input === undefined) {
    return badInput(
      `The model has ${String(inputs.length)} inputs and pictures fill one. Save an .npz with an array for each.`,
    );
  }
  const isInteger = /^u?int/.test(input.dtype);
  const opened = await ImageSamples.open({ path, preprocessing, limit, isInteger, machine });
  if (!opened.ok) {
    return badInput(opened.error);
  }
  const images = opened.value;
  const first = await fitted(images, inputs, { start: 0, count: 1 });
  if (!first.ok) {
    return badInput(first.error);
  }
  const { fixedBatch, tensors } = first.value;
  const sampleCount = images.paths.length;
  const shapes = tensors.map(({ name, dtype, shape }) => ({
    ...{ name, dtype },
    shape: [sampleCount, ...shape.slice(1)],
  }));
  const shown = shapes.map(({ shape }) => describeShape(shape)).join(', ');
  return ok({
    label: `${machine.nameOf(path)}, ${count(sampleCount, 'picture')} ${shown} (${describePreprocessing(preprocessing)})`,
    isSynthetic: false,
    ...{ sampleCount, fixedBatch, tensors: shapes },
    samples: async ({ start, count: wanted, padTo }) => {
      const chunk = await fitted(images, inputs, { start, count: wanted });
      if (!chunk.ok) {
        throw new SampleFailure(chunk.error);
      }
      const whole = { start: 0, count: wanted, padTo };
      return chunk.value.tensors.map((tensor) => samplesFrom(tensor, whole));
    },
    notes: () => turnedNote(images, preprocessing.isTurned),
  });
}

interface Range {
  readonly start: number;
  readonly count: number;
}

async function fitted(
  images: ImageSamples,
  inputs: readonly ModelInput[],
  { start, count: wanted }: Range,
): Promise<Result<MatchedInputs, string>> {
  const tensor = await images.read(start, wanted);
  if (!tensor.ok) {
    return tensor;
  }
  const name = 'pictures';
  const matched = matchInputs(inputs, [{ name, ...tensor.value }]);
  return matched.ok ? matched : err(misfit(inputs, tensor.value.shape) ?? matched.error);
}

/** The flags that help are others than for an array. */
function misfit([input]: readonly ModelInput[], shape: readonly number[]): string | undefined {
  return input?.shape === undefined ||
    !['float', 'double', 'uint', 'int'].some((kind) => input.dtype.startsWith(kind))
    ? undefined
    : `The pictures give ${describeShape(shape)} and the model's input "${input.name}" takes ${describeShape(input.shape)}. Choose a size, colours and a layout that fit (--resize, --crop, --colours, --layout).`;
}

function turnedNote({ turned }: ImageSamples, isTurned: boolean): readonly string[] {
  if (turned.length === 0) {
    return [];
  }
  const files = `${turned[0] ?? ''}${turned.length > 1 ? ` and ${String(turned.length - 1)} more` : ''}`;
  return [
    isTurned
      ? `${files} were turned as their EXIF tag says.`
      : `${files} carry an EXIF tag that says they are stored turned. They were used as stored, as Pillow, torchvision and TensorFlow do; OpenCV turns them, and so does --exif-rotation.`,
  ];
}

function count(number: number, noun: string): string {
  return `${String(number)} ${noun}${number === 1 ? '' : 's'}`;
}

function badInput(message: string): Result<never, RuntimeError> {
  return err({ kind: 'badInput', message });
}
