import type { NamedTensor } from '../core/tensors/tensor';
import type { SampleRange } from './chunks';

/** The samples of a run, fitted to the inputs of a model. */
export interface LoadedInputs {
  readonly label: string;
  readonly isSynthetic: boolean;
  readonly sampleCount: number;
  /** Batch size baked into the model; absent when any will do. */
  readonly fixedBatch: number | undefined;
  /** What each input of the model gets, without the numbers. */
  readonly tensors: readonly Omit<NamedTensor, 'data'>[];
  /**
   * Some of the samples, one tensor per input.
   *
   * @throws SampleFailure when a file cannot be read
   */
  readonly samples: (range: SampleRange) => Promise<readonly NamedTensor[]>;
  /** What was noticed about the samples read so far, in sentences. */
  readonly notes: () => readonly string[];
}

/** Ends a run because of a sample; the message is for people. */
export class SampleFailure extends Error {
  override readonly name = 'SampleFailure';
}
