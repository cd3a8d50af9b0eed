/** A model that a runtime reads and runs: started when first asked, ended with the panel. */

import { type Result, ok } from '../../core/base/result';
import type { ComparedModelsDto, RepairDto } from '../../protocol/comparison';
import type { ModelReportDto } from '../../protocol/modelReport';
import type { NeighboursDto } from '../../protocol/neighbours';
import type { ObservationDto } from '../../protocol/observation';
import type {
  CompareChoice,
  ExperimentChoice,
  ImagesChoice,
  InputChoice,
  PanelError,
} from '../../protocol/onnxPanel';
import type { ImageInputDto, InputDto, PreviewDto, ProgressDto } from '../../protocol/runtime';
import type { RuntimeClient } from '../../protocol/runtimeClient';
import type { RuntimeFiles } from './runtimeFiles';
import type { ModelSource } from './session';

export interface RuntimeModelOptions {
  readonly fileName: string;
  /** Of the model, as text. */
  readonly uri: string;
  readonly runs: RuntimeClient;
  /** For tries beside a run: neither ends with the other. */
  readonly trials: RuntimeClient;
  readonly files: RuntimeFiles;
}

type Outcome<T> = Promise<Result<T, PanelError>>;
type OnProgress = (progress: ProgressDto) => void;

const thumbnails = { count: 6, longestSide: 96 };

/** The fewest that a verdict is given for. */
const triedSamples = 16;

/** Enough for a verdict where no samples are given. */
const syntheticSamples = 32;

const bothPasses = ['eval', 'batch'] as const;

export class RuntimeModel implements ModelSource {
  readonly fileName: string;
  readonly #options: RuntimeModelOptions;

  constructor(options: RuntimeModelOptions) {
    this.fileName = options.fileName;
    this.#options = options;
  }

  async readModel(): Outcome<ModelReportDto> {
    return onSuccess(await this.#findPath(), (path) =>
      this.#options.runs.request('readModel', { path }),
    );
  }

  async observe(choice: InputChoice, onProgress: OnProgress): Outcome<ObservationDto> {
    return this.#onInput(choice, (path, input) =>
      this.#told(onProgress, (runtime) =>
        runtime.request('observe', { path, input, passes: bothPasses }),
      ),
    );
  }

  async tryNeighbours(choice: ExperimentChoice, onProgress: OnProgress): Outcome<NeighboursDto> {
    const similar = choice.similar && (await this.#toInput(choice.similar));
    if (similar?.ok === false) {
      return similar;
    }
    return this.#onInput(choice.input, (path, input) =>
      this.#told(onProgress, (runtime) =>
        runtime.request('tryNeighbours', {
          ...{ path, input },
          ...(similar && { similar: similar.value }),
        }),
      ),
    );
  }

  async compare(choice: CompareChoice, onProgress: OnProgress): Outcome<ComparedModelsDto> {
    const other = await this.#options.files.pathOf(choice.other.uri);
    if (!other.ok) {
      return other;
    }
    const ask = (first: string, input?: InputDto): Outcome<ComparedModelsDto> =>
      this.#told(onProgress, (runtime) =>
        runtime.request('compare', {
          paths: { first, second: other.value },
          ...(input && { input }),
        }),
      );
    return choice.input === null
      ? onSuccess(await this.#findPath(), (path) => ask(path))
      : this.#onInput(choice.input, ask);
  }

  async repair(choice: InputChoice, output: string, onProgress: OnProgress): Outcome<RepairDto> {
    return this.#onInput(choice, (path, input) =>
      this.#options.files.withOutput(output, (place) =>
        this.#told(onProgress, (runtime) =>
          runtime.request('repair', { path, input, output: place }),
        ),
      ),
    );
  }

  async #told<T>(onProgress: OnProgress, ask: (runtime: RuntimeClient) => Promise<T>): Promise<T> {
    const { runs } = this.#options;
    const stopListening = runs.onProgress(onProgress);
    const reply = await ask(runs);
    stopListening();
    return reply;
  }

  async previewPictures(choice: ImagesChoice): Outcome<PreviewDto> {
    const { count, longestSide } = thumbnails;
    return onSuccess(await this.#toImages(choice), (input) =>
      this.#options.trials.request('previewPictures', { input, count, longestSide }),
    );
  }

  async tryInput(choice: ImagesChoice): Outcome<ObservationDto> {
    return this.#onInput(choice, (path, input) =>
      this.#options.trials.request('observe', {
        ...{ path, input, passes: bothPasses },
        limit: triedSamples,
      }),
    );
  }

  cancel(): void {
    this.#options.runs.cancel();
  }

  dispose(): void {
    this.#options.runs.dispose();
    this.#options.trials.dispose();
    this.#options.files.dispose();
  }

  #findPath(): Outcome<string> {
    return this.#options.files.pathOf(this.#options.uri);
  }

  async #onInput<T>(
    choice: InputChoice,
    ask: (path: string, input: InputDto) => Outcome<T>,
  ): Outcome<T> {
    const input = await this.#toInput(choice);
    return input.ok ? onSuccess(await this.#findPath(), (path) => ask(path, input.value)) : input;
  }

  async #toInput(choice: InputChoice): Outcome<InputDto> {
    switch (choice.kind) {
      case 'file':
        return onSuccess(await this.#options.files.pathOf(choice.uri), (path) =>
          ok({ kind: 'file', path }),
        );
      case 'images':
        return this.#toImages(choice);
      case 'synthetic':
        return ok({ kind: 'synthetic', sampleCount: syntheticSamples });
    }
  }

  async #toImages({ uri, preprocessing }: ImagesChoice): Outcome<ImageInputDto> {
    return onSuccess(await this.#options.files.pathOf(uri), (path) =>
      ok({ kind: 'images', path, preprocessing }),
    );
  }
}

function onSuccess<S, T>(
  reply: Result<S, PanelError>,
  then: (value: S) => Result<T, PanelError> | Outcome<T>,
): Result<T, PanelError> | Outcome<T> {
  return reply.ok ? then(reply.value) : reply;
}
