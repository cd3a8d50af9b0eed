/** Starts the language server in a Web Worker, for editors that run in a browser. */

import {
  BrowserMessageReader,
  BrowserMessageWriter,
  ProposedFeatures,
  createConnection,
} from 'vscode-languageserver/browser';
import { createPythonParser } from '../core/python/createParser';
import { L10n } from '../protocol/l10n';
import type { WorkerReadiness, WorkerStart } from '../protocol/lsp';
import { startServer } from './server';

// The bundle is only ever loaded as a worker of its own.
const worker = globalThis as unknown as DedicatedWorkerGlobalScope;

worker.addEventListener(
  'message',
  ({ data }: MessageEvent<WorkerStart>) => {
    void answer(data);
  },
  { once: true },
);

async function answer(start: WorkerStart): Promise<void> {
  const readiness = await begin(start).catch((cause: unknown): WorkerReadiness => ({
    isReady: false,
    reason: String(cause),
  }));
  worker.postMessage(readiness);
}

async function begin({ version, texts, ...wasm }: WorkerStart): Promise<WorkerReadiness> {
  const parser = await createPythonParser(wasm);
  const reader = new BrowserMessageReader(worker);
  const connection = createConnection(
    ProposedFeatures.all,
    reader,
    new BrowserMessageWriter(worker),
  );
  startServer(connection, {
    ...{ version, parser, disk: undefined },
    readL10n: () => Promise.resolve(new L10n(texts)),
    describeHost: () => `Web Worker, ${worker.navigator.userAgent}`,
  });
  return { isReady: true };
}
