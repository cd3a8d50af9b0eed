/** What the model is run for: how far each kind of work is, and what it changes when it ends. Pure. */

import type {
  ComparedDto,
  ExperimentDto,
  RepairedDto,
  RunDto,
  WorkDone,
  WorkKind,
} from '../../src/protocol/onnxPanel';
import type { RpcError } from '../../src/protocol/rpc';
import type { ProgressDto } from '../../src/protocol/runtime';

/** What was said of a run, and when. */
export interface HeardProgress {
  readonly progress: ProgressDto;
  /** Milliseconds of the clock. */
  readonly nowMs: number;
}

export type RunState =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'running';
      /** `null` until something is heard. */
      readonly first: HeardProgress | null;
      readonly last: HeardProgress | null;
    }
  | { readonly kind: 'failed'; readonly error: RpcError };

export type WorkStates = Readonly<Record<WorkKind, RunState>>;

/** What came of the work so far. */
export interface Findings {
  readonly run: RunDto | null;
  readonly previousRun: RunDto | null;
  readonly experiment: ExperimentDto | null;
  readonly comparison: ComparedDto | null;
  readonly repair: RepairedDto | null;
}

export type WorkEvent =
  | { readonly kind: 'started'; readonly work: WorkKind }
  | { readonly kind: 'progress'; readonly heard: HeardProgress }
  | { readonly kind: 'done'; readonly done: WorkDone }
  | { readonly kind: 'failed'; readonly work: WorkKind; readonly error: RpcError };

const idle: RunState = { kind: 'idle' };

export const idleWork: WorkStates = { run: idle, experiment: idle, comparison: idle, repair: idle };

/** Only one thing runs at a time. */
export function isWorking(work: WorkStates): boolean {
  return Object.values(work).some(({ kind }) => kind === 'running');
}

export function workAfter(work: WorkStates, event: WorkEvent): WorkStates {
  switch (event.kind) {
    case 'started':
      return { ...work, [event.work]: { kind: 'running', first: null, last: null } };
    case 'progress':
      return {
        run: afterProgress(work.run, event.heard),
        experiment: afterProgress(work.experiment, event.heard),
        comparison: afterProgress(work.comparison, event.heard),
        repair: afterProgress(work.repair, event.heard),
      };
    case 'failed':
      return { ...work, [event.work]: afterFailure(event.error) };
    case 'done':
      return { ...work, [event.done.kind]: idle };
  }
}

/** What changes: a finding replaces the last of its kind; the run before is kept beside the new one. */
export function findingsAfter(before: Findings, done: WorkDone): Partial<Findings> {
  switch (done.kind) {
    case 'run':
      return { run: done.result, previousRun: before.run ?? before.previousRun };
    case 'experiment':
      return { experiment: done.result };
    case 'comparison':
      return { comparison: done.result };
    case 'repair':
      return { repair: done.result ?? before.repair };
  }
}

/** Reading and starting say nothing about how fast samples go: the first of those counts. */
function afterProgress(state: RunState, heard: HeardProgress): RunState {
  if (state.kind !== 'running') {
    return state;
  }
  const isRunning = heard.progress.stage === 'running';
  return { kind: 'running', first: state.first ?? (isRunning ? heard : null), last: heard };
}

/** What the user ended is no failure. */
function afterFailure(error: RpcError): RunState {
  return error.kind === 'cancelled' ? idle : { kind: 'failed', error };
}
