/** The model worker of a browser: what ends it there ends nothing else. */

import { ok } from '../../core/base/result';
import { type Seen, crashError } from '../../protocol/crash';
import { type Handlers, Peer } from '../../protocol/rpc';
import type { ProcessError, RuntimeContract } from '../../protocol/runtime';
import { RuntimeOwner, type StartedRuntime } from '../../protocol/runtimeOwner';
import type { WorkerHostContract } from '../../protocol/workerHost';

export type WorkerFiles = Omit<Handlers<WorkerHostContract>, 'end'>;

export interface WorkerRuntimeOptions {
  /** Address of the bundle `web/runtime.js`. */
  readonly scriptUrl: string;
  /** What the worker is given: files, and its own parts. */
  readonly files: WorkerFiles;
}

export class WorkerRuntime extends RuntimeOwner<StartedWorker> {
  constructor(options: WorkerRuntimeOptions) {
    super({
      start: () => new StartedWorker(options),
      idleMs: undefined,
      startTimer: (action, ms) => {
        const timer = setTimeout(action, ms);
        return () => {
          clearTimeout(timer);
        };
      },
    });
  }
}

/** What is used of a browser's `Worker`, which the types of Node do not know. */
interface BrowserWorker {
  postMessage(message: unknown, transfer: readonly ArrayBufferLike[]): void;
  terminate(): void;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onerror: ((event: { readonly message?: string }) => void) | null;
}

declare const Worker: new (url: string) => BrowserWorker;

class StartedWorker implements StartedRuntime {
  readonly peer: Peer<WorkerHostContract, RuntimeContract>;
  readonly ended: Promise<void>;
  readonly #worker: BrowserWorker;
  /** Set when it ended by itself: what it said last. */
  #lastWords: string | undefined;

  constructor({ scriptUrl, files }: WorkerRuntimeOptions) {
    const worker = new Worker(scriptUrl);
    this.#worker = worker;
    let tellEnd: (words: string) => void = () => undefined;
    this.ended = new Promise<string>((resolve) => {
      tellEnd = resolve;
    }).then((words) => {
      this.#lastWords = words;
      worker.terminate();
    });
    const end: Handlers<WorkerHostContract>['end'] = ({ message }) => {
      tellEnd(message);
      return Promise.resolve(ok(null));
    };
    this.peer = new Peer(
      (message) => {
        worker.postMessage(message, buffersToGive(message));
      },
      { ...files, end },
    );
    worker.onerror = ({ message }) => {
      tellEnd(message ?? '');
    };
    worker.onmessage = ({ data }) => {
      this.peer.receive(data);
    };
  }

  kill(): void {
    this.#worker.terminate();
  }

  explain(message: string, seen: Seen): Promise<ProcessError> {
    if (this.#lastWords === undefined) {
      const failed = `The model worker could not answer: ${message}`;
      return Promise.resolve({ kind: 'failed', message: failed });
    }
    return Promise.resolve(crashError({ cause: causeOf(this.#lastWords) }, seen));
  }
}

function causeOf(words: string): string {
  const said = words.trim() === '' ? '' : ` Its last words: ${words.trim()}`;
  return `The model worker was ended. Nothing of yours was changed; try again, with fewer samples if memory ran out.${said}`;
}

/** The bytes of a file are moved, not copied: they were copied for the worker. */
function buffersToGive(message: unknown): readonly ArrayBufferLike[] {
  const value = answerOf(message);
  return value instanceof Uint8Array && value.byteLength === value.buffer.byteLength
    ? [value.buffer]
    : [];
}

function answerOf(message: unknown): unknown {
  const { reply } = message as { readonly reply?: { readonly value?: unknown } };
  return reply?.value;
}
