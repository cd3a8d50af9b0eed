/** What a finished run was, in words. */

import type { RunDto } from '../../src/protocol/onnxPanel';
import type { PassDto } from '../../src/protocol/runtime';
import { count, formatDuration } from './format';
import { badLayers } from './selectors';
import type { DataView, HeardProgress } from './store';

const passNames: Record<PassDto, string> = { eval: 'Evaluation pass', batch: 'batch pass' };

export function runSentence(run: RunDto | null): string {
  if (!run) {
    return 'Not run yet: the numbers below are those in the file.';
  }
  const passes = run.passes.map((pass) => passNames[pass]).join(' and ');
  return [
    `${passes} over ${count(run.samples, 'sample')} of ${run.inputLabel} in ${formatDuration(run.elapsedMs)}`,
    ...run.notes,
  ].join('. ');
}

/** Such as `Batch pass, 16 of 64 samples (62 %), about 8 s left`. */
export function progressSentence(last: HeardProgress | null, first: HeardProgress | null): string {
  if (!last) {
    return 'Starting the runtime';
  }
  const { message, fraction } = last.progress;
  const left = first ? timeLeftMs(last, first) : undefined;
  const share = `${message} (${String(Math.round(100 * fraction))} %)`;
  return left === undefined ? share : `${share}, about ${String(Math.ceil(left / 1000))} s left`;
}

/** An estimate from less time than this jumps about. */
const soonestEstimateMs = 1000;

function timeLeftMs(last: HeardProgress, first: HeardProgress): number | undefined {
  const elapsedMs = last.nowMs - first.nowMs;
  const done = last.progress.fraction - first.progress.fraction;
  return elapsedMs < soonestEstimateMs || done <= 0
    ? undefined
    : (elapsedMs * (1 - last.progress.fraction)) / done;
}

/** What became better or worse since the run before; empty when there is none. */
export function comparisonSentence(view: DataView): string {
  const { run, previousRun, model } = view;
  if (!previousRun) {
    return '';
  }
  const before = `The run before, over ${count(previousRun.samples, 'sample')} of ${previousRun.inputLabel}, found ${String(badLayers(previousRun))} of ${count(model.layers.length, 'layer')} wrong`;
  return run ? `${before}; this one found ${String(badLayers(run))}.` : `${before}.`;
}
