/** The extension where Node runs it: on the desktop and on remote machines. */

import type * as vscode from 'vscode';
import { activateIn } from './activate';
import { processModels } from './onnx/processModels';

export function activate(context: vscode.ExtensionContext): void {
  activateIn(
    {
      // The client library is large and not needed to activate.
      startServer: async (start) => (await import('./processServer')).startProcessServer(start),
      models: processModels(context),
    },
    context,
  );
}
