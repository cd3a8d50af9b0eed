/**
 * Host ↔ model process: read a model, run it, report.
 *
 * Channel: `child_process.fork` with `serialization: 'advanced'`, so typed arrays, `NaN` and
 * `Infinity` survive. On the further way to a webview numbers outside typed arrays must be finite;
 * every DTO here keeps to that.
 */

import type { ComparedModelsDto, PairDto, RepairDto, RepairMomentsDto } from './comparison';
import type { BatchNormDto, ModelReportDto } from './modelReport';
import type { NeighboursDto } from './neighbours';
import type { ObservationDto } from './observation';
import { type PictureSizeDto, type PreprocessingDto, isPreprocessing } from './preprocessing';
import type { Contract } from './rpc';

export interface RuntimeError {
  readonly kind:
    | 'notFound'
    | 'unreadable'
    | 'notOnnx'
    | 'truncated'
    | 'tooLarge'
    | 'externalDataMissing'
    | 'badInput'
    | 'notRunnable'
    | 'runtimeMissing'
    | 'notWritten'
    | 'badRequest';
  /** What is wrong, with which thing, and what to do: sentences for a dialog. */
  readonly message: string;
}

/** Where the samples come from. */
export type InputDto =
  FileInputDto | ImageInputDto | { readonly kind: 'synthetic'; readonly sampleCount: number };

export interface FileInputDto {
  readonly kind: 'file';
  readonly path: string;
}

/** A folder of PNG and JPEG files, or one such file. */
export interface ImageInputDto {
  readonly kind: 'images';
  readonly path: string;
  readonly preprocessing: PreprocessingDto;
}

/** `eval`: every BatchNorm uses its stored statistics; `batch`: every BatchNorm uses the batch's. */
export type PassDto = 'eval' | 'batch';

export interface ReadModelParams {
  readonly path: string;
}

export interface ObserveParams {
  readonly path: string;
  readonly input: InputDto;
  readonly passes: readonly PassDto[];
  /** At most this many samples are used; absent: all of them. */
  readonly limit?: number;
  /** Samples per run of the model; absent: as many as fit in memory well. */
  readonly batchSize?: number;
  /** Whether the answer carries moments, to be merged with those of other runs. */
  readonly keepsMoments?: boolean;
}

export interface NeighboursParams {
  readonly path: string;
  /** Samples of all kinds: neighbours of each other. */
  readonly input: InputDto;
  /** Near-identical samples; absent: variations of each sample are made. */
  readonly similar?: InputDto;
  /** How many samples are tried; absent: eight. */
  readonly subjects?: number;
  /** Samples in each batch; absent: 32, or as many as there are. */
  readonly batchSize?: number;
}

/** Limits of a run, as of `observe`. */
interface RunLimits {
  readonly limit?: number;
  readonly batchSize?: number;
}

export interface CompareParams extends RunLimits {
  readonly paths: PairDto<string>;
  /** Samples to run both on; absent: what they store is compared and nothing is run. */
  readonly input?: InputDto;
}

export interface RepairParams extends RunLimits {
  readonly path: string;
  /** The new file. */
  readonly output: string;
  /** Samples to estimate from, and to run the copy on. */
  readonly input?: InputDto;
  /** What to estimate from in place of a run. */
  readonly moments?: RepairMomentsDto;
}

export interface PreviewParams {
  readonly input: ImageInputDto;
  /** At most this many pictures, the first by name. */
  readonly count: number;
  /** Larger pictures are shrunk to this many pixels; absent: they are as the model gets them. */
  readonly longestSide?: number;
}

/** Pictures as the model sees them, before their pixels become other numbers. */
export interface PreviewDto {
  /** Pictures there are altogether. */
  readonly fileCount: number;
  readonly pictures: readonly PreviewPictureDto[];
}

export interface PreviewPictureDto extends PictureSizeDto {
  readonly fileName: string;
  /** Red, green, blue and alpha by turns, row by row, as a canvas takes them. */
  readonly rgba: Uint8ClampedArray;
}

/** What the model process answers. */
export interface RuntimeContract extends Contract {
  readonly requests: {
    readonly readModel: {
      readonly params: ReadModelParams;
      readonly value: ModelReportDto;
      readonly error: RuntimeError;
    };
    readonly observe: {
      readonly params: ObserveParams;
      readonly value: ObservationDto;
      readonly error: RuntimeError;
    };
    readonly tryNeighbours: {
      readonly params: NeighboursParams;
      readonly value: NeighboursDto;
      readonly error: RuntimeError;
    };
    readonly previewPictures: {
      readonly params: PreviewParams;
      readonly value: PreviewDto;
      readonly error: RuntimeError;
    };
    readonly compare: {
      readonly params: CompareParams;
      readonly value: ComparedModelsDto;
      readonly error: RuntimeError;
    };
    /** Never writes over the model itself; what was there before is there until the copy is whole. */
    readonly repair: {
      readonly params: RepairParams;
      readonly value: RepairDto;
      readonly error: RuntimeError;
    };
  };
  readonly events: { readonly progress: ProgressDto };
}

/** The host serves nothing to the model process. */
export interface RuntimeHostContract extends Contract {
  readonly requests: Readonly<Record<string, never>>;
  readonly events: Readonly<Record<string, never>>;
}

export interface ProgressDto {
  readonly stage: 'reading' | 'preparing' | 'loading' | 'running' | 'judging';
  /** Done share of the whole request, in `[0, 1]`. */
  readonly fraction: number;
  /** A short phrase for people, such as `Evaluation pass, 16 of 64 samples`. */
  readonly message: string;
  /** Which of several models it is about, in a phrase for people. */
  readonly part?: string;
  /** Said once: parts of the model that may end the process, in phrases. */
  readonly suspects?: readonly string[];
}

/**
 * Why a request to the model process ended without its own answer.
 *
 * `crashed` carries how the process ended; asking again starts a new process.
 */
export type ProcessError =
  | {
      readonly kind: 'crashed';
      readonly message: string;
      readonly exitCode: number | undefined;
      readonly signal: string | undefined;
    }
  | { readonly kind: 'cancelled'; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string };

export type { BatchNormDto, ModelReportDto, NeighboursDto, ObservationDto };

/** Whether a file is one of the pictures that a folder of samples holds. */
export function isPictureName(name: string): boolean {
  return /\.(?:png|jpe?g)$/i.test(name);
}

export function isReadModelParams(params: unknown): params is ReadModelParams {
  return isRecord(params) && typeof params['path'] === 'string';
}

export function isObserveParams(params: unknown): params is ObserveParams {
  return (
    isRecord(params) &&
    typeof params['path'] === 'string' &&
    isInput(params['input']) &&
    Array.isArray(params['passes']) &&
    params['passes'].length > 0 &&
    params['passes'].every((pass) => pass === 'eval' || pass === 'batch') &&
    hasCounts(params, ['limit', 'batchSize'])
  );
}

export function isCompareParams(params: unknown): params is CompareParams {
  return (
    isRecord(params) &&
    isRecord(params['paths']) &&
    typeof params['paths']['first'] === 'string' &&
    typeof params['paths']['second'] === 'string' &&
    (params['input'] === undefined || isInput(params['input'])) &&
    hasCounts(params, ['limit', 'batchSize'])
  );
}

export function isRepairParams(params: unknown): params is RepairParams {
  return (
    isRecord(params) &&
    typeof params['path'] === 'string' &&
    typeof params['output'] === 'string' &&
    (isInput(params['input']) || isRepairMoments(params['moments'])) &&
    hasCounts(params, ['limit', 'batchSize'])
  );
}

function isRepairMoments(moments: unknown): moments is RepairMomentsDto {
  return isRecord(moments) && moments['batch'] instanceof Map && isCount(moments['sampleCount']);
}

export function isNeighboursParams(params: unknown): params is NeighboursParams {
  return (
    isRecord(params) &&
    typeof params['path'] === 'string' &&
    isInput(params['input']) &&
    (params['similar'] === undefined || isInput(params['similar'])) &&
    hasCounts(params, ['subjects', 'batchSize'])
  );
}

export function isPreviewParams(params: unknown): params is PreviewParams {
  return (
    isRecord(params) &&
    isCount(params['count']) &&
    (params['longestSide'] === undefined || isCount(params['longestSide'])) &&
    isInput(params['input']) &&
    params['input'].kind === 'images'
  );
}

export function isProgress(body: unknown): body is ProgressDto {
  return (
    isRecord(body) &&
    typeof body['stage'] === 'string' &&
    typeof body['fraction'] === 'number' &&
    typeof body['message'] === 'string' &&
    (body['part'] === undefined || typeof body['part'] === 'string') &&
    (body['suspects'] === undefined || Array.isArray(body['suspects']))
  );
}

function isInput(input: unknown): input is InputDto {
  if (!isRecord(input)) {
    return false;
  }
  switch (input['kind']) {
    case 'file':
      return typeof input['path'] === 'string';
    case 'images':
      return typeof input['path'] === 'string' && isPreprocessing(input['preprocessing']);
    default:
      return input['kind'] === 'synthetic' && isCount(input['sampleCount']);
  }
}

function hasCounts(params: Record<string, unknown>, names: readonly string[]): boolean {
  return names.every((name) => params[name] === undefined || isCount(params[name]));
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) > 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
