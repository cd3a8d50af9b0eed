/** One open panel without its window: what the webview may ask, and what the answers are made of. */

import type { Result } from '../../core/base/result';
import { err, ok } from '../../core/base/result';
import type { ModelInputDto, ModelReportDto } from '../../protocol/modelReport';
import type { ObservationDto } from '../../protocol/observation';
import {
  type ComparedChannelsDto,
  type ComparedDto,
  type ExperimentDto,
  type ExportedFile,
  type ImagesChoice,
  type InputChoice,
  type InputFitDto,
  type InputPreviewDto,
  type LayerDataDto,
  type ModelFile,
  type PanelContentDto,
  type PanelError,
  type PanelHostContract,
  type RepairedDto,
  type RunDto,
  isCompareChoice,
  isExperimentChoice,
  isExportedFile,
  isImagesChoice,
  isInputChoice,
  isLayerPage,
} from '../../protocol/onnxPanel';
import type { Handlers } from '../../protocol/rpc';
import type { PreviewDto, ProgressDto } from '../../protocol/runtime';
import { toComparedChannels } from './comparisonDtos';
import { inputFitOf, toInputPreview } from './inputTrial';
import { type ModelRunner, ModelWork } from './modelWork';
import { toLayerData, toModelDto } from './panelDtos';

type Outcome<T> = Promise<Result<T, PanelError>>;

/** The model, wherever it is read and run. */
export interface ModelSource extends ModelRunner {
  readonly fileName: string;
  readModel(): Outcome<ModelReportDto>;
  previewPictures(input: ImagesChoice): Outcome<PreviewDto>;
  /** A run on so few samples that it can follow every change of a form. */
  tryInput(input: ImagesChoice): Outcome<ObservationDto>;
  /** Ends what is under way; it then answers `cancelled`. */
  cancel(): void;
}

/** What only the editor can do. */
export interface PanelEditor {
  isTrusted(): boolean;
  /** @param inputs of the model, which say what size pictures need */
  pickInput(inputs: readonly ModelInputDto[]): Promise<InputChoice | null>;
  /** The input that dropped files or folders are. */
  resolveDrop(uris: readonly string[], inputs: readonly ModelInputDto[]): Outcome<InputChoice>;
  saveFile(file: ExportedFile): Outcome<string | null>;
  /** Another model, to compare this one with. */
  pickModel(): Promise<ModelFile | null>;
  /** Where the repaired copy goes; `null` when the user does not say. */
  nameCopy(): Promise<ModelFile | null>;
  manageTrust(): Promise<void>;
  rememberInput(input: InputChoice): void;
  onProgress(progress: ProgressDto): void;
}

export class PanelSession {
  readonly handlers: Handlers<PanelHostContract>;
  readonly #source: ModelSource;
  readonly #editor: PanelEditor;
  #report: ModelReportDto | undefined;
  readonly #work: ModelWork;

  constructor(source: ModelSource, editor: PanelEditor) {
    this.#source = source;
    this.#editor = editor;
    this.#work = new ModelWork(source, (progress) => {
      editor.onProgress(progress);
    });
    this.handlers = {
      readModel: () => this.#readModel(),
      readLayers: (params) => Promise.resolve(this.#readLayers(params)),
      pickInput: async () => ok(await this.#editor.pickInput(this.#report?.inputs ?? [])),
      resolveDrop: ({ uris }: { readonly uris: unknown }) =>
        isTexts(uris)
          ? this.#editor.resolveDrop(uris, this.#report?.inputs ?? [])
          : Promise.resolve(err(badRequest)),
      previewInput: ({ input }) => this.#previewInput(input),
      checkInput: ({ input }) => this.#checkInput(input),
      observe: ({ input }) => this.#observe(input),
      tryNeighbours: (choice) => this.#tryNeighbours(choice),
      pickModel: async () => ok(await this.#editor.pickModel()),
      compare: (choice) => this.#compare(choice),
      readCompared: ({ pair }) => Promise.resolve(this.#readCompared(pair)),
      repair: ({ input }) => this.#repair(input),
      awaitWork: () => this.#work.join(),
      cancel: () => {
        this.#source.cancel();
        return Promise.resolve(ok(null));
      },
      saveFile: (params) =>
        isExportedFile(params) ? this.#editor.saveFile(params) : Promise.resolve(err(badRequest)),
      manageTrust: async () => {
        await this.#editor.manageTrust();
        return ok(null);
      },
    };
  }

  /** The file is another one now: what was observed of the old one no longer counts. */
  forget(): void {
    this.#work.forget();
    this.#report = undefined;
  }

  async #readModel(): Outcome<PanelContentDto> {
    const reply = this.#report ? ok(this.#report) : await this.#source.readModel();
    if (!reply.ok) {
      return reply;
    }
    this.#report = reply.value;
    const { run, experiment, comparison, repair } = this.#work.finished;
    return ok({
      model: toModelDto(reply.value, this.#source.fileName),
      run: run?.dto ?? null,
      experiment: experiment ?? null,
      comparison: comparison?.dto ?? null,
      repair: repair ?? null,
      underWay: this.#work.underWay,
    });
  }

  #readLayers(params: unknown): Result<readonly LayerDataDto[], PanelError> {
    const report = this.#report;
    if (!isLayerPage(params) || !report) {
      return err(badRequest);
    }
    const { run: last } = this.#work.finished;
    const run = last && { id: last.dto.id, observation: last.observation };
    return ok(
      report.layers
        .slice(params.first, params.first + params.count)
        .map((layer) => toLayerData(layer, run)),
    );
  }

  async #previewInput(input: unknown): Outcome<InputPreviewDto> {
    if (!isImagesChoice(input)) {
      return err(badRequest);
    }
    if (!this.#editor.isTrusted()) {
      return err(untrusted);
    }
    const reply = await this.#source.previewPictures(input);
    return reply.ok ? ok(toInputPreview(reply.value)) : reply;
  }

  async #checkInput(input: unknown): Outcome<InputFitDto> {
    const report = this.#report;
    if (!isImagesChoice(input) || !report) {
      return err(badRequest);
    }
    if (!this.#editor.isTrusted()) {
      return err(untrusted);
    }
    const reply = await this.#source.tryInput(input);
    return reply.ok ? ok(inputFitOf(report, reply.value)) : reply;
  }

  async #observe(input: unknown): Outcome<RunDto> {
    const report = this.#report;
    if (!isInputChoice(input) || !report) {
      return err(badRequest);
    }
    if (!this.#editor.isTrusted()) {
      return err(untrusted);
    }
    this.#editor.rememberInput(input);
    return this.#work.observe(report, input);
  }

  async #tryNeighbours(choice: unknown): Outcome<ExperimentDto> {
    if (!isExperimentChoice(choice)) {
      return err(badRequest);
    }
    return this.#editor.isTrusted() ? this.#work.tryNeighbours(choice) : err(untrusted);
  }

  /** What files store can be compared anywhere: nothing is run. */
  async #compare(choice: unknown): Outcome<ComparedDto> {
    if (!isCompareChoice(choice)) {
      return err(badRequest);
    }
    const isAllowed = choice.input === null || this.#editor.isTrusted();
    return isAllowed ? this.#work.compare(choice) : err(untrusted);
  }

  #readCompared(pair: unknown): Result<ComparedChannelsDto, PanelError> {
    const models = this.#work.finished.comparison?.models;
    const channels =
      typeof pair === 'number' && models && this.#report
        ? toComparedChannels(this.#report, models, pair)
        : undefined;
    return channels ? ok(channels) : err(badRequest);
  }

  async #repair(input: unknown): Outcome<RepairedDto | null> {
    if (!isInputChoice(input)) {
      return err(badRequest);
    }
    if (input.kind === 'synthetic') {
      return err(noSamples);
    }
    return this.#editor.isTrusted()
      ? this.#work.repair(input, () => this.#editor.nameCopy())
      : err(untrusted);
  }
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

const badRequest: PanelError = {
  kind: 'badRequest',
  message: 'The panel asked for something that does not exist. Close it and open the file again.',
};

const noSamples: PanelError = {
  kind: 'badInput',
  message:
    'Statistics cannot be estimated from random numbers. Choose samples of the data the model was trained on.',
};

const untrusted: PanelError = {
  kind: 'untrusted',
  message:
    'The model was not run because this workspace is not trusted. Trust the workspace, then run again.',
};
