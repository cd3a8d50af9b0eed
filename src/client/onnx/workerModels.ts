/** Models in workers of the browser: one for runs, and one for tries beside them. */

import * as vscode from 'vscode';
import { ok } from '../../core/base/result';
import { fileNameOf } from './fileNames';
import type { ModelHost } from './modelHost';
import type { RuntimeFiles } from './runtimeFiles';
import { RuntimeModel } from './runtimeModel';
import { workerFiles } from './workerFiles';
import { WorkerRuntime } from './workerRuntime';

/** The worker asks for files by the address they have here. */
const files: RuntimeFiles = {
  pathOf: (uri) => Promise.resolve(ok(uri)),
  withOutput: (uri, write) => write(uri),
  dispose: () => undefined,
};

export function workerModels({ extensionUri }: vscode.ExtensionContext): ModelHost {
  const distFolder = vscode.Uri.joinPath(extensionUri, 'dist');
  const scriptUrl = vscode.Uri.joinPath(distFolder, 'web', 'runtime.js').toString(true);
  const start = (): WorkerRuntime =>
    new WorkerRuntime({ scriptUrl, files: workerFiles(distFolder) });
  return {
    open: (uri) =>
      new RuntimeModel({
        ...{ fileName: fileNameOf(uri), uri: uri.toString() },
        ...{ runs: start(), trials: start(), files },
      }),
  };
}
