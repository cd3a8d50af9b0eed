import type { LibraryCall } from '../../semantics/library';
import type { KerasRecorder } from './facts';
import type { KerasState } from './state';
import type { TensorPool } from './tensors';
import type { TrainableKeeper } from './trainable';

/** What the reading of one call may use. */
export interface KerasContext {
  readonly call: LibraryCall;
  readonly recorder: KerasRecorder;
  readonly state: KerasState;
  readonly tensors: TensorPool;
  readonly trainable: TrainableKeeper;
}
