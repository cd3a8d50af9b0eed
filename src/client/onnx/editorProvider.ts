/** The custom editor for `.onnx` files, and everything about it that VS Code has to be told. */

import * as vscode from 'vscode';
import type { Logger } from '../../core/base/logger';
import type { ModelHost } from './modelHost';
import { openModelStatistics } from './openCommand';
import { type PanelOptions, openPanel } from './panel';
import { Traces } from './traces';

const viewType = 'bnGuard.modelStatistics';

/** Registers the editor and its command. Nothing is started before a model is opened. */
export function registerModelStatistics(
  context: vscode.ExtensionContext,
  log: Logger,
  models: ModelHost,
): readonly vscode.Disposable[] {
  const traces = new Traces();
  const provider = editorProvider({ context, log, models, traces });
  return [
    new vscode.Disposable(() => {
      traces.dispose();
    }),
    vscode.window.registerCustomEditorProvider(viewType, provider, {
      supportsMultipleEditorsPerDocument: true,
    }),
    vscode.commands.registerCommand(
      'bnGuard.openModelStatistics',
      (target: unknown, rule: unknown) =>
        openModelStatistics({ viewType, traces }, { target, rule }),
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
