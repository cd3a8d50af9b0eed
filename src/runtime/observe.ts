import { basename, dirname, resolve } from 'node:path';
import { type Result, err, ok } from '../core/base/result';
import { isBatchNorm, readBatchNorm } from '../core/onnx/batchNorm';
import { describeModel, openModel } from '../core/onnx/describeModel';
import { mainFrame, placedNodes } from '../core/onnx/frame';
import { storedLayerOf } from '../core/onnx/layer';
import type { ModelProblem, ModelReport } from '../core/onnx/report';
import { dropoutEdits, modeChanges, unforcedNodes } from '../core/onnx/surgery/forcedMode';
import { oldestOpset, upgradeOf } from '../core/onnx/surgery/upgrade';
import { dataVerdict } from '../core/stats/dataVerdict';
import { compareWithStored } from '../core/stats/observedLayer';
import { ExternalFiles, type FileByteSource, openFileSource } from '../platform/fileByteSource';
import type { ObservationDto, ObserveParams, ProgressDto, RuntimeError } from '../protocol/runtime';
import { type LoadedInputs, loadInputs } from './inputs';
import { type PassMoments, type PassRequest, runPass } from './pass';
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
  } finally {
    external.close();
    opened.value.close();
  }
}

interface OpenFiles {
  readonly source: FileByteSource;
  readonly external: ExternalFiles;
  readonly report: Report;
}

async function observeFile(params: ObserveParams, files: OpenFiles): Observed {
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
  const inputs = loadInputs(described.value.inputs, params.input);
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

const emptyAdvice = { summary: '', nextStep: '', exportLine: '' };

interface Prepared {
  readonly report: ModelReport;
  readonly inputs: LoadedInputs;
  readonly runtime: Runtime;
}

async function runPasses(params: ObserveParams, files: OpenFiles, prepared: Prepared): Observed {
  const startedMs = performance.now();
  const model = prepareModel(files);
  if (!model.ok) {
    return model;
  }
  const { inputs } = prepared;
  const sampleCount = Math.min(inputs.sampleCount, params.limit ?? inputs.sampleCount);
  const moments: Partial<Record<'eval' | 'batch', PassMoments>> = {};
  const problems: ModelProblem[] = [...prepared.report.problems, ...model.value.problems];
  for (const [index, pass] of params.passes.entries()) {
    const passed = await runPass({
      runtime: prepared.runtime,
      folder: dirname(resolve(params.path)),
      fileName: basename(params.path),
      instrument: { ...model.value.instrument, pass },
      inputs,
      sampleCount,
      onSamples: (done) => {
        const share = (index + done / sampleCount) / params.passes.length;
        files.report(progressOf(pass, { done, sampleCount, share }));
      },
    });
    if (passed.ok) {
      moments[pass] = passed.value;
    } else if (pass === 'eval') {
      return notRunnable(
        `ONNX Runtime cannot run the model on these samples: ${passed.error}. Check the shape of the samples against the model's inputs.`,
      );
    } else {
      problems.push(noBatchPass(passed.error));
    }
  }
  files.report({ stage: 'judging', fraction: 0.99, message: 'Comparing with what is stored' });
  return ok(judge(prepared, { model: model.value, moments, sampleCount, problems, startedMs }));
}

interface PreparedModel {
  readonly instrument: Omit<PassRequest['instrument'], 'pass'>;
  readonly forcedEval: ObservationDto['forcedEval'];
  readonly layers: readonly ReturnType<typeof storedLayerOf>[];
  readonly problems: readonly ModelProblem[];
}

function prepareModel({ source, external }: OpenFiles): Result<PreparedModel, RuntimeError> {
  const opened = openModel(source);
  if (!opened.ok) {
    return opened;
  }
  const { file, model } = opened.value;
  const reader = { file, openExternal: external.open };
  const frame = mainFrame(model);
  const placed = [...placedNodes(model, frame)];
  const nodes = placed.filter(isBatchNorm).map((place) => readBatchNorm(reader, place));
  const measurable = nodes.flatMap((node, index) =>
    node.frame === frame ? [{ index, node }] : [],
  );
  const opset = model.opsets.get('') ?? 1;
  const old = opset < oldestOpset && upgradeOf(frame) === undefined;
  if (measurable.length === 0 || old) {
    return notRunnable(
      !old
        ? 'Every BatchNormalization is inside a branch, loop or function, where its input cannot be observed. Export the model without them.'
        : `The model uses operator set ${String(opset)}, which ONNX Runtime does not run. Convert it with onnx.version_converter.convert_version(model, 15).`,
    );
  }
  const unforced = unforcedNodes(reader, placed, nodes);
  return ok({
    instrument: { reader, model, frame, batchNorms: measurable },
    forcedEval: modeChanges(
      measurable.map(({ node }) => node),
      dropoutEdits(reader, frame).keys(),
    ),
    layers: nodes.map((node, index) => storedLayerOf(node, { index, all: nodes })),
    problems: unforced.map((name) => ({
      kind: 'notForced',
      message: `"${name}" is inside a branch, loop or function and runs in training mode as stored. Export the model in evaluation mode.`,
    })),
  });
}

interface Finished {
  readonly model: PreparedModel;
  readonly moments: Partial<Record<'eval' | 'batch', PassMoments>>;
  readonly sampleCount: number;
  readonly problems: readonly ModelProblem[];
  readonly startedMs: number;
}

function judge({ report, inputs }: Prepared, finished: Finished): ObservationDto {
  const { model, moments, sampleCount, problems, startedMs } = finished;
  const observed = model.instrument.batchNorms.flatMap(({ index }) => {
    const layer = model.layers[index];
    const passes = { eval: moments.eval?.get(index), batch: moments.batch?.get(index) };
    return layer === undefined
      ? []
      : [
          {
            index,
            eval: passes.eval && compareWithStored(layer, passes.eval),
            batch: passes.batch && compareWithStored(layer, passes.batch),
          },
        ];
  });
  const verdict = dataVerdict({
    layers: model.layers.map((layer, index) => ({
      layer,
      flags: report.layers[index]?.flags ?? [],
    })),
    observed,
    sampleCount,
    isSynthetic: inputs.isSynthetic,
    decay: report.layers[0]?.decay ?? 0.9,
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

function notRunnable(message: string): Result<never, RuntimeError> {
  return err({ kind: 'notRunnable', message });
}
