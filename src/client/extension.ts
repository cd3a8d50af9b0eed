/** Registers what the manifest promises; everything heavy starts later and elsewhere. */

import * as vscode from 'vscode';
import { registerCommands } from './commands';
import { LanguageServer } from './languageServer';
import { registerModelStatistics } from './onnx/editorProvider';
import { registerRulePages } from './rulePages';
import { createStatusItem } from './status';

export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('BN Guard', { log: true });
  const status = createStatusItem();
  const server = new LanguageServer({
    distFolder: vscode.Uri.joinPath(context.extensionUri, 'dist'),
    log,
    onStatus: (now) => {
      status.show(now);
    },
  });
  context.subscriptions.push(
    log,
    status,
    server,
    registerRulePages(server),
    ...registerCommands({ server, log }),
    startWithPython(server, log),
    ...registerModelStatistics(context, log),
  );
}

/** The server starts with the first Python document, not with the extension. */
function startWithPython(server: LanguageServer, log: vscode.LogOutputChannel): vscode.Disposable {
  const startFor = ({ languageId }: vscode.TextDocument): void => {
    if (languageId === 'python') {
      server.start().catch((cause: unknown) => {
        log.error(`The language server did not start: ${String(cause)}`);
      });
    }
  };
  vscode.workspace.textDocuments.forEach(startFor);
  return vscode.workspace.onDidOpenTextDocument(startFor);
}
