/** Whoever asks the runtime, wherever that is: in a process, or in a worker of a browser. */

import type { Result } from '../core/base/result';
import type { ProcessError, ProgressDto, RuntimeContract } from './runtime';

type Requests = RuntimeContract['requests'];

export type RuntimeMethod = keyof Requests;
export type RuntimeAnswer<M extends RuntimeMethod> = Result<
  Requests[M]['value'],
  Requests[M]['error'] | ProcessError
>;

export interface RuntimeClient {
  /** Never rejects and always settles, also when the runtime ends. */
  request<M extends RuntimeMethod>(
    method: M,
    params: Requests[M]['params'],
  ): Promise<RuntimeAnswer<M>>;
  /** @returns a function that stops listening */
  onProgress(listener: (progress: ProgressDto) => void): () => void;
  /** Ends the runtime now; pending requests settle as cancelled, the next one starts it anew. */
  cancel(): void;
  dispose(): void;
}
