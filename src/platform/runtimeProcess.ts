import { type ChildProcess, fork } from 'node:child_process';
import { err } from '../core/base/result';
import { crashOf } from './crashText';
import { defaultMemoryLimitMb } from './memoryLimit';
import {
  type ProcessError,
  type ProgressDto,
  type RuntimeContract,
  type RuntimeHostContract,
  isProgress,
} from '../protocol/runtime';
import { Peer } from '../protocol/rpc';
import type { RuntimeAnswer, RuntimeClient, RuntimeMethod } from '../protocol/runtimeClient';

export interface RuntimeProcessOptions {
  /** Path of the bundle `runtime.js`. */
  readonly modulePath: string;
  /** The process ends after this long without a request; absent: one minute. */
  readonly idleMs?: number;
  /** Environment of the process; absent: that of this one. */
  readonly env?: NodeJS.ProcessEnv;
  /** The process is ended when it takes more; absent: three quarters of the machine's memory. */
  readonly memoryLimitMb?: number;
}

type Requests = RuntimeContract['requests'];

const defaultIdleMs = 60_000;
/** Enough of what a dying process says to name the reason. */
const stderrLimit = 4_000;

/** Samples and weights are outside of it; statistics of the largest models are not. */
const largestHeapMb = 4096;

/** One running child and how it ended. */
interface Child {
  readonly process: ChildProcess;
  readonly peer: Peer<RuntimeHostContract, RuntimeContract>;
  stderr: string;
  progress: ProgressDto | undefined;
  suspects: readonly string[];
  /** Set when it was ended on purpose. */
  isCancelled: boolean;
  readonly ended: Promise<void>;
}

/**
 * The model process: started on the first request, restarted after a crash, stopped when idle.
 *
 * Requests never reject and always settle; a crash settles all that are pending. `cancel` kills the
 * process, which is the only way to stop a run, so users that must not disturb each other each own
 * one.
 */
export class RuntimeProcess implements RuntimeClient {
  readonly #options: RuntimeProcessOptions;
  readonly #listeners = new Set<(progress: ProgressDto) => void>();
  #child: Child | undefined;
  #idleTimer: NodeJS.Timeout | undefined;
  #pendingCount = 0;
  #isDisposed = false;

  constructor(options: RuntimeProcessOptions) {
    this.#options = options;
  }

  /** Id of the running process; `undefined` when none runs. */
  get pid(): number | undefined {
    return this.#child?.process.pid;
  }

  async request<M extends RuntimeMethod>(
    method: M,
    params: Requests[M]['params'],
  ): Promise<RuntimeAnswer<M>> {
    if (this.#isDisposed) {
      return err({ kind: 'cancelled', message: 'The model process is closed' });
    }
    clearTimeout(this.#idleTimer);
    const child = (this.#child ??= this.#start());
    this.#pendingCount++;
    const reply = await child.peer.request(method, params);
    this.#pendingCount--;
    if (this.#pendingCount === 0) {
      this.#stopWhenIdle();
    }
    if (!reply.ok && isChannelFailure(reply.error.kind)) {
      return err(await this.#explain(child, reply.error.message));
    }
    // The channel's own failures were answered above; what is left is the contract's.
    return reply as RuntimeAnswer<M>;
  }

  /** @returns a function that stops listening */
  onProgress(listener: (progress: ProgressDto) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Ends the process now; pending requests settle as cancelled, the next one starts anew. */
  cancel(): void {
    const child = this.#child;
    if (child !== undefined) {
      child.isCancelled = true;
      this.#forget(child);
      child.process.kill('SIGKILL');
      child.peer.close();
    }
  }

  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#idleTimer);
    this.#listeners.clear();
    this.cancel();
  }

  #start(): Child {
    const { modulePath, env, memoryLimitMb = defaultMemoryLimitMb() } = this.#options;
    const heapMb = Math.min(memoryLimitMb, largestHeapMb);
    const forked = fork(modulePath, [String(memoryLimitMb)], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: [`--max-old-space-size=${String(heapMb)}`],
      env: { ...(env ?? process.env), ELECTRON_RUN_AS_NODE: '1' },
    });
    const peer = new Peer<RuntimeHostContract, RuntimeContract>(
      (message) => send(forked, message),
      {},
    );
    const ended = new Promise<void>((resolve) => {
      // `exit` does not come when the process could not be started at all.
      forked.once('error', () => {
        resolve();
      });
      forked.once('close', () => {
        resolve();
      });
    });
    const child: Child = {
      ...{ process: forked, peer, ended },
      ...{ stderr: '', progress: undefined, suspects: [], isCancelled: false },
    };
    forked.stderr?.on('data', (chunk: Buffer) => {
      child.stderr = (child.stderr + chunk.toString('utf8')).slice(-stderrLimit);
    });
    forked.on('message', (message) => {
      peer.receive(message);
    });
    peer.on('progress', (progress: unknown) => {
      this.#report(child, progress);
    });
    void ended.then(() => {
      this.#forget(child);
      peer.close();
    });
    return child;
  }

  #report(child: Child, progress: unknown): void {
    if (isProgress(progress)) {
      child.progress = progress;
      child.suspects = progress.suspects ?? child.suspects;
      for (const listener of this.#listeners) {
        listener(progress);
      }
    }
  }

  #forget(child: Child): void {
    if (this.#child === child) {
      this.#child = undefined;
    }
  }

  #stopWhenIdle(): void {
    this.#idleTimer = setTimeout(() => {
      this.cancel();
    }, this.#options.idleMs ?? defaultIdleMs);
    this.#idleTimer.unref();
  }

  async #explain(child: Child, message: string): Promise<ProcessError> {
    if (child.isCancelled) {
      return { kind: 'cancelled', message: 'Stopped on request' };
    }
    if (child.process.connected && child.process.exitCode === null) {
      return { kind: 'failed', message: `The model process could not answer: ${message}` };
    }
    await child.ended;
    const { exitCode, signalCode } = child.process;
    const { stderr: words, progress, suspects } = child;
    return crashOf({ exitCode, signal: signalCode, words, progress, suspects });
  }
}

const channelFailures = ['closed', 'handlerThrew', 'noHandler', 'notSent'];

function isChannelFailure(kind: string): boolean {
  return channelFailures.includes(kind);
}

/** The boolean of `send` means back-pressure; the callback says whether it was sent. */
function send(child: ChildProcess, message: unknown): Promise<boolean> {
  return new Promise((resolve) => {
    // Only plain data and typed arrays are sent; the type of `send` cannot say so of `unknown`.
    child.send(message as Parameters<ChildProcess['send']>[0], (cause) => {
      resolve(cause === null);
    });
  });
}
