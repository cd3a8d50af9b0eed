import { type Result, err, ok } from '../core/base/result';
import type { NeighbourAnswers } from '../core/stats/neighbours';
import type { NamedTensor } from '../core/tensors/tensor';
import type { PassDto } from '../protocol/runtime';
import { samplesIn } from './chunks';
import { type InstrumentedSession, openInstrumented } from './openInstrumented';
import type { ModelFiles } from './machine';
import type { OpenRun } from './openRun';
import { type Outputs, runSession } from './session';

export interface Batches {
  readonly mixed: Batch;
  readonly similar: Batch;
}

interface Batch {
  readonly tensors: readonly NamedTensor[];
  /** Where in the batch the sample is that matters. */
  readonly place: number;
}

/** The model in both modes. */
export class NeighbourRunner {
  readonly #run: OpenRun;
  /** The mixed batch is the same for many subjects. */
  readonly #known = { eval: new WeakMap<object, Outputs>(), batch: new WeakMap<object, Outputs>() };
  readonly #sessions: Readonly<Record<PassDto, InstrumentedSession>>;
  #answer: { readonly output: string; readonly isScores: boolean } | undefined;

  constructor(run: OpenRun, sessions: Readonly<Record<PassDto, InstrumentedSession>>) {
    this.#run = run;
    this.#sessions = sessions;
  }

  output(): string {
    return this.#answer?.output ?? '';
  }

  isScores(): boolean {
    return this.#answer?.isScores ?? false;
  }

  async answers({ mixed, similar }: Batches): Promise<Result<NeighbourAnswers, string>> {
    const answers: Float64Array[] = [];
    for (const pass of ['eval', 'batch'] as const) {
      for (const batch of [mixed, similar]) {
        const answer = await this.#answerTo(batch, pass);
        if (!answer.ok) {
          return answer;
        }
        answers.push(answer.value);
      }
    }
    const [evalMixed = none, evalSimilar = none, batchMixed = none, batchSimilar = none] = answers;
    return ok({ evalMixed, evalSimilar, batchMixed, batchSimilar });
  }

  async close(): Promise<void> {
    await this.#sessions.eval.session.release();
    await this.#sessions.batch.session.release();
  }

  async #answerTo({ tensors, place }: Batch, pass: PassDto): Promise<Result<Float64Array, string>> {
    const { model, session } = this.#sessions[pass];
    const known = this.#known[pass].get(tensors);
    const outputs =
      known === undefined ? await runSession(this.#run.runtime, session, tensors) : ok(known);
    if (!outputs.ok) {
      return outputs;
    }
    this.#known[pass].set(tensors, outputs.value);
    const count = samplesIn(tensors);
    this.#answer ??= answerAmong(outputs.value, model.keptOutputs, count);
    const output = outputs.value[this.#answer?.output ?? ''];
    if (output === undefined) {
      return err('it has no output with one answer per sample');
    }
    const length = output.data.length / count;
    const own = Array.from(output.data).slice(place * length, (place + 1) * length);
    return ok(Float64Array.from(own, Number));
  }
}

const none = new Float64Array();

/** The first list of scores, else the first output that has something for each sample. */
function answerAmong(
  outputs: Outputs,
  names: readonly string[],
  count: number,
): { readonly output: string; readonly isScores: boolean } | undefined {
  const fitting = names.filter((name) => outputs[name]?.dims[0] === count);
  const scores = fitting.find((name) => {
    const dims = outputs[name]?.dims ?? [];
    return dims.length === 2 && (dims[1] ?? 0) > 1;
  });
  const output = scores ?? fitting[0];
  return output === undefined ? undefined : { output, isScores: scores !== undefined };
}

export async function openRunner(
  files: ModelFiles,
  run: OpenRun,
): Promise<Result<NeighbourRunner, string>> {
  const open = (pass: PassDto): Promise<Result<InstrumentedSession, string>> =>
    openInstrumented(
      { files, runtime: run.runtime },
      {
        ...run.model.instrument,
        ...{ pass, batch: 'free', keepsOutputs: true, shifts: new Map() },
        probeKind: () => undefined,
      },
    );
  const evaluation = await open('eval');
  if (!evaluation.ok) {
    return evaluation;
  }
  const batch = await open('batch');
  return batch.ok
    ? ok(new NeighbourRunner(run, { eval: evaluation.value, batch: batch.value }))
    : batch;
}
