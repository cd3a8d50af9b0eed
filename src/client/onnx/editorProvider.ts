/** The custom editor for `.onnx` files, and everything about it that VS Code has to be told. */

import * as vscode from 'vscode';
import type { Logger } from '../../core/base/logger';
import { openModelStatistics } from './openCommand';
import { openPanel } from './panel';

const viewType = 'bnGuard.modelStatistics';

/** Registers the editor and its command. Nothing is started before a model is opened. */
export function registerModelStatistics(
  context: vscode.ExtensionContext,
  log: Logger,
): readonly vscode.Disposable[] {
  return [
    vscode.window.registerCustomEditorProvider(viewType, editorProvider(context, log), {
      supportsMultipleEditorsPerDocument: true,
    }),
    vscode.commands.registerCommand('bnGuard.openModelStatistics', (uri: unknown) =>
      openModelStatistics(viewType, uri),
    ),
  ];
}

/** A document of this editor is its address: the file is read in another process. */
function editorProvider(
  context: vscode.ExtensionContext,
  log: Logger,
): vscode.CustomReadonlyEditorProvider {
  return {
    openCustomDocument: (uri) => ({
      uri,
      dispose: () => {
        log.debug(`Closed ${uri.toString()}`);
      },
    }),
    resolveCustomEditor: ({ uri }, panel) => {
      openPanel(panel, uri, { context, log });
    },
  };
}
