/** Registers what the manifest promises; everything heavy starts later and elsewhere. */

import * as vscode from 'vscode';
import { registerCommands } from './commands';
import { registerFindingsView } from './findings/view';
import { LanguageServer, type StartServer } from './languageServer';
import { registerModelStatistics } from './onnx/editorProvider';
import type { ModelHost } from './onnx/modelHost';
import { registerRulePages } from './rulePages';
import { registerEvidence } from './status/evidence';
import { registerStatus } from './status/serverState';

/** What an editor on a machine does in processes, and one in a browser in workers. */
export interface Host {
  readonly startServer: StartServer;
  readonly models: ModelHost;
}

export function activateIn({ startServer, models }: Host, context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('BN Guard', { log: true });
  const distFolder = vscode.Uri.joinPath(context.extensionUri, 'dist');
  const server = new LanguageServer({ distFolder, log }, startServer);
  context.subscriptions.push(
    log,
    server,
    registerRulePages(server),
    registerStatus(server),
    registerEvidence(server),
    ...registerCommands({ extensionUri: context.extensionUri, server, log }),
    ...registerFindingsView(context, server),
    startWithPython(server, log),
    ...registerModelStatistics(context, log, models),
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
