/** The custom editor for `.onnx` files, and everything about it that VS Code has to be told. */

import * as vscode from 'vscode';
import type { Logger } from '../../core/base/logger';
import type { ModelHost } from './modelHost';
import { openModelStatistics } from './openCommand';
import { type PanelOptions, openPanel } from './panel';

const viewType = 'bnGuard.modelStatistics';

/** Registers the editor and its command. Nothing is started before a model is opened. */
export function registerModelStatistics(
  context: vscode.ExtensionContext,
  log: Logger,
  models: ModelHost,
): readonly vscode.Disposable[] {
  return [
    vscode.window.registerCustomEditorProvider(viewType, editorProvider({ context, log, models }), {
      supportsMultipleEditorsPerDocument: true,
    }),
    vscode.commands.registerCommand('bnGuard.openModelStatistics', (uri: unknown) =>
      openModelStatistics(viewType, uri),
    ),
  ];
}

/** A document of this editor is its address: the file is read in another process. */
function editorProvider(options: PanelOptions): vscode.CustomReadonlyEditorProvider {
  return {
    openCustomDocument: (uri) => ({
      uri,
      dispose: () => {
        options.log.debug(`Closed ${uri.toString()}`);
      },
    }),
    resolveCustomEditor: ({ uri }, panel) => {
      openPanel(panel, uri, options);
    },
  };
}
