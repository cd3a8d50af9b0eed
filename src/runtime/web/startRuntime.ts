/** ONNX Runtime as WebAssembly, from bytes that are handed over: nothing is fetched by address. */

import { InferenceSession, Tensor, env } from 'onnxruntime-web/wasm';
import { type Result, err, ok } from '../../core/base/result';
import type { RuntimeError } from '../../protocol/runtime';
import type { Runtime } from '../machine';

/** @param readBinary asked until there is one */
export async function startRuntime(
  readBinary: () => Promise<Result<Uint8Array, RuntimeError>>,
): Promise<Result<Runtime, RuntimeError>> {
  if (env.wasm.wasmBinary === undefined) {
    const binary = await readBinary();
    if (!binary.ok) {
      const message = `ONNX Runtime cannot be loaded here (${binary.error.message}). The stored statistics can still be read.`;
      return err({ kind: 'runtimeMissing', message });
    }
    env.wasm.wasmBinary = new Uint8Array(binary.value).buffer;
  }
  // More threads would need the page that shows the editor to be isolated from other sites.
  env.wasm.numThreads = 1;
  return ok({ engine: 'wasm', threads: 1, notes: [inBrowser], InferenceSession, Tensor });
}

const inBrowser =
  'The model ran in the browser, as WebAssembly on one thread: the same numbers, several times as slow as on a desktop.';
