// A model on disk in the real process, as the extension opens it; only VS Code's file system is missing.
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { repositoryRoot } from '../../scripts/tools/repository';
import type { RuntimeFiles } from '../../src/client/onnx/runtimeFiles';
import { RuntimeModel } from '../../src/client/onnx/runtimeModel';
import { ok } from '../../src/core/base/result';
import { RuntimeProcess } from '../../src/platform/runtimeProcess';

const files: RuntimeFiles = {
  pathOf: (uri) => Promise.resolve(ok(fileURLToPath(uri))),
  withOutput: (uri, write) => write(fileURLToPath(uri)),
  dispose: () => undefined,
};

export class LocalModel extends RuntimeModel {
  readonly #runs: RuntimeProcess;

  constructor(path: string, modulePath = join(repositoryRoot, 'dist/runtime.js')) {
    const runs = new RuntimeProcess({ modulePath });
    super({
      fileName: path.replace(/^.*[\\/]/, ''),
      uri: uriOf(path),
      ...{ runs, trials: new RuntimeProcess({ modulePath }), files },
    });
    this.#runs = runs;
  }

  /** Id of the process; `undefined` when none runs. */
  get pid(): number | undefined {
    return this.#runs.pid;
  }
}

export function uriOf(path: string): string {
  return pathToFileURL(path).href;
}
