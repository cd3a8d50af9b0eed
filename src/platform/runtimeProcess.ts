import { type ChildProcess, fork } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import type { Seen } from '../protocol/crash';
import { Peer } from '../protocol/rpc';
import type { ProcessError, RuntimeContract, RuntimeHostContract } from '../protocol/runtime';
import { RuntimeOwner, type StartedRuntime } from '../protocol/runtimeOwner';
import { crashOf } from './crashText';
import { defaultMemoryLimitMb } from './memoryLimit';

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

/** The model process: a file can make ONNX Runtime crash, and `kill` is the only way to stop a run. */
export class RuntimeProcess extends RuntimeOwner<ForkedRuntime> {
  constructor(options: RuntimeProcessOptions) {
    super({
      start: () => new ForkedRuntime(options),
      idleMs: options.idleMs,
      startTimer: (action, ms) => {
        const timer = setTimeout(action, ms);
        timer.unref();
        return () => {
          clearTimeout(timer);
        };
      },
    });
  }

  /** Id of the running process; `undefined` when none runs. */
  get pid(): number | undefined {
    return this.running?.pid;
  }
}

/** Enough of what a dying process says to name the reason. */
const stderrLimit = 4_000;

/** Samples and weights are outside of it; statistics of the largest models are not. */
const largestHeapMb = 4096;

/** A process that was killed counts as connected until the system has told of its end. */
const endingMs = 1000;

class ForkedRuntime implements StartedRuntime {
  readonly peer: Peer<RuntimeHostContract, RuntimeContract>;
  readonly ended: Promise<void>;
  readonly #process: ChildProcess;
  #stderr = '';

  constructor({ modulePath, env, memoryLimitMb = defaultMemoryLimitMb() }: RuntimeProcessOptions) {
    const heapMb = Math.min(memoryLimitMb, largestHeapMb);
    const forked = fork(modulePath, [String(memoryLimitMb)], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: [`--max-old-space-size=${String(heapMb)}`],
      env: { ...(env ?? process.env), ELECTRON_RUN_AS_NODE: '1' },
    });
    this.#process = forked;
    this.peer = new Peer((message) => send(forked, message), {});
    this.ended = new Promise<void>((resolve) => {
      // `exit` does not come when the process could not be started at all.
      forked.once('error', () => {
        resolve();
      });
      forked.once('close', () => {
        resolve();
      });
    });
    forked.stderr?.on('data', (chunk: Buffer) => {
      this.#stderr = (this.#stderr + chunk.toString('utf8')).slice(-stderrLimit);
    });
    forked.on('message', (message) => {
      this.peer.receive(message);
    });
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  kill(): void {
    this.#process.kill('SIGKILL');
  }

  async explain(message: string, seen: Seen): Promise<ProcessError> {
    const hasEnded = this.ended.then(() => true);
    if (!(await Promise.race([hasEnded, delay(endingMs, false, { ref: false })]))) {
      return { kind: 'failed', message: `The model process could not answer: ${message}` };
    }
    const { exitCode, signalCode } = this.#process;
    return crashOf({ ...seen, exitCode, signal: signalCode, words: this.#stderr });
  }
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
