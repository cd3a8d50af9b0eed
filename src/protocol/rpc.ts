/**
 * Request/response and events over any `postMessage`-like channel.
 *
 * One implementation serves both borders: extension host ↔ webview and extension host ↔ runtime
 * process. A contract names the messages; both ends are typed from it.
 */

import { type Result, err, ok } from '../core/base/result';

export interface RpcError {
  readonly kind: string;
  readonly message: string;
}

/** What a request ends in: the handler's result, or a failure of the channel itself. */
export type Reply<T, E extends RpcError> = Result<T, E | TransportError>;

/** Failures of the channel itself; any request may end in one of these. */
export type TransportError =
  | { readonly kind: 'closed'; readonly message: string }
  | { readonly kind: 'handlerThrew'; readonly message: string }
  | { readonly kind: 'noHandler'; readonly message: string }
  | { readonly kind: 'notSent'; readonly message: string };

/** Hands one message to the channel. Throws, rejects or answers `false` when it cannot. */
export type Post = (message: unknown) => unknown;

export interface RequestShape {
  readonly params: unknown;
  readonly value: unknown;
  readonly error: RpcError;
}

export interface Contract {
  readonly requests: Record<string, RequestShape>;
  readonly events: Record<string, unknown>;
}

type Requests<C extends Contract> = C['requests'];
type Events<C extends Contract> = C['events'];

export type Handlers<C extends Contract> = {
  readonly [M in keyof Requests<C>]: (
    params: Requests<C>[M]['params'],
  ) => Promise<Reply<Requests<C>[M]['value'], Requests<C>[M]['error']>>;
};

type Envelope =
  | {
      readonly type: 'request';
      readonly id: number;
      readonly method: string;
      readonly params: unknown;
    }
  | { readonly type: 'response'; readonly id: number; readonly reply: Reply<unknown, RpcError> }
  | { readonly type: 'event'; readonly name: string; readonly body: unknown };

/** One end of a channel: serves `Local` and calls `Remote`. */
export class Peer<Local extends Contract, Remote extends Contract> {
  readonly #post: Post;
  readonly #handlers: Handlers<Local>;
  readonly #listeners = new Map<string, Set<(body: unknown) => void>>();
  readonly #pending = new Map<number, (reply: Reply<unknown, RpcError>) => void>();
  #nextId = 0;
  #closed = false;

  constructor(post: Post, handlers: Handlers<Local>) {
    this.#post = post;
    this.#handlers = handlers;
  }

  /** Never rejects: what went wrong is in the reply. */
  async request<M extends keyof Requests<Remote> & string>(
    method: M,
    params: Requests<Remote>[M]['params'],
  ): Promise<Reply<Requests<Remote>[M]['value'], Requests<Remote>[M]['error']>> {
    if (this.#closed) {
      return err(closedError(method));
    }
    const id = this.#nextId++;
    const reply = new Promise<Reply<unknown, RpcError>>((resolve) => {
      this.#pending.set(id, resolve);
    });
    const sent = await this.#send({ type: 'request', id, method, params });
    if (!sent.ok) {
      this.#pending.delete(id);
      return sent;
    }
    return reply;
  }

  emit<N extends keyof Events<Local> & string>(name: N, body: Events<Local>[N]): void {
    void this.#send({ type: 'event', name, body });
  }

  on<N extends keyof Events<Remote> & string>(
    name: N,
    listener: (body: Events<Remote>[N]) => void,
  ): () => void {
    // The contract pairs name and body; a map of listeners cannot say so.
    const untyped = listener as (body: unknown) => void;
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners);
    listeners.add(untyped);
    return () => listeners.delete(untyped);
  }

  /** Feed every incoming message here. Messages that are not ours are ignored. */
  receive(message: unknown): void {
    if (!isEnvelope(message)) {
      return;
    }
    switch (message.type) {
      case 'request':
        void this.#answer(message.id, message.method, message.params);
        return;
      case 'response':
        this.#pending.get(message.id)?.(message.reply);
        this.#pending.delete(message.id);
        return;
      case 'event':
        for (const listener of this.#listeners.get(message.name) ?? []) {
          listener(message.body);
        }
        return;
    }
  }

  /** Ends the channel. Every pending request settles, so nobody waits for a dead process. */
  close(): void {
    this.#closed = true;
    for (const settle of this.#pending.values()) {
      settle(err(closedError('request')));
    }
    this.#pending.clear();
  }

  async #answer(id: number, method: string, params: unknown): Promise<void> {
    const reply = await this.#run(method, params);
    const sent = await this.#send({ type: 'response', id, reply });
    if (!sent.ok) {
      await this.#send({ type: 'response', id, reply: sent });
    }
  }

  async #send(envelope: Envelope): Promise<Result<undefined, TransportError>> {
    if (this.#closed) {
      return err(closedError(envelope.type));
    }
    try {
      const isPosted = (await this.#post(envelope)) !== false;
      return isPosted ? ok(undefined) : err({ kind: 'notSent', message: 'Nobody is listening' });
    } catch (cause) {
      return err({ kind: 'notSent', message: messageOf(cause) });
    }
  }

  async #run(method: string, params: unknown): Promise<Reply<unknown, RpcError>> {
    const handler = Object.hasOwn(this.#handlers, method) ? this.#handlers[method] : undefined;
    if (!handler) {
      return err({ kind: 'noHandler', message: `No handler for "${method}"` });
    }
    try {
      return await handler(params);
    } catch (cause) {
      return err({ kind: 'handlerThrew', message: messageOf(cause) });
    }
  }
}

function closedError(what: string): TransportError {
  return { kind: 'closed', message: `Channel closed before "${what}" was answered` };
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

const hasShapeOf: Record<string, (message: Record<string, unknown>) => boolean> = {
  request: ({ id, method }) => typeof id === 'number' && typeof method === 'string',
  response: ({ id, reply }) => typeof id === 'number' && isRecord(reply) && 'ok' in reply,
  event: ({ name }) => typeof name === 'string',
};

function isEnvelope(message: unknown): message is Envelope {
  return (
    isRecord(message) &&
    typeof message['type'] === 'string' &&
    Object.hasOwn(hasShapeOf, message['type']) &&
    hasShapeOf[message['type']]?.(message) === true
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
