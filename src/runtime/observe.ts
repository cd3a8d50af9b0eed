import { basename, dirname, resolve } from 'node:path';
import { type Result, err, ok } from '../core/base/result';
import { describeModel } from '../core/onnx/describeModel';
import { judgeObservation } from '../core/onnx/judgeObservation';
import type { ModelProblem, ModelReport } from '../core/onnx/report';
import { ExternalFiles, openFileSource } from '../platform/fileByteSource';
import type {
  ObservationDto,
  ObserveParams,
  PassDto,
  ProgressDto,
  RuntimeError,
} from '../protocol/runtime';
import { loadInputs } from './inputs';
import { type LoadedInputs, SampleFailure } from './loadedInputs';
import { type PassResult, runPass } from './pass';
import type { LeanLayers } from './probeOutputs';
import { agreementsOf } from './predictions';
import { type OpenFiles, type PreparedModel, notRunnable, prepareModel } from './prepareModel';
import { type Runtime, loadRuntime } from './session';

type Report = (progress: ProgressDto) => void;
type Observed = Promise<Result<ObservationDto, RuntimeError>>;

/** Runs a model on samples and compares what its BatchNorms see with what they store. */
export async function observe(params: ObserveParams, report: Report): Observed {
  const opened = openFileSource(params.path);
  if (!opened.ok) {
    return opened;
  }
  const external = new ExternalFiles(params.path);
  try {
    return await observeFile(params, { source: opened.value, external, report });
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

interface ObserveFiles extends OpenFiles {
  readonly report: Report;
}

async function observeFile(params: ObserveParams, files: ObserveFiles): Observed {
  files.report({ stage: 'reading', fraction: 0, message: 'Reading the model' });
  const options = { path: params.path, openExternal: files.external.open };
  const described = describeModel(files.source, options);
  if (!described.ok) {
    return described;
  }
  const missing = described.value.problems.find(({ kind }) => kind === 'externalDataMissing');
  if (missing !== undefined) {
    return err({ kind: 'externalDataMissing', message: missing.message });
  }
  if (described.value.layers.length === 0) {
    const { summary, nextStep, exportLine } = described.value.noBatchNorm ?? emptyAdvice;
    return notRunnable(`${summary} ${nextStep} ${exportLine}`.trim());
  }
  const inputs = await loadInputs(described.value.inputs, params.input, params.limit ?? Infinity);
  if (!inputs.ok) {
    return inputs;
  }
  files.report({ stage: 'loading', fraction: 0.05, message: 'Starting ONNX Runtime' });
  const runtime = await loadRuntime();
  return runtime.ok
    ? runPasses(params, files, {
        report: described.value,
        inputs: inputs.value,
        runtime: runtime.value,
      })
    : runtime;
}

const noLeanLayers: LeanLayers = new Map();
const emptyAdvice = { summary: '', nextStep: '', exportLine: '' };

interface Prepared {
  readonly report: ModelReport;
  readonly inputs: LoadedInputs;
  readonly runtime: Runtime;
}

async function runPasses(params: ObserveParams, files: ObserveFiles, prepared: Prepared): Observed {
  const startedMs = performance.now();
  const model = prepareModel(files);
  if (!model.ok) {
    return model;
  }
  const { inputs } = prepared;
  const sampleCount = Math.min(inputs.sampleCount, params.limit ?? inputs.sampleCount);
  const passes: Partial<Record<PassDto, PassResult>> = {};
  const problems: ModelProblem[] = [...prepared.report.problems, ...model.value.problems];
  for (const [index, pass] of params.passes.entries()) {
    const passed = await runPass({
      runtime: prepared.runtime,
      folder: dirname(resolve(params.path)),
      fileName: basename(params.path),
      instrument: { ...model.value.instrument, pass },
      inputs,
      sampleCount,
      leanLayers: passes.eval?.leanLayers ?? noLeanLayers,
      batchSize: params.batchSize,
      onSamples: (done) => {
        const share = (index + done / sampleCount) / params.passes.length;
        files.report(progressOf(pass, { done, sampleCount, share }));
      },
    });
    if (passed.ok) {
      passes[pass] = passed.value;
    } else if (pass === 'eval') {
      return notRunnable(
        `ONNX Runtime cannot run the model on these samples: ${passed.error}. Check the shape of the samples against the model's inputs.`,
      );
    } else {
      problems.push(noBatchPass(passed.error));
    }
  }
  problems.push(...inputs.notes().map((message) => ({ kind: 'samples', message })));
  files.report({ stage: 'judging', fraction: 0.99, message: 'Comparing with what is stored' });
  const keepsMoments = params.keepsMoments === true;
  return ok(
    judge(prepared, { model: model.value, passes, sampleCount, problems, startedMs, keepsMoments }),
  );
}

interface Finished {
  readonly model: PreparedModel;
  readonly passes: Partial<Record<PassDto, PassResult>>;
  readonly sampleCount: number;
  readonly problems: readonly ModelProblem[];
  readonly startedMs: number;
  readonly keepsMoments: boolean;
}

function judge({ report, inputs }: Prepared, finished: Finished): ObservationDto {
  const { model, passes, sampleCount, problems, startedMs } = finished;
  const moments = { eval: passes.eval?.moments, batch: passes.batch?.moments };
  const agreements =
    passes.eval === undefined || passes.batch === undefined
      ? []
      : agreementsOf(passes.eval.predictions, passes.batch.predictions);
  const { observed, verdict } = judgeObservation({
    report,
    moments,
    sampleCount,
    isSynthetic: inputs.isSynthetic,
    agreements,
  });
  return {
    input: {
      label: inputs.label,
      isSynthetic: inputs.isSynthetic,
      sampleCount,
      tensors: inputs.tensors.map(({ name, dtype, shape }) => ({ name, dtype, shape })),
    },
    forcedEval: model.forcedEval,
    layers: observed,
    agreements,
    moments: finished.keepsMoments ? moments : undefined,
    verdict,
    problems,
    elapsedMs: Math.round(performance.now() - startedMs),
  };
}

interface Done {
  readonly done: number;
  readonly sampleCount: number;
  readonly share: number;
}

function progressOf(pass: 'eval' | 'batch', { done, sampleCount, share }: Done): ProgressDto {
  const name = pass === 'eval' ? 'Evaluation pass' : 'Batch pass';
  return {
    stage: 'running',
    fraction: 0.1 + 0.85 * share,
    message: `${name}, ${String(done)} of ${String(sampleCount)} samples`,
  };
}

function noBatchPass(reason: string): ModelProblem {
  return {
    kind: 'noBatchPass',
    message: `The batch pass could not run (${reason}). Export the model with a free batch size to get a verdict for each layer.`,
  };
}
