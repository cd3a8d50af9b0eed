/** The language server's process and the channel to it. Loaded late: the library is large. */

import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import {
  CloseAction,
  type CloseHandlerResult,
  ErrorAction,
  type ErrorHandler,
  LanguageClient,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  State,
  TransportKind,
} from 'vscode-languageclient/node';
import { type InitializationOptions, statusNotification } from '../protocol/lsp';
import type { LanguageServerOptions, ServerState } from './languageServer';

export interface ClientOptions extends LanguageServerOptions {
  readonly onState: (state: ServerState) => void;
}

export interface RunningClient {
  request<T>(method: string, params: object, token?: vscode.CancellationToken): Promise<T>;
  stop(): Promise<void>;
}

/** Views of a version-control system show old texts, which nobody can mend. */
const ignoredSchemes: ReadonlySet<string> = new Set(['git', 'gitfs', 'vscode-scm', 'review']);

/** Resolves when the server answers. `restart` is what the user may choose when it keeps dying. */
export async function startClient(
  options: ClientOptions,
  restart: () => Promise<void>,
): Promise<RunningClient> {
  const { distFolder, log, onState } = options;
  const startedMs = Date.now();
  onState('starting');
  const module = vscode.Uri.joinPath(distFolder, 'server.js').fsPath;
  const server = { module, transport: TransportKind.ipc };
  const client = new QuietClient('bnGuard', 'BN Guard', server, {
    ...clientOptions(options),
    errorHandler: restartingHandler(options, restart),
    // A server that ends while it starts is restarted like any other.
    initializationFailedHandler: () => false,
  });
  client.onNotification(statusNotification, onState);
  client.onDidChangeState(({ newState }) => {
    if (newState !== State.Running) {
      onState(newState === State.Starting ? 'starting' : 'stopped');
    }
  });
  await client.start();
  const version = client.initializeResult?.serverInfo?.version ?? '';
  log.info(
    `BN Guard ${version}: the language server answers after ${String(Date.now() - startedMs)} ms.`,
  );
  return {
    request: (method, params, token) => client.sendRequest(method, params, token),
    stop: async () => {
      if (client.isRunning()) {
        await client.stop();
      }
    },
  };
}

/** The library shows what it cannot do in boxes of its own; here it goes into the log, and we tell once. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

function clientOptions({ log }: LanguageServerOptions): LanguageClientOptions {
  const initializationOptions: InitializationOptions = { hasExtras: true };
  return {
    documentSelector: [{ language: 'python' }],
    outputChannel: log,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    initializationOptions,
    diagnosticPullOptions: { onChange: true, onTabs: true },
    middleware: {
      didOpen: async (document, next) => {
        if (!ignoredSchemes.has(document.uri.scheme)) {
          await next(document);
        }
      },
    },
  };
}

/** After this many deaths within `calmMs` the server stays down until the user restarts it. */
const deathLimit = 5;
const calmMs = 180_000;
const longestPauseMs = 8_000;

/** Restarts after a pause that grows with each death, and tells the user only when giving up. */
function restartingHandler(
  { log }: LanguageServerOptions,
  restart: () => Promise<void>,
): ErrorHandler {
  let deathTimes: readonly number[] = [];
  return {
    error: () => ({ action: ErrorAction.Continue }),
    async closed(): Promise<CloseHandlerResult> {
      const now = Date.now();
      deathTimes = [...deathTimes.filter((time) => now - time < calmMs), now];
      log.warn(`The language server ended unexpectedly (${String(deathTimes.length)}).`);
      if (deathTimes.length >= deathLimit) {
        void tellUser(log, restart);
        return { action: CloseAction.DoNotRestart, handled: true };
      }
      await delay(Math.min(longestPauseMs, 250 * 2 ** deathTimes.length));
      return { action: CloseAction.Restart, handled: true };
    },
  };
}

async function tellUser(log: vscode.LogOutputChannel, restart: () => Promise<void>): Promise<void> {
  const choices = [vscode.l10n.t('Restart'), vscode.l10n.t('Show Log')] as const;
  const choice = await vscode.window.showErrorMessage(
    vscode.l10n.t('BN Guard stopped: its language server keeps ending. The log says more.'),
    ...choices,
  );
  if (choice === choices[0]) {
    await restart();
  } else if (choice === choices[1]) {
    log.show();
  }
}
