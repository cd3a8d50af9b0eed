/** A model in its own process: started when first asked, ended with the panel. */

import type { Result } from '../../core/base/result';
import { RuntimeProcess } from '../../platform/runtimeProcess';
import { removeUnfinished } from '../../platform/writeAtomically';
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
import type { ModelSource } from './session';

export interface RuntimeModelOptions {
  readonly fileName: string;
  /** Path of the bundle `runtime.js`. */
  readonly runtimePath: string;
  /** Where the file is on this machine; asked before every reading. */
  readonly findPath: () => Promise<Result<string, PanelError>>;
}

const thumbnails = { count: 6, longestSide: 96 };

/** The fewest that a verdict is given for. */
const triedSamples = 16;

/** Enough for a verdict where no samples are given. */
const syntheticSamples = 32;

export class RuntimeModel implements ModelSource {
  readonly fileName: string;
  readonly #process: RuntimeProcess;
  /** For tries beside a run: neither ends with the other. */
  readonly #trials: RuntimeProcess;
  readonly #findPath: RuntimeModelOptions['findPath'];

  constructor({ fileName, runtimePath, findPath }: RuntimeModelOptions) {
    this.fileName = fileName;
    this.#findPath = findPath;
    this.#process = new RuntimeProcess({ modulePath: runtimePath });
    this.#trials = new RuntimeProcess({ modulePath: runtimePath });
  }

  /** Id of the process; `undefined` when none runs. */
  get pid(): number | undefined {
    return this.#process.pid;
  }

  async readModel(): Promise<Result<ModelReportDto, PanelError>> {
    const path = await this.#findPath();
    return path.ok ? this.#process.request('readModel', { path: path.value }) : path;
  }

  async observe(
    input: InputChoice,
    onProgress: (progress: ProgressDto) => void,
  ): Promise<Result<ObservationDto, PanelError>> {
    const path = await this.#findPath();
    if (!path.ok) {
      return path;
    }
    return this.#told(onProgress, (process) =>
      process.request('observe', {
        path: path.value,
        input: toInput(input),
        passes: ['eval', 'batch'],
      }),
    );
  }

  async tryNeighbours(
    { input, similar }: ExperimentChoice,
    onProgress: (progress: ProgressDto) => void,
  ): Promise<Result<NeighboursDto, PanelError>> {
    const path = await this.#findPath();
    return path.ok
      ? this.#told(onProgress, (process) =>
          process.request('tryNeighbours', {
            ...{ path: path.value, input: toInput(input) },
            ...(similar && { similar: toInput(similar) }),
          }),
        )
      : path;
  }

  async compare(
    { other, input }: CompareChoice,
    onProgress: (progress: ProgressDto) => void,
  ): Promise<Result<ComparedModelsDto, PanelError>> {
    const path = await this.#findPath();
    return path.ok
      ? this.#told(onProgress, (process) =>
          process.request('compare', {
            paths: { first: path.value, second: other.path },
            ...(input && { input: toInput(input) }),
          }),
        )
      : path;
  }

  async repair(
    input: InputChoice,
    output: string,
    onProgress: (progress: ProgressDto) => void,
  ): Promise<Result<RepairDto, PanelError>> {
    const path = await this.#findPath();
    if (!path.ok) {
      return path;
    }
    const reply = await this.#told(onProgress, (process) =>
      process.request('repair', { path: path.value, input: toInput(input), output }),
    );
    if (!reply.ok) {
      // A process that was ended while it wrote could not tidy up.
      await removeUnfinished(output);
    }
    return reply;
  }

  async #told<T>(
    onProgress: (progress: ProgressDto) => void,
    ask: (process: RuntimeProcess) => Promise<T>,
  ): Promise<T> {
    const stopListening = this.#process.onProgress(onProgress);
    const reply = await ask(this.#process);
    stopListening();
    return reply;
  }

  previewPictures(input: ImagesChoice): Promise<Result<PreviewDto, PanelError>> {
    const { count, longestSide } = thumbnails;
    return this.#trials.request('previewPictures', { input: toImages(input), count, longestSide });
  }

  async tryInput(input: ImagesChoice): Promise<Result<ObservationDto, PanelError>> {
    const path = await this.#findPath();
    return path.ok
      ? this.#trials.request('observe', {
          ...{ path: path.value, input: toImages(input), passes: ['eval', 'batch'] },
          limit: triedSamples,
        })
      : path;
  }

  cancel(): void {
    this.#process.cancel();
  }

  dispose(): void {
    this.#process.dispose();
    this.#trials.dispose();
  }
}

function toInput(input: InputChoice): InputDto {
  switch (input.kind) {
    case 'file':
      return { kind: 'file', path: input.path };
    case 'images':
      return toImages(input);
    case 'synthetic':
      return { kind: 'synthetic', sampleCount: syntheticSamples };
  }
}

function toImages({ path, preprocessing }: ImagesChoice): ImageInputDto {
  return { kind: 'images', path, preprocessing };
}
