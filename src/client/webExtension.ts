/** The extension where a browser runs it, as on vscode.dev. */

import type * as vscode from 'vscode';
import { activateIn } from './activate';
import { workerModels } from './onnx/workerModels';

export function activate(context: vscode.ExtensionContext): void {
  activateIn(
    {
      startServer: async (start) => (await import('./workerServer')).startWorkerServer(start),
      models: workerModels(context),
    },
    context,
  );
}
