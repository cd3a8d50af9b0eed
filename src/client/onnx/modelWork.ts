/** What a model is run for, one thing at a time, and what came of it. */

import { type Result, err, ok } from '../../core/base/result';
import type { ComparedModelsDto, RepairDto } from '../../protocol/comparison';
import type { ModelReportDto } from '../../protocol/modelReport';
import type { NeighboursDto } from '../../protocol/neighbours';
import type { ObservationDto } from '../../protocol/observation';
import type {
  CompareChoice,
  ComparedDto,
  ExperimentChoice,
  ExperimentDto,
  InputChoice,
  ModelFile,
  PanelError,
  RepairedDto,
  RunDto,
  WorkDone,
  WorkKind,
  WorkResults,
} from '../../protocol/onnxPanel';
import type { ProgressDto } from '../../protocol/runtime';
import { toCompared, toRepaired } from './comparisonDtos';
import { toExperiment, toRunDto } from './panelDtos';

type Outcome<T> = Promise<Result<T, PanelError>>;
type OnProgress = (progress: ProgressDto) => void;

/** Runs the model, wherever that is. */
export interface ModelRunner {
  observe(input: InputChoice, onProgress: OnProgress): Outcome<ObservationDto>;
  tryNeighbours(choice: ExperimentChoice, onProgress: OnProgress): Outcome<NeighboursDto>;
  compare(choice: CompareChoice, onProgress: OnProgress): Outcome<ComparedModelsDto>;
  /** @param output where the new file goes, a URI as text */
  repair(input: InputChoice, output: string, onProgress: OnProgress): Outcome<RepairDto>;
}

export interface FinishedRun {
  readonly dto: RunDto;
  readonly observation: ObservationDto;
}

export interface FinishedComparison {
  readonly dto: ComparedDto;
  readonly models: ComparedModelsDto;
}

/** The last of each, about the model as it is now. */
export interface Finished {
  readonly run?: FinishedRun;
  readonly experiment?: ExperimentDto;
  readonly comparison?: FinishedComparison;
  readonly repair?: RepairedDto;
}

/** What a piece of work ended in, and what of it is kept. */
interface Ended<K extends WorkKind> {
  readonly kept: Finished;
  readonly result: WorkResults[K];
}

export class ModelWork {
  readonly #runner: ModelRunner;
  readonly #onProgress: OnProgress;
  #finished: Finished = {};
  #current: { readonly kind: WorkKind; readonly done: Outcome<WorkDone> } | undefined;
  #runs = 0;
  /** Another one for each state of the file. */
  #file = {};

  constructor(runner: ModelRunner, onProgress: OnProgress) {
    this.#runner = runner;
    this.#onProgress = onProgress;
  }

  get finished(): Finished {
    return this.#finished;
  }

  get underWay(): WorkKind | null {
    return this.#current?.kind ?? null;
  }

  /** The file is another one now: what was found out about the old one no longer counts. */
  forget(): void {
    this.#finished = {};
    this.#file = {};
  }

  /** Answers when what is under way ends. */
  join(): Outcome<WorkDone> {
    return this.#current?.done ?? Promise.resolve(err(nothingRuns));
  }

  observe(report: ModelReportDto, input: InputChoice): Outcome<RunDto> {
    return this.#alone('run', async () => {
      const reply = await this.#runner.observe(input, this.#onProgress);
      return onSuccess(reply, (observation) => {
        this.#runs += 1;
        const dto = toRunDto(observation, { id: this.#runs, layers: report.layers.length });
        return { kept: { run: { dto, observation } }, result: dto };
      });
    });
  }

  tryNeighbours(choice: ExperimentChoice): Outcome<ExperimentDto> {
    return this.#alone('experiment', async () => {
      const reply = await this.#runner.tryNeighbours(choice, this.#onProgress);
      return onSuccess(reply, (seen) => {
        const experiment = toExperiment(seen);
        return { kept: { experiment }, result: experiment };
      });
    });
  }

  compare(choice: CompareChoice): Outcome<ComparedDto> {
    return this.#alone('comparison', async () => {
      const reply = await this.#runner.compare(choice, this.#onProgress);
      return onSuccess(reply, (models) => {
        const dto = toCompared(models, choice.other);
        return { kept: { comparison: { dto, models } }, result: dto };
      });
    });
  }

  /** @param nameCopy asks for the name of the copy; `null` gives it up */
  repair(
    input: InputChoice,
    nameCopy: () => Promise<ModelFile | null>,
  ): Outcome<RepairedDto | null> {
    return this.#alone('repair', async () => {
      const copy = await nameCopy();
      if (copy === null) {
        return ok({ kept: {}, result: null });
      }
      const reply = await this.#runner.repair(input, copy.uri, this.#onProgress);
      return onSuccess(reply, (seen) => {
        const repair = toRepaired(seen, copy);
        return { kept: { repair }, result: repair };
      });
    });
  }

  async #alone<K extends WorkKind>(
    kind: K,
    work: () => Outcome<Ended<K>>,
  ): Outcome<WorkResults[K]> {
    if (this.#current) {
      return err(alreadyRuns);
    }
    const reply = this.#kept(kind, work());
    // A kind and its own result are one of the pairs.
    const done = reply.then((end) => (end.ok ? ok({ kind, result: end.value } as WorkDone) : end));
    this.#current = { kind, done };
    await done;
    this.#current = undefined;
    return reply;
  }

  /** Keeps what came of it, unless the file became another one meanwhile. */
  async #kept<K extends WorkKind>(kind: K, work: Outcome<Ended<K>>): Outcome<WorkResults[K]> {
    const file = this.#file;
    const end = await work;
    if (!end.ok) {
      return end;
    }
    if (file !== this.#file) {
      return err(kind === 'repair' ? changedWhileRepairing : changedWhileRunning);
    }
    this.#finished = { ...this.#finished, ...end.value.kept };
    return ok(end.value.result);
  }
}

function onSuccess<S, T>(
  reply: Result<S, PanelError>,
  then: (value: S) => T,
): Result<T, PanelError> {
  return reply.ok ? ok(then(reply.value)) : reply;
}

const nothingRuns: PanelError = { kind: 'cancelled', message: 'Nothing is running.' };

const alreadyRuns: PanelError = {
  kind: 'badRequest',
  message: 'The model is already running. Wait for it to end, or cancel it first.',
};

const changedWhileRunning: PanelError = {
  kind: 'failed',
  message: 'The file changed while the model was running, so the result was dropped. Run it again.',
};

const changedWhileRepairing: PanelError = {
  kind: 'failed',
  message:
    'The file changed while it was being repaired, so the copy may be of the old one. Repair it again.',
};
