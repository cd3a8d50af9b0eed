import { type Result, ok } from '../core/base/result';
import { judgeObservation } from '../core/onnx/judgeObservation';
import type { ModelProblem } from '../core/onnx/report';
import type {
  ObservationDto,
  ObserveParams,
  PassDto,
  ProgressDto,
  RuntimeError,
} from '../protocol/runtime';
import { type ModelRun, type OpenRun, openRun, withModelFiles } from './openRun';
import type { RunContext } from './machine';
import { type PassResult, runPass } from './pass';
import { agreementsOf } from './predictions';
import { type PreparedModel, notRunnable } from './prepareModel';

type Observed = Promise<Result<ObservationDto, RuntimeError>>;

/** Runs a model on samples and compares what its BatchNorms see with what they store. */
export function observe(params: ObserveParams, context: RunContext): Observed {
  return withModelFiles(params.path, context, async (run) => {
    const opened = await openRun(run, { input: params.input, limit: params.limit });
    return opened.ok ? runPasses(params, run, opened.value) : opened;
  });
}

async function runPasses(params: ObserveParams, run: ModelRun, prepared: OpenRun): Observed {
  const startedMs = performance.now();
  const { inputs, model } = prepared;
  const sampleCount = Math.min(inputs.sampleCount, params.limit ?? inputs.sampleCount);
  const passes: Partial<Record<PassDto, PassResult>> = {};
  const problems: ModelProblem[] = [...prepared.report.problems];
  for (const [index, pass] of params.passes.entries()) {
    const passed = await runPass({
      runtime: prepared.runtime,
      files: run.files,
      instrument: { ...model.instrument, pass },
      inputs,
      sampleCount,
      batchSize: params.batchSize,
      onPreparing: () => {
        run.report(preparing(pass, index / params.passes.length));
      },
      onSamples: (done) => {
        const share = (index + done / sampleCount) / params.passes.length;
        run.report(progressOf(pass, { done, sampleCount, share }));
      },
    });
    if (passed.ok) {
      passes[pass] = passed.value;
    } else if (pass === 'eval') {
      return notRunnable(failureWords(passed.error));
    } else {
      problems.push(noBatchPass(passed.error, inputs.fixedBatch !== undefined));
    }
  }
  problems.push(...inputs.notes().map((message) => ({ kind: 'samples', message })));
  const { notes } = prepared.runtime;
  problems.push(...notes.map((message) => ({ kind: 'engine', message })));
  run.report({ stage: 'judging', fraction: 0.99, message: 'Comparing with what is stored' });
  const keepsMoments = params.keepsMoments === true;
  return ok(judge(prepared, { model, passes, sampleCount, problems, startedMs, keepsMoments }));
}

function failureWords(error: string): string {
  if (/not a registered function\/op|Could not find an implementation/.test(error)) {
    return `ONNX Runtime does not have an operator of the model: ${error}. What the model stores can be read all the same; to run it, export it with operators of ONNX.`;
  }
  if (/bad_alloc|failed to allocate memory/i.test(error)) {
    return `The model needs more memory on these samples than there is: ${error}. Run fewer or smaller samples, or run it on a machine with more memory.`;
  }
  return error.includes('Unsupported data type: 16')
    ? 'The model takes or gives bfloat16, which cannot be handed over from here. Export it with float32 inputs and outputs.'
    : `ONNX Runtime cannot run the model on these samples: ${error}. Check the shape of the samples against the model's inputs.`;
}

interface Finished {
  readonly model: PreparedModel;
  readonly passes: Partial<Record<PassDto, PassResult>>;
  readonly sampleCount: number;
  readonly problems: readonly ModelProblem[];
  readonly startedMs: number;
  readonly keepsMoments: boolean;
}

function judge({ report, inputs }: OpenRun, finished: Finished): ObservationDto {
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

function preparing(pass: PassDto, share: number): ProgressDto {
  return {
    stage: 'preparing',
    fraction: 0.1 + 0.85 * share,
    message: pass === 'eval' ? 'Preparing the evaluation pass' : 'Preparing the batch pass',
  };
}

function progressOf(pass: 'eval' | 'batch', { done, sampleCount, share }: Done): ProgressDto {
  return {
    stage: 'running',
    fraction: 0.1 + 0.85 * share,
    message:
      pass === 'eval'
        ? `Evaluation pass, ${String(done)} of ${String(sampleCount)} samples`
        : `Batch pass, ${String(done)} of ${String(sampleCount)} samples`,
  };
}

function noBatchPass(reason: string, isFixed: boolean): ModelProblem {
  const message = isFixed
    ? `The batch pass could not run (${reason}). Export the model with a free batch size to get a verdict for each layer.`
    : `The batch pass could not run (${reason}). Without it, a layer that is off cannot be told from those behind it that see its output.`;
  return { kind: 'noBatchPass', message };
}
