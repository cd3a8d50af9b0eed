import { cpus } from 'node:os';
import type * as ort from 'onnxruntime-node';
import { type Result, err, ok } from '../core/base/result';
import type { NamedTensor } from '../core/tensors/tensor';
import type { RuntimeError } from '../protocol/runtime';

export type Runtime = typeof ort;
export type Session = ort.InferenceSession;

export interface OutputTensor {
  readonly data: ArrayLike<number | bigint>;
  readonly dims: readonly number[];
}

export type Outputs = Readonly<Record<string, OutputTensor>>;

/** Loads ONNX Runtime; the native part is not there on every platform. */
export async function loadRuntime(): Promise<Result<Runtime, RuntimeError>> {
  // ONNX Runtime 1.30 hands a Float16Array to native code that knows only 16-bit integers.
  Reflect.deleteProperty(globalThis, 'Float16Array');
  try {
    return ok(await import('onnxruntime-node'));
  } catch (cause) {
    return err({
      kind: 'runtimeMissing',
      message: `ONNX Runtime cannot be loaded on this platform (${messageOf(cause)}). The stored statistics can still be read.`,
    });
  }
}

export interface SessionRequest {
  readonly bytes: Uint8Array;
  /** Folder that references to weights are relative to. */
  readonly folder: string;
}

const warningsAndWorse = 3;

export async function openSession(
  runtime: Runtime,
  { bytes, folder }: SessionRequest,
): Promise<Result<Session, string>> {
  try {
    const session = await runtime.InferenceSession.create(bytes, {
      executionProviders: ['cpu'],
      graphOptimizationLevel: 'all',
      intraOpNumThreads: Math.max(1, cpus().length),
      logSeverityLevel: warningsAndWorse,
      extra: { session: { model_external_initializers_file_folder_path: folder } },
    });
    return ok(session);
  } catch (cause) {
    return err(messageOf(cause));
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
    return err(messageOf(cause));
  }
}

/** ONNX Runtime puts its own source lines in front of what went wrong. */
function messageOf(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  return text
    .replace(/^[\s\S]*Status Message:\s*/, '')
    .replace(/^\S*onnxruntime\S*:\d+ .*?\) /, '')
    .trim()
    .replace(/\.$/, '');
}
