/** What every run of a model begins with: the files, the report, the samples and ONNX Runtime. */

import { type Result, err, ok } from '../core/base/result';
import { describeModel } from '../core/onnx/describeModel';
import type { ModelReport } from '../core/onnx/report';
import type { InputDto, RuntimeError } from '../protocol/runtime';
import { loadInputs } from './inputs';
import { type LoadedInputs, SampleFailure } from './loadedInputs';
import type { ModelFiles, RunContext, Runtime } from './machine';
import { type PreparedModel, notRunnable, prepareModel } from './prepareModel';

/** A run of one model. */
export interface ModelRun extends RunContext {
  readonly files: ModelFiles;
}

/** Files are closed when the action ends; a sample that cannot be read ends it with a sentence. */
export async function withModelFiles<T>(
  path: string,
  context: RunContext,
  action: (run: ModelRun) => Promise<Result<T, RuntimeError>>,
): Promise<Result<T, RuntimeError>> {
  const files = await context.machine.openModel(path);
  if (!files.ok) {
    return files;
  }
  try {
    return await action({ ...context, files: files.value });
  } catch (cause) {
    if (cause instanceof SampleFailure) {
      return err({ kind: 'badInput', message: cause.message });
    }
    throw cause;
  } finally {
    files.value.close();
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
  { files, machine, report: tell }: ModelRun,
  { input, limit = Infinity }: SampleRequest,
): Promise<Result<OpenRun, RuntimeError>> {
  tell({ stage: 'reading', fraction: 0, message: 'Reading the model' });
  const described = describeModel(files.source, files);
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
  const inputs = await loadInputs(report.inputs, { input, limit, machine });
  if (!inputs.ok) {
    return inputs;
  }
  const model = prepareModel(files);
  if (!model.ok) {
    return model;
  }
  const { suspects } = model.value;
  tell({ stage: 'loading', fraction: 0.05, message: 'Starting ONNX Runtime', suspects });
  const runtime = await machine.loadRuntime();
  return runtime.ok
    ? ok({ report, inputs: inputs.value, runtime: runtime.value, model: model.value })
    : runtime;
}

const emptyAdvice = { summary: '', nextStep: '', exportLine: '' };
