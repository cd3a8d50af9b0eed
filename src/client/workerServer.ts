/** The language server as a Web Worker, for editors that run in a browser. */

import * as vscode from 'vscode';
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  LanguageClient,
  type MessageTransports,
} from 'vscode-languageclient/browser';
import type { WorkerReadiness, WorkerStart } from '../protocol/lsp';
import { startClient } from './languageClient';
import type { RunningClient, ServerStart } from './languageServer';

export async function startWorkerServer(options: ServerStart): Promise<RunningClient> {
  const workers = new Workers(options);
  const create = (): Promise<MessageTransports> => workers.start();
  const client = await startClient(
    options,
    (own) => new QuietClient('bnGuard', 'BN Guard', create, own),
  );
  return {
    request: (method, params, token) => client.request(method, params, token),
    stop: async () => {
      await client.stop();
      workers.end();
    },
  };
}

/** As for the server that is a process: one box at most, and that is ours. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

/** The worker that runs, and a new one after each that has ended. */
class Workers {
  readonly #options: ServerStart;
  #worker: Worker | undefined;

  constructor(options: ServerStart) {
    this.#options = options;
  }

  /** @throws Error when the worker cannot begin: a broken installation */
  async start(): Promise<MessageTransports> {
    this.end();
    const { distFolder } = this.#options;
    const start = await readStart(distFolder);
    const script = vscode.Uri.joinPath(distFolder, 'web', 'server.js').toString(true);
    const worker = new Worker(script);
    this.#worker = worker;
    const readiness = await firstAnswer(worker, start);
    if (!readiness.isReady) {
      worker.terminate();
      throw new Error(`The language server could not begin: ${readiness.reason}`);
    }
    return { reader: new WorkerReader(worker), writer: new BrowserMessageWriter(worker) };
  }

  end(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
  }
}

/** A worker that has failed answers no more, and tells nobody but this. */
class WorkerReader extends BrowserMessageReader {
  constructor(worker: Worker) {
    super(worker);
    worker.addEventListener('error', () => {
      worker.terminate();
      this.fireClose();
    });
  }
}

async function readStart(distFolder: vscode.Uri): Promise<WorkerStart> {
  const read = (name: string): Thenable<Uint8Array> =>
    vscode.workspace.fs.readFile(vscode.Uri.joinPath(distFolder, name));
  const [manifest, runtimeWasm, grammarWasm] = await Promise.all([
    read('../package.json'),
    read('web-tree-sitter.wasm'),
    read('tree-sitter-python.wasm'),
  ]);
  // Our own manifest.
  const { version } = JSON.parse(new TextDecoder().decode(manifest)) as {
    readonly version: string;
  };
  return { version, runtimeWasm, grammarWasm, texts: vscode.l10n.bundle ?? {} };
}

function firstAnswer(worker: Worker, start: WorkerStart): Promise<WorkerReadiness> {
  return new Promise((resolve) => {
    worker.addEventListener(
      'message',
      ({ data }: MessageEvent<WorkerReadiness>) => {
        resolve(data);
      },
      { once: true },
    );
    worker.addEventListener(
      'error',
      ({ message }) => {
        resolve({ isReady: false, reason: message });
      },
      { once: true },
    );
    worker.postMessage(start);
  });
}
