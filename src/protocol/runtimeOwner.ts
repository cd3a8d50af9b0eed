/** Owns a runtime, wherever it runs: starts it when asked, again after a crash, and ends it when idle. */

import { err } from '../core/base/result';
import type { Seen } from './crash';
import type { Peer } from './rpc';
import {
  type ProcessError,
  type ProgressDto,
  type RuntimeContract,
  type RuntimeHostContract,
  isProgress,
} from './runtime';
import type { RuntimeAnswer, RuntimeClient, RuntimeMethod } from './runtimeClient';

/** One runtime that has been started. */
export interface StartedRuntime {
  readonly peer: Pick<Peer<RuntimeHostContract, RuntimeContract>, 'request' | 'on' | 'close'>;
  /** Settles when it has ended, however that came. */
  readonly ended: Promise<void>;
  kill(): void;
  /** Why it did not answer though nobody ended it; asked once for each request. */
  explain(message: string, seen: Seen): Promise<ProcessError>;
}

export interface RuntimeOwnerOptions<S extends StartedRuntime> {
  readonly start: () => S;
  /** The runtime ends after this long without a request; absent: one minute. */
  readonly idleMs: number | undefined;
  /** @returns what stops the timer */
  readonly startTimer: (action: () => void, ms: number) => () => void;
}

const defaultIdleMs = 60_000;

interface Child<S> {
  readonly runtime: S;
  seen: Seen;
  /** Set when it was ended on purpose. */
  isCancelled: boolean;
}

/**
 * A crash settles all requests that are pending. `cancel` ends the runtime, which is the only way to
 * stop a run, so users that must not disturb each other each own one.
 */
export class RuntimeOwner<S extends StartedRuntime> implements RuntimeClient {
  readonly #options: RuntimeOwnerOptions<S>;
  readonly #listeners = new Set<(progress: ProgressDto) => void>();
  #child: Child<S> | undefined;
  #stopTimer: (() => void) | undefined;
  #pendingCount = 0;
  #isDisposed = false;

  constructor(options: RuntimeOwnerOptions<S>) {
    this.#options = options;
  }

  /** `undefined` when none runs. */
  protected get running(): S | undefined {
    return this.#child?.runtime;
  }

  async request<M extends RuntimeMethod>(
    method: M,
    params: RuntimeContract['requests'][M]['params'],
  ): Promise<RuntimeAnswer<M>> {
    if (this.#isDisposed) {
      return err({ kind: 'cancelled', message: 'The model process is closed' });
    }
    this.#stopTimer?.();
    const child = (this.#child ??= this.#start());
    this.#pendingCount++;
    const reply = await child.runtime.peer.request(method, params);
    this.#pendingCount--;
    if (this.#pendingCount === 0) {
      this.#stopWhenIdle();
    }
    if (!reply.ok && isChannelFailure(reply.error.kind)) {
      return err(
        child.isCancelled
          ? { kind: 'cancelled', message: 'Stopped on request' }
          : await child.runtime.explain(reply.error.message, child.seen),
      );
    }
    // The channel's own failures were answered above; what is left is the contract's.
    return reply as RuntimeAnswer<M>;
  }

  onProgress(listener: (progress: ProgressDto) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  cancel(): void {
    const child = this.#child;
    if (child !== undefined) {
      child.isCancelled = true;
      this.#forget(child);
      child.runtime.kill();
      child.runtime.peer.close();
    }
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#stopTimer?.();
    this.#listeners.clear();
    this.cancel();
  }

  #start(): Child<S> {
    const runtime = this.#options.start();
    const seen: Seen = { progress: undefined, suspects: [] };
    const child: Child<S> = { runtime, seen, isCancelled: false };
    runtime.peer.on('progress', (progress: unknown) => {
      this.#report(child, progress);
    });
    void runtime.ended.then(() => {
      this.#forget(child);
      runtime.peer.close();
    });
    return child;
  }

  #report(child: Child<S>, progress: unknown): void {
    if (isProgress(progress)) {
      child.seen = { progress, suspects: progress.suspects ?? child.seen.suspects };
      for (const listener of this.#listeners) {
        listener(progress);
      }
    }
  }

  #forget(child: Child<S>): void {
    if (this.#child === child) {
      this.#child = undefined;
    }
  }

  #stopWhenIdle(): void {
    this.#stopTimer = this.#options.startTimer(() => {
      this.cancel();
    }, this.#options.idleMs ?? defaultIdleMs);
  }
}

const channelFailures = ['closed', 'handlerThrew', 'noHandler', 'notSent'];

function isChannelFailure(kind: string): boolean {
  return channelFailures.includes(kind);
}
