/** ONNX Runtime as native code, or as WebAssembly where there is no native build. */

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type * as ort from 'onnxruntime-node';
import { type Result, err, ok } from '../../core/base/result';
import type { RuntimeError } from '../../protocol/runtime';
import type { Runtime } from '../machine';

/** Tries native code first, which is four to five times as fast. */
export async function loadRuntime(): Promise<Result<Runtime, RuntimeError>> {
  // ONNX Runtime 1.30 hands a Float16Array to native code that knows only 16-bit integers.
  Reflect.deleteProperty(globalThis, 'Float16Array');
  try {
    const { InferenceSession, Tensor } = await import('onnxruntime-node');
    const threads = Math.max(1, cpus().length);
    return ok({ engine: 'native', threads, notes: [], InferenceSession, Tensor });
  } catch (cause) {
    return loadWasm(cause);
  }
}

function loadWasm(nativeCause: unknown): Result<Runtime, RuntimeError> {
  try {
    // The package gives what its native twin of the same version gives.
    const wasm = createRequire(__filename)(wasmModule()) as typeof ort;
    const { InferenceSession, Tensor, env } = wasm;
    const threads = threadCount();
    env.wasm.numThreads = threads;
    return ok({ engine: 'wasm', threads, notes: [noNativeBuild], InferenceSession, Tensor });
  } catch (cause) {
    return err({
      kind: 'runtimeMissing',
      message: `ONNX Runtime cannot be loaded here, neither as native code (${firstLine(nativeCause)}) nor as WebAssembly (${firstLine(cause)}). The stored statistics can still be read.`,
    });
  }
}

const noNativeBuild =
  'There is no native build of ONNX Runtime for this platform, so the model ran as WebAssembly: the same numbers, four to five times as slow.';

/** The build puts what is needed beside the bundle; the sources have the whole package. */
function wasmModule(): string {
  const built = join(__dirname, 'onnxruntime-web/ort.js');
  return existsSync(built) ? built : 'onnxruntime-web';
}

/** More do not help much; inside Electron threads of WebAssembly are not to be relied on. */
const mostThreads = 4;

function threadCount(): number {
  const isElectron = 'electron' in process.versions;
  return isElectron ? 1 : Math.max(1, Math.min(mostThreads, cpus().length));
}

function firstLine(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  return text.split('\n', 1)[0] ?? '';
}
