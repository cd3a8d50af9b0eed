/** The channel to the language server, wherever it runs. Loaded late: the library is large. */

import * as vscode from 'vscode';
import {
  type BaseLanguageClient,
  CloseAction,
  type CloseHandlerResult,
  ErrorAction,
  type ErrorHandler,
  type ErrorHandlerResult,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  State,
} from 'vscode-languageclient';
import { type InitializationOptions, statusNotification } from '../protocol/lsp';
import type { LanguageServerOptions, RunningClient, ServerStart } from './languageServer';
import { serveFiles } from './serveFiles';

/** Makes the client for one kind of server: a process, or a worker. */
export type CreateClient = (options: LanguageClientOptions) => BaseLanguageClient;

/** Views of a version-control system show old texts, which nobody can mend. */
const ignoredSchemes: ReadonlySet<string> = new Set(['git', 'gitfs', 'vscode-scm', 'review']);

/** Resolves when the server answers. */
export async function startClient(
  options: ServerStart,
  create: CreateClient,
): Promise<RunningClient> {
  const { log, onState } = options;
  const startedMs = Date.now();
  onState('starting');
  const errorHandler = new Restarting(options);
  const client = create({
    ...clientOptions(options),
    errorHandler,
    // A server that ends while it starts is restarted like any other.
    initializationFailedHandler: () => false,
  });
  serveFiles(client);
  client.onNotification(statusNotification, onState);
  client.onDidChangeState(({ newState }) => {
    if (newState !== State.Running) {
      onState(newState === State.Starting ? 'starting' : 'stopped');
    }
  });
  await firstStart(client, errorHandler);
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

function clientOptions({ log }: LanguageServerOptions): LanguageClientOptions {
  const initializationOptions: InitializationOptions = { hasExtras: true, hasFiles: true };
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

/** A server that ends before it has answered is restarted like any other, and waited for. */
function firstStart(client: BaseLanguageClient, restarting: Restarting): Promise<void> {
  return new Promise((resolve, reject) => {
    const listener = client.onDidChangeState(({ newState }) => {
      if (newState === State.Running) {
        listener.dispose();
        resolve();
      }
    });
    restarting.onGivenUp = () => {
      reject(new Error('The language server keeps ending.'));
      // Any request would start it again. The library has to be done with its end before.
      setTimeout(() => {
        client.dispose().catch(() => undefined);
      }, 0);
    };
    client.start().catch((cause: unknown) => {
      if (!restarting.hasBegun) {
        reject(cause instanceof Error ? cause : new Error(String(cause)));
      }
    });
  });
}

/** Restarts after a pause that grows with each death, and tells the user only when giving up. */
class Restarting implements ErrorHandler {
  readonly #options: ServerStart;
  #deathTimes: readonly number[] = [];
  onGivenUp: () => void = () => undefined;

  constructor(options: ServerStart) {
    this.#options = options;
  }

  get hasBegun(): boolean {
    return this.#deathTimes.length > 0;
  }

  error(): ErrorHandlerResult {
    return { action: ErrorAction.Continue };
  }

  async closed(): Promise<CloseHandlerResult> {
    const { log, restart } = this.#options;
    const now = Date.now();
    this.#deathTimes = [...this.#deathTimes.filter((time) => now - time < calmMs), now];
    const deaths = this.#deathTimes.length;
    log.warn(`The language server ended unexpectedly (${String(deaths)}).`);
    if (deaths >= deathLimit) {
      this.onGivenUp();
      void tellUser(log, restart);
      return { action: CloseAction.DoNotRestart, handled: true };
    }
    await pause(Math.min(longestPauseMs, 250 * 2 ** deaths));
    return { action: CloseAction.Restart, handled: true };
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
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
