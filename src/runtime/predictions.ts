/** What a model answers, sample by sample, and how far two passes agree about it. */

import { type OutputAgreement, agreementOf } from '../core/stats/agreement';
import type { Outputs } from './session';

/** Answers by name of the output: shape `[samples, length]`. */
export type Predictions = ReadonlyMap<string, Prediction>;

export interface Prediction {
  readonly values: Float64Array;
  /** Numbers per sample. */
  readonly length: number;
  /** Whether the numbers of a sample are a plain list, such as one score per class. */
  readonly isList: boolean;
}

/** More numbers are not kept: no table of scores is that large. */
const keptNumbers = 1 << 23;

interface Chunk {
  readonly names: readonly string[];
  readonly start: number;
  /** Samples that count; a padded batch holds more. */
  readonly count: number;
}

/** Collects the answers of all chunks. */
export class PredictionLog {
  readonly #sampleCount: number;
  readonly #predictions = new Map<string, Prediction>();

  constructor(sampleCount: number) {
    this.#sampleCount = sampleCount;
  }

  add(outputs: Outputs, { names, start, count }: Chunk): void {
    for (const name of names) {
      const output = outputs[name];
      const [samples = 0, ...rest] = output?.dims ?? [];
      const length = rest.reduce((product, dim) => product * dim, 1);
      const isKept = samples >= count && length * this.#sampleCount <= keptNumbers;
      if (output !== undefined && isKept && isFloats(output.data)) {
        const prediction = this.#predictionOf(name, length, rest.length === 1);
        if (prediction.length === length) {
          prediction.values.set(output.data.subarray(0, count * length), start * length);
        }
      }
    }
  }

  finish(): Predictions {
    return this.#predictions;
  }

  #predictionOf(name: string, length: number, isList: boolean): Prediction {
    const known = this.#predictions.get(name);
    if (known !== undefined) {
      return known;
    }
    const values = new Float64Array(this.#sampleCount * length).fill(NaN);
    const made = { values, length, isList };
    this.#predictions.set(name, made);
    return made;
  }
}

function isFloats(data: ArrayLike<unknown>): data is Float32Array | Float64Array {
  return data instanceof Float32Array || data instanceof Float64Array;
}

/** Compares the answers of the evaluation pass with those of the batch pass. */
export function agreementsOf(
  evaluation: Predictions,
  batch: Predictions,
): readonly OutputAgreement[] {
  return [...evaluation].flatMap(([output, own]) => {
    const other = batch.get(output);
    // A batch pass may have left out the last samples.
    return other?.length === own.length
      ? [{ output, ...agreementOf(own.values.subarray(0, other.values.length), other.values, own) }]
      : [];
  });
}
