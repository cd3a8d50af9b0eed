/** The language server as the rest of the extension sees it: started on first use. */

import * as vscode from 'vscode';
import type { ServerStatus } from '../protocol/lsp';

export type ServerState = ServerStatus | 'starting' | 'stopped';

export interface RunningClient {
  request<T>(method: string, params: object, token?: vscode.CancellationToken): Promise<T>;
  stop(): Promise<void>;
}

export interface LanguageServerOptions {
  /** Where the bundles lie. */
  readonly distFolder: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
}

export interface ServerStart extends LanguageServerOptions {
  readonly onState: (state: ServerState) => void;
  /** What the user may choose when the server keeps dying. */
  readonly restart: () => Promise<void>;
}

/** Starts the server where this editor can, and resolves when it answers. */
export type StartServer = (start: ServerStart) => Promise<RunningClient>;

export class LanguageServer implements vscode.Disposable {
  readonly #options: LanguageServerOptions;
  readonly #startServer: StartServer;
  readonly #state = new vscode.EventEmitter<ServerState>();
  #starting: Promise<RunningClient> | undefined;

  /** What the server is doing; while it reads a folder, a few times a second. */
  readonly onState = this.#state.event;

  constructor(options: LanguageServerOptions, startServer: StartServer) {
    this.#options = options;
    this.#startServer = startServer;
  }

  /** Resolves when the server answers; starts it on the first call. */
  async start(): Promise<void> {
    await this.#running();
  }

  /** @param method one of protocol/lsp.ts, which says what it takes and answers */
  async request<T>(
    method: string,
    params: object = {},
    token?: vscode.CancellationToken,
  ): Promise<T> {
    const client = await this.#running();
    return client.request<T>(method, params, token);
  }

  async restart(): Promise<void> {
    const before = this.#starting;
    this.#starting = undefined;
    await stop(before, this.#options.log);
    await this.start();
  }

  dispose(): void {
    void stop(this.#starting, this.#options.log);
    this.#state.dispose();
  }

  #running(): Promise<RunningClient> {
    this.#starting ??= this.#startServer({
      ...this.#options,
      onState: (state) => {
        this.#state.fire(state);
      },
      restart: () => this.restart(),
    });
    return this.#starting;
  }
}

/** A client that never came up has nothing to stop; one that is too busy to end is killed. */
async function stop(
  starting: Promise<RunningClient> | undefined,
  log: vscode.LogOutputChannel,
): Promise<void> {
  const client = await starting?.catch(() => undefined);
  await client?.stop().catch((cause: unknown) => {
    log.warn(`The language server did not end in time: ${String(cause)}`);
  });
}
