/** The language server as a process of its own, for editors that can start one. */

import * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { startClient } from './languageClient';
import type { RunningClient, ServerStart } from './languageServer';

export function startProcessServer(options: ServerStart): Promise<RunningClient> {
  const module = vscode.Uri.joinPath(options.distFolder, 'server.js').fsPath;
  const server = { module, transport: TransportKind.ipc };
  return startClient(options, (own) => new QuietClient('bnGuard', 'BN Guard', server, own));
}

/** The library shows what it cannot do in boxes of its own; here it goes into the log, and we tell once. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}
