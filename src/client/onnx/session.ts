/** One open panel without its window: what the webview may ask, and what the answers are made of. */

import type { Result } from '../../core/base/result';
import { err, ok } from '../../core/base/result';
import type { ModelInputDto, ModelReportDto } from '../../protocol/modelReport';
import type { NeighboursDto } from '../../protocol/neighbours';
import type { ObservationDto } from '../../protocol/observation';
import {
  type ExperimentChoice,
  type ExperimentDto,
  type ExportedFile,
  type ImagesChoice,
  type InputChoice,
  type InputFitDto,
  type InputPreviewDto,
  type LayerDataDto,
  type PanelContentDto,
  type PanelError,
  type PanelHostContract,
  type RunDto,
  isExperimentChoice,
  isExportedFile,
  isImagesChoice,
  isInputChoice,
  isLayerPage,
} from '../../protocol/onnxPanel';
import type { Handlers } from '../../protocol/rpc';
import type { PreviewDto, ProgressDto } from '../../protocol/runtime';
import { inputFitOf, toInputPreview } from './inputTrial';
import { toExperiment, toLayerData, toModelDto, toRunDto } from './panelDtos';

type Outcome<T> = Promise<Result<T, PanelError>>;

/** The model, wherever it is read and run. */
export interface ModelSource {
  readonly fileName: string;
  readModel(): Outcome<ModelReportDto>;
  observe(input: InputChoice, onProgress: (progress: ProgressDto) => void): Outcome<ObservationDto>;
  previewPictures(input: ImagesChoice): Outcome<PreviewDto>;
  /** A run on so few samples that it can follow every change of a form. */
  tryInput(input: ImagesChoice): Outcome<ObservationDto>;
  tryNeighbours(
    choice: ExperimentChoice,
    onProgress: (progress: ProgressDto) => void,
  ): Outcome<NeighboursDto>;
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
  manageTrust(): Promise<void>;
  rememberInput(input: InputChoice): void;
  onProgress(progress: ProgressDto): void;
}

interface FinishedRun {
  readonly dto: RunDto;
  readonly observation: ObservationDto;
}

export class PanelSession {
  readonly handlers: Handlers<PanelHostContract>;
  readonly #source: ModelSource;
  readonly #editor: PanelEditor;
  #report: ModelReportDto | undefined;
  #run: FinishedRun | undefined;
  #running: Outcome<RunDto> | undefined;
  #experiment: ExperimentDto | undefined;
  #experimenting: Outcome<ExperimentDto> | undefined;
  #runs = 0;

  constructor(source: ModelSource, editor: PanelEditor) {
    this.#source = source;
    this.#editor = editor;
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
      awaitRun: () => this.#running ?? Promise.resolve(err(nothingRuns)),
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
    this.#run = undefined;
    this.#experiment = undefined;
    this.#report = undefined;
  }

  async #readModel(): Outcome<PanelContentDto> {
    const reply = this.#report ? ok(this.#report) : await this.#source.readModel();
    if (!reply.ok) {
      return reply;
    }
    this.#report = reply.value;
    return ok({
      model: toModelDto(reply.value, this.#source.fileName),
      run: this.#run?.dto ?? null,
      experiment: this.#experiment ?? null,
      isRunning: this.#running !== undefined,
    });
  }

  #readLayers(params: unknown): Result<readonly LayerDataDto[], PanelError> {
    const report = this.#report;
    if (!isLayerPage(params) || !report) {
      return err(badRequest);
    }
    const run = this.#run && { id: this.#run.dto.id, observation: this.#run.observation };
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
    if (!isInputChoice(input)) {
      return err(badRequest);
    }
    if (!this.#editor.isTrusted()) {
      return err(untrusted);
    }
    if (this.#running ?? this.#experimenting) {
      return err(alreadyRuns);
    }
    this.#editor.rememberInput(input);
    this.#running = this.#runOnce(input);
    const reply = await this.#running;
    this.#running = undefined;
    return reply;
  }

  async #tryNeighbours(choice: unknown): Outcome<ExperimentDto> {
    if (!isExperimentChoice(choice)) {
      return err(badRequest);
    }
    if (!this.#editor.isTrusted()) {
      return err(untrusted);
    }
    if (this.#running) {
      return err(alreadyRuns);
    }
    this.#experimenting ??= this.#experimentOnce(choice);
    const reply = await this.#experimenting;
    this.#experimenting = undefined;
    return reply;
  }

  async #experimentOnce(choice: ExperimentChoice): Outcome<ExperimentDto> {
    const report = this.#report;
    const reply = await this.#source.tryNeighbours(choice, (progress) => {
      this.#editor.onProgress(progress);
    });
    if (!reply.ok) {
      return reply;
    }
    if (report !== this.#report) {
      return err(changedMeanwhile);
    }
    this.#experiment = toExperiment(reply.value);
    return ok(this.#experiment);
  }

  async #runOnce(input: InputChoice): Outcome<RunDto> {
    const report = this.#report;
    if (!report) {
      return err(badRequest);
    }
    const reply = await this.#source.observe(input, (progress) => {
      this.#editor.onProgress(progress);
    });
    if (!reply.ok) {
      return reply;
    }
    if (report !== this.#report) {
      return err(changedMeanwhile);
    }
    this.#runs += 1;
    const dto = toRunDto(reply.value, { id: this.#runs, layers: report.layers.length });
    this.#run = { dto, observation: reply.value };
    return ok(dto);
  }
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

const badRequest: PanelError = {
  kind: 'badRequest',
  message: 'The panel asked for something that does not exist. Close it and open the file again.',
};

const nothingRuns: PanelError = { kind: 'cancelled', message: 'Nothing is running.' };

const alreadyRuns: PanelError = {
  kind: 'badRequest',
  message: 'The model is already running. Wait for it to end, or cancel it first.',
};

const changedMeanwhile: PanelError = {
  kind: 'failed',
  message: 'The file changed while the model was running, so the result was dropped. Run it again.',
};

const untrusted: PanelError = {
  kind: 'untrusted',
  message:
    'The model was not run because this workspace is not trusted. Trust the workspace, then run again.',
};
