import { sliceSamples } from '../core/onnx/matchInputs';
import type { NamedTensor } from '../core/tensors/tensor';

export interface SampleRange {
  readonly start: number;
  readonly count: number;
  /** A model exported for batches of one size gets the first sample again until it is full. */
  readonly padTo: number;
}

/** How many samples the tensors of a batch hold; a single number holds none. */
export function samplesIn(tensors: readonly NamedTensor[]): number {
  return tensors.find(({ shape }) => shape.length > 0)?.shape[0] ?? 0;
}

/** Some samples of a tensor, filled up to the size the model was exported for. */
export function samplesFrom(
  tensor: NamedTensor,
  { start, count, padTo }: SampleRange,
): NamedTensor {
  const part = sliceSamples(tensor, start, count);
  if (count === padTo || part.shape.length === 0) {
    return part;
  }
  const sampleLength = part.data.length / count;
  // A typed array's own constructor makes the same kind of array.
  const make = part.data.constructor as new (length: number) => typeof part.data;
  const padded = new make(sampleLength * padTo);
  padded.set(part.data as never, 0);
  for (let sample = count; sample < padTo; sample++) {
    padded.set(part.data.subarray(0, sampleLength) as never, sample * sampleLength);
  }
  return { ...part, data: padded, shape: [padTo, ...part.shape.slice(1)] };
}
