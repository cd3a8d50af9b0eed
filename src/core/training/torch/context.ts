import type { LibraryCall } from '../../semantics/library';
import type { TorchRecorder } from './facts';
import type { ModeKeeper } from './modes';
import type { ProgramState } from './programState';
import type { Staleness } from './staleness';
import type { TensorPool } from './tensors';

/** What the reading of one call may use. */
export interface TorchContext {
  readonly call: LibraryCall;
  readonly recorder: TorchRecorder;
  readonly modes: ModeKeeper;
  readonly tensors: TensorPool;
  readonly state: ProgramState;
  readonly staleness: Staleness;
}
