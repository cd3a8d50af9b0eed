/** What every run of a model begins with: the files, the report, the samples and ONNX Runtime. */

import { basename, dirname, resolve } from 'node:path';
import { type Result, err, ok } from '../core/base/result';
import { describeModel } from '../core/onnx/describeModel';
import type { ModelReport } from '../core/onnx/report';
import { ExternalFiles, openFileSource } from '../platform/fileByteSource';
import type { InputDto, ProgressDto, RuntimeError } from '../protocol/runtime';
import { loadInputs } from './inputs';
import { type LoadedInputs, SampleFailure } from './loadedInputs';
import { type OpenFiles, type PreparedModel, notRunnable, prepareModel } from './prepareModel';
import { type Runtime, loadRuntime } from './loadRuntime';

export type Report = (progress: ProgressDto) => void;

export interface RunFiles extends OpenFiles {
  readonly path: string;
  readonly folder: string;
  readonly fileName: string;
  readonly report: Report;
}

/** Files are closed when the action ends; a sample that cannot be read ends it with a sentence. */
export async function withModelFiles<T>(
  { path, report }: { readonly path: string; readonly report: Report },
  action: (files: RunFiles) => Promise<Result<T, RuntimeError>>,
): Promise<Result<T, RuntimeError>> {
  const opened = openFileSource(path);
  if (!opened.ok) {
    return opened;
  }
  const external = new ExternalFiles(path);
  const place = { path, folder: dirname(resolve(path)), fileName: basename(path) };
  try {
    return await action({ ...place, source: opened.value, external, report });
  } catch (cause) {
    if (cause instanceof SampleFailure) {
      return err({ kind: 'badInput', message: cause.message });
    }
    throw cause;
  } finally {
    external.close();
    opened.value.close();
  }
}

export interface OpenRun {
  readonly report: ModelReport;
  readonly inputs: LoadedInputs;
  readonly runtime: Runtime;
  readonly model: PreparedModel;
}

export interface SampleRequest {
  readonly input: InputDto;
  /** At most this many samples are looked at; absent: all. */
  readonly limit: number | undefined;
}

export async function openRun(
  files: RunFiles,
  { input, limit = Infinity }: SampleRequest,
): Promise<Result<OpenRun, RuntimeError>> {
  files.report({ stage: 'reading', fraction: 0, message: 'Reading the model' });
  const options = { path: files.path, openExternal: files.external.open };
  const described = describeModel(files.source, options);
  if (!described.ok) {
    return described;
  }
  const report = described.value;
  const missing = report.problems.find(({ kind }) => kind === 'externalDataMissing');
  if (missing !== undefined) {
    return err({ kind: 'externalDataMissing', message: missing.message });
  }
  if (report.layers.length === 0) {
    const { summary, nextStep, exportLine } = report.noBatchNorm ?? emptyAdvice;
    return notRunnable(`${summary} ${nextStep} ${exportLine}`.trim());
  }
  const inputs = await loadInputs(report.inputs, input, limit);
  if (!inputs.ok) {
    return inputs;
  }
  const model = prepareModel(files);
  if (!model.ok) {
    return model;
  }
  const { suspects } = model.value;
  files.report({ stage: 'loading', fraction: 0.05, message: 'Starting ONNX Runtime', suspects });
  const runtime = await loadRuntime();
  return runtime.ok
    ? ok({ report, inputs: inputs.value, runtime: runtime.value, model: model.value })
    : runtime;
}

/** What a run should tell of the engine it ran on. */
export function engineNotes({ engine }: Runtime): readonly string[] {
  return engine === 'native'
    ? []
    : [
        'There is no native build of ONNX Runtime for this platform, so the model ran as WebAssembly: the same numbers, four to five times as slow.',
      ];
}

const emptyAdvice = { summary: '', nextStep: '', exportLine: '' };
