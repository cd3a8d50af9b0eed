/**
 * What the extension host and the model statistics webview say to each other.
 *
 * The channel carries JSON plus buffers: outside typed arrays a number that is not finite becomes
 * `null`, and a view ships its whole buffer. So every number that may be NaN or infinite lives in
 * a typed array, and every typed array owns its buffer exactly.
 */

import type { FlagCodeDto, ModelInputDto, VerdictKindDto } from './modelReport';
import type { ComparisonDto, PairDto } from './comparison';
import { type PictureSizeDto, type PreprocessingDto, isPreprocessing } from './preprocessing';
import type { NeighbourTopsDto, NeighboursDto } from './neighbours';
import type { PassDto, ProcessError, ProgressDto, RuntimeError } from './runtime';

export type Severity = 'error' | 'warning' | 'information' | 'ok';

/** One thing that is known about a layer from its file alone. */
export interface LayerFlagDto {
  readonly code: FlagCodeDto;
  readonly severity: Severity;
  /** A few words for a row, for example "never updated or never loaded". */
  readonly title: string;
  /** A full sentence for people. */
  readonly message: string;
  /** Channels it is about, ascending; empty when it is about the whole layer. */
  readonly channels: Int32Array;
}

export interface LayerSummaryDto {
  /** Position among the model's BatchNormalization nodes in graph order, from 0. */
  readonly index: number;
  readonly name: string;
  /** 0 when no parameter could be read. */
  readonly channels: number;
  /** Added to the variance before the root, squared activation units. */
  readonly epsilon: number;
  /** Weight of the old running value in one training step, unitless, `[0, 1]`. */
  readonly decay: number;
  /** Where the running mean is, in words: "initializer", "external file", … */
  readonly source: string;
  /** False when mean or variance are not in the file, so there is nothing to chart. */
  readonly hasStored: boolean;
  readonly isMeasurable: boolean;
  readonly flags: readonly LayerFlagDto[];
}

/** What the panel says about the model: before a run from the file, after it from the data. */
export interface PanelVerdictDto {
  readonly kind: VerdictKindDto;
  readonly severity: Severity;
  readonly confidence: 'certain' | 'likely' | 'possible';
  /** One sentence. */
  readonly summary: string;
  readonly evidence: readonly string[];
  readonly nextSteps: readonly NextStepDto[];
}

export interface NextStepDto {
  readonly text: string;
  /** A line of code that can be copied. */
  readonly code?: string;
  /** What a button beside the text does. */
  readonly action?: 'scanWorkspace' | 'repair';
}

/** A finding in the workspace's code that can be why the model is as it is. */
export interface CauseDto {
  readonly rule: string;
  readonly message: string;
  /** For people: relative to the workspace, with `/`. */
  readonly path: string;
  readonly uri: string;
  readonly line0: number;
  readonly verdicts: readonly VerdictKindDto[];
  /** What the layers show that it has touched, from the file alone. */
  readonly flags: readonly FlagCodeDto[];
}

/** What a panel was opened for from a finding: the first layer that shows one of these. */
export interface TraceDto {
  /** Grows with each time; a page follows each once. */
  readonly id: number;
  /** Of the finding. */
  readonly rule: string;
  readonly flags: readonly FlagCodeDto[];
}

export interface ModelDto {
  readonly fileName: string;
  readonly byteLength: number;
  /** Name and version as the file has them; empty when it does not say. */
  readonly producer: string;
  readonly irVersion: number;
  /** For example `17`, or `com.microsoft 1` for a domain that is not ONNX's own. */
  readonly opsets: readonly string[];
  readonly mode: 'eval' | 'training' | 'mixed' | 'none';
  readonly inputs: readonly ModelInputDto[];
  readonly layers: readonly LayerSummaryDto[];
  readonly verdict: PanelVerdictDto;
  /** Things that could not be read; the rest of the model is good. */
  readonly problems: readonly string[];
}

/** Where the samples of a run come from. */
export type InputChoice =
  | { readonly kind: 'synthetic' }
  | { readonly kind: 'file'; readonly uri: string; readonly fileName: string }
  | ImagesChoice;

/** A folder of PNG and JPEG files, or one such file. */
export interface ImagesChoice {
  readonly kind: 'images';
  /** As text; it need not be on a disk. */
  readonly uri: string;
  readonly fileName: string;
  readonly preprocessing: PreprocessingDto;
}

/** The first pictures of an input, as the model sees them but for their size. */
export interface InputPreviewDto {
  /** Pictures there are altogether. */
  readonly fileCount: number;
  readonly pictures: readonly ThumbnailDto[];
}

export interface ThumbnailDto extends PictureSizeDto {
  readonly fileName: string;
  /** Red, green, blue and alpha by turns, row by row. */
  readonly rgba: Uint8Array;
}

/** What the first BatchNorm says about how samples are prepared. */
export interface InputFitDto {
  readonly severity: 'ok' | 'warning' | 'information';
  /** What it says, and what to do. */
  readonly message: string;
}

/** A finished run, without the numbers of its channels. */
export interface RunDto {
  /** Counts runs of this panel from 1. */
  readonly id: number;
  /** What ran, in words, for example "batch.npz, array x, 64 samples". */
  readonly inputLabel: string;
  readonly isSynthetic: boolean;
  readonly samples: number;
  readonly passes: readonly PassDto[];
  readonly elapsedMs: number;
  readonly verdict: PanelVerdictDto;
  /** Per pass, shape `[layers]`: median over channels of KL in nats; NaN where not measured. */
  readonly medianKl: PassValues<Float64Array>;
  /** Sentences about what was changed for the run and what could not be measured. */
  readonly notes: readonly string[];
}

export interface PassValues<T> {
  readonly eval?: T;
  readonly batch?: T;
}

/** What one pass saw of one layer's input; every array has shape `[channels]`. */
export interface ObservedDto {
  /** Activation units. */
  readonly mean: Float64Array;
  /** Population variance, squared activation units. */
  readonly variance: Float64Array;
  /** Of the mean, between samples, activation units; NaN for one sample. */
  readonly standardError: Float64Array;
  /** Observed minus stored mean, in stored standard deviations. */
  readonly z: Float64Array;
  /** Observed over stored variance, epsilon added to both. */
  readonly ratio: Float64Array;
  /** Divergence of the observed from the stored normal distribution, in nats; 0 when equal. */
  readonly kl: Float64Array;
}

/** Every per-channel number of one layer; an array that the file does not store is absent. */
export interface LayerDataDto {
  readonly index: number;
  /** The run the observed numbers are of; `null` when there are none yet. */
  readonly runId: number | null;
  readonly mean?: Float64Array;
  readonly variance?: Float64Array;
  readonly gamma?: Float64Array;
  readonly beta?: Float64Array;
  readonly observed: PassValues<ObservedDto>;
}

/** How far what the model says of a sample depends on its neighbours in the batch. */
export interface ExperimentDto {
  /** For people: which samples. */
  readonly inputLabel: string;
  readonly isSynthetic: boolean;
  /** Samples in each batch. */
  readonly batchSize: number;
  readonly similar: NeighboursDto['input']['similar'];
  /** Name of the output that is compared. */
  readonly output: string;
  readonly subjects: readonly SubjectDto[];
  readonly verdict: NeighboursDto['verdict'];
  readonly notes: readonly string[];
}

export interface SubjectDto {
  /** `null` when the answer is no list of scores. */
  readonly tops: NeighbourTopsDto | null;
  /** Relative differences of the answers, unitless: evaluation, batch, modes. */
  readonly differences: Float64Array;
}

export interface ExperimentChoice {
  /** Samples of all kinds. */
  readonly input: InputChoice;
  /** Near-identical samples; `null`: variations of each sample are made. */
  readonly similar: InputChoice | null;
}

/** A model file that the user named. */
export interface ModelFile {
  /** As text; it need not be on a disk. */
  readonly uri: string;
  readonly fileName: string;
}

export interface CompareChoice {
  readonly other: ModelFile;
  /** Samples that both are run on; `null` compares what they store. */
  readonly input: InputChoice | null;
}

/** This model, which is the first, against another one. */
export interface ComparedDto {
  readonly other: ModelFile;
  /** What both ran on; `null` when nothing was run. */
  readonly input: { readonly label: string; readonly samples: number } | null;
  readonly pairs: readonly ComparedPairDto[];
  /** Shape `[pairs]`, nats: of the other's from this model's stored statistics; NaN when unknown. */
  readonly storedKl: Float64Array;
  /** Shape `[pairs]`, nats: of what the samples show from what each stores; NaN when not measured. */
  readonly observedKl: PairDto<Float64Array>;
  /** Layers without a counterpart, by name. */
  readonly unmatched: PairDto<readonly string[]>;
  /** Which one fits the samples in more layers; `null` without samples. */
  readonly better: NonNullable<ComparisonDto['better']> | null;
}

export interface ComparedPairDto {
  readonly names: PairDto<string>;
  readonly channels: number;
  /** Channels whose stored statistics differ visibly. */
  readonly changedChannels: number;
}

/** What both models store for one pair of layers; an array that is not in a file is absent. */
export interface ComparedChannelsDto {
  readonly pair: number;
  readonly first: StoredDto;
  readonly second: StoredDto;
}

export interface StoredDto {
  /** Activation units. */
  readonly mean?: Float64Array;
  /** Squared activation units. */
  readonly variance?: Float64Array;
}

/** A copy with statistics estimated from samples, and how it does beside the original. */
export interface RepairedDto {
  readonly copy: ModelFile;
  readonly samples: number;
  /** From so many samples on the statistics are worth keeping. */
  readonly advisedSamples: number;
  /** Layers that store new statistics. */
  readonly layerCount: number;
  /** `null` when the original was not run. */
  readonly before: RepairStateDto | null;
  readonly after: RepairStateDto;
}

export interface RepairStateDto {
  readonly severity: Severity;
  readonly summary: string;
  /** How far evaluation and batch mode agree, per output. */
  readonly agreements: readonly PanelAgreementDto[];
}

export interface PanelAgreementDto {
  readonly output: string;
  /** Share of samples with the same largest score, in `[0, 1]`; `null` when there are no scores. */
  readonly sameTop: number | null;
  /** Median over samples of `‖evaluation − batch‖ ÷ ‖batch‖`, unitless. */
  readonly relativeDifference: number;
}

/** What the model is run for, one at a time, and what each ends in. */
export interface WorkResults {
  readonly run: RunDto;
  readonly experiment: ExperimentDto;
  readonly comparison: ComparedDto;
  /** `null` when the user did not name a file. */
  readonly repair: RepairedDto | null;
}

export type WorkKind = keyof WorkResults;

/** What is under way has ended: its kind, and what it ended in. */
export type WorkDone = {
  readonly [K in WorkKind]: { readonly kind: K; readonly result: WorkResults[K] };
}[WorkKind];

export interface PanelError {
  readonly kind: RuntimeError['kind'] | ProcessError['kind'] | 'untrusted' | 'notWritten';
  /** What is wrong, with which thing, and what to do. */
  readonly message: string;
}

export interface LayerPage {
  readonly first: number;
  readonly count: number;
}

export interface ExportedFile {
  readonly suggestedName: string;
  readonly content: string;
  /** How `content` holds the bytes of the file. */
  readonly encoding: 'utf8' | 'base64';
}

/** What a page that has just been built, or built again, starts from. */
export interface PanelContentDto {
  readonly model: ModelDto;
  /** The last finished run; `null` before the first and after the file has changed. */
  readonly run: RunDto | null;
  /** The last experiment with neighbours; `null` before the first and after the file has changed. */
  readonly experiment: ExperimentDto | null;
  /** The last comparison; `null` before the first and after the file has changed. */
  readonly comparison: ComparedDto | null;
  /** The last repair; `null` before the first and after the file has changed. */
  readonly repair: RepairedDto | null;
  /** What the model runs for now: `awaitWork` answers when it ends. */
  readonly underWay: WorkKind | null;
}

/** What the extension host answers to the webview. */
export interface PanelHostContract {
  readonly requests: {
    readonly readModel: {
      readonly params: Record<string, never>;
      readonly value: PanelContentDto;
      readonly error: PanelError;
    };
    /** Numbers of the layers `first … first + count − 1`, with those of the last finished run. */
    readonly readLayers: {
      readonly params: LayerPage;
      readonly value: readonly LayerDataDto[];
      readonly error: PanelError;
    };
    /** Lets the user pick a file; `null` when they do not. */
    readonly pickInput: {
      readonly params: Record<string, never>;
      readonly value: InputChoice | null;
      readonly error: PanelError;
    };
    /** The input that files or folders are that were dropped on the page. */
    readonly resolveDrop: {
      readonly params: { readonly uris: readonly string[] };
      readonly value: InputChoice;
      readonly error: PanelError;
    };
    readonly previewInput: {
      readonly params: { readonly input: ImagesChoice };
      readonly value: InputPreviewDto;
      readonly error: PanelError;
    };
    /** Runs the model on a few of the pictures and asks its first layer. */
    readonly checkInput: {
      readonly params: { readonly input: ImagesChoice };
      readonly value: InputFitDto;
      readonly error: PanelError;
    };
    readonly observe: {
      readonly params: { readonly input: InputChoice };
      readonly value: RunDto;
      readonly error: PanelError;
    };
    readonly tryNeighbours: {
      readonly params: ExperimentChoice;
      readonly value: ExperimentDto;
      readonly error: PanelError;
    };
    readonly pickModel: {
      readonly params: Record<string, never>;
      readonly value: ModelFile | null;
      readonly error: PanelError;
    };
    readonly compare: {
      readonly params: CompareChoice;
      readonly value: ComparedDto;
      readonly error: PanelError;
    };
    /** Numbers of one pair of the last comparison. */
    readonly readCompared: {
      readonly params: { readonly pair: number };
      readonly value: ComparedChannelsDto;
      readonly error: PanelError;
    };
    /** Asks for the name of the copy, writes it and checks it. */
    readonly repair: {
      readonly params: { readonly input: InputChoice };
      readonly value: RepairedDto | null;
      readonly error: PanelError;
    };
    /** Joins what is under way, as a page does that was built while it was going on. */
    readonly awaitWork: {
      readonly params: Record<string, never>;
      readonly value: WorkDone;
      readonly error: PanelError;
    };
    /** Ends what is under way, which then answers `cancelled`. */
    readonly cancel: {
      readonly params: Record<string, never>;
      readonly value: null;
      readonly error: PanelError;
    };
    /** Asks where to write and writes; `null` when the user does not say where. */
    readonly saveFile: {
      readonly params: ExportedFile;
      readonly value: string | null;
      readonly error: PanelError;
    };
    readonly manageTrust: {
      readonly params: Record<string, never>;
      readonly value: null;
      readonly error: PanelError;
    };
  };
  readonly events: {
    readonly modelChanged: { readonly reason: 'edited' | 'deleted' };
    readonly progress: ProgressDto;
    /** Sent after `ready` and whenever it changes. */
    readonly hostState: HostState;
  };
}

export interface HostState {
  readonly isTrusted: boolean;
  /** The input this model was last run with in this workspace. */
  readonly lastInput: InputChoice;
  /** The gravest first. */
  readonly causes: readonly CauseDto[];
  /** Absent when the panel was opened for nothing in particular. */
  readonly trace?: TraceDto;
}

/** What the webview answers to the extension host. */
export interface PanelViewContract {
  readonly requests: Readonly<Record<string, never>>;
  readonly events: {
    readonly ready: { readonly protocol: 1 };
    readonly copyText: { readonly text: string };
    readonly openCause: { readonly uri: string; readonly line0: number };
    readonly scanWorkspace: Record<string, never>;
    /** Opens a model that was compared or written. */
    readonly openModel: ModelFile;
  };
}

/** Whether `value` can be used as the parameters of `readLayers`. */
export function isLayerPage(value: unknown): value is LayerPage {
  return isRecord(value) && isCount(value['first']) && isCount(value['count']);
}

export function isInputChoice(value: unknown): value is InputChoice {
  if (!isRecord(value)) {
    return false;
  }
  const { kind, uri, fileName } = value;
  const isFile = typeof uri === 'string' && typeof fileName === 'string';
  return (
    kind === 'synthetic' ||
    (kind === 'file' && isFile) ||
    (kind === 'images' && isFile && isPreprocessing(value['preprocessing']))
  );
}

export function isExperimentChoice(value: unknown): value is ExperimentChoice {
  return (
    isRecord(value) &&
    isInputChoice(value['input']) &&
    (value['similar'] === null || isInputChoice(value['similar']))
  );
}

export function isCompareChoice(value: unknown): value is CompareChoice {
  return (
    isRecord(value) &&
    isModelFile(value['other']) &&
    (value['input'] === null || isInputChoice(value['input']))
  );
}

export function isModelFile(value: unknown): value is ModelFile {
  return (
    isRecord(value) && typeof value['uri'] === 'string' && typeof value['fileName'] === 'string'
  );
}

export function isImagesChoice(value: unknown): value is ImagesChoice {
  return isInputChoice(value) && value.kind === 'images';
}

export function isExportedFile(value: unknown): value is ExportedFile {
  return (
    isRecord(value) &&
    typeof value['suggestedName'] === 'string' &&
    typeof value['content'] === 'string' &&
    (value['encoding'] === 'utf8' || value['encoding'] === 'base64')
  );
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
