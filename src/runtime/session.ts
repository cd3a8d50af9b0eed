import type * as ort from 'onnxruntime-node';
import { type Result, err, ok } from '../core/base/result';
import type { NamedTensor } from '../core/tensors/tensor';
import type { Runtime } from './machine';

export type Session = ort.InferenceSession;

export interface OutputTensor {
  readonly data: ArrayLike<number | bigint>;
  readonly dims: readonly number[];
}

export type Outputs = Readonly<Record<string, OutputTensor>>;

export interface SessionRequest {
  readonly bytes: Uint8Array;
  /** Folder that references to weights are relative to. */
  readonly folder: string;
  /** Files that hold weights, by the name the model knows them by; WebAssembly has no files. */
  readonly weightFiles: readonly WeightFile[];
}

export interface WeightFile {
  readonly path: string;
  readonly data: Uint8Array;
}

const warningsAndWorse = 3;

export async function openSession(
  runtime: Runtime,
  { bytes, folder, weightFiles }: SessionRequest,
): Promise<Result<Session, string>> {
  const shared = { graphOptimizationLevel: 'all', logSeverityLevel: warningsAndWorse } as const;
  try {
    return ok(
      runtime.engine === 'native'
        ? await runtime.InferenceSession.create(bytes, {
            ...shared,
            executionProviders: ['cpu'],
            intraOpNumThreads: runtime.threads,
            extra: { session: { model_external_initializers_file_folder_path: folder } },
          })
        : await runtime.InferenceSession.create(bytes, {
            ...shared,
            executionProviders: ['wasm'],
            externalData: weightFiles,
          }),
    );
  } catch (cause) {
    return err(reasonOf(cause));
  }
}

export async function runSession(
  runtime: Runtime,
  session: Session,
  tensors: readonly NamedTensor[],
): Promise<Result<Outputs, string>> {
  const feeds: Record<string, ort.Tensor> = {};
  try {
    for (const { name, dtype, data, shape } of tensors) {
      if (session.inputNames.includes(name)) {
        // The constructor's overloads pair type and array; ours were paired by the conversion.
        feeds[name] = new runtime.Tensor(dtype as 'float32', data as Float32Array, shape);
      }
    }
    // Every output of a probed model is a tensor of numbers.
    return ok((await session.run(feeds)) as unknown as Outputs);
  } catch (cause) {
    return err(reasonOf(cause));
  }
}

/** What ONNX Runtime holds in memory cannot be relied on any more: nothing may run on it again. */
export class EngineFailure extends Error {
  override readonly name = 'EngineFailure';
}

/** @throws EngineFailure when WebAssembly stopped in the middle of what it did */
function reasonOf(cause: unknown): string {
  const isStopped = cause instanceof Error && ['RuntimeError', 'RangeError'].includes(cause.name);
  if (isStopped) {
    throw new EngineFailure(cause.message);
  }
  return messageOf(cause);
}

/** ONNX Runtime puts its own source lines in front of what went wrong. */
function messageOf(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  return text
    .replace(/^[\s\S]*(?:Status Message|ERROR_MESSAGE):\s*/, '')
    .replace(
      /^(?:Exception during initialization: )?\S*onnxruntime\S*:\d+ .*?\) (?:\[with .*?\] )?/,
      '',
    )
    .trim()
    .replace(/\.$/, '');
}
