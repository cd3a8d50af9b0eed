/** What a finished run was, in words. */

import type { RunDto } from '../../src/protocol/onnxPanel';
import { count, formatDuration } from './format';
import { badLayers } from './selectors';
import type { DataView } from './store';
import { l10n } from './l10n';
import type { HeardProgress } from './work';

function passesOf({ passes }: RunDto): string {
  if (passes.length > 1) {
    return l10n.t('Evaluation pass and batch pass');
  }
  return passes[0] === 'batch' ? l10n.t('Batch pass') : l10n.t('Evaluation pass');
}

export function runSentence(run: RunDto | null): string {
  if (!run) {
    return l10n.t('Not run yet: the numbers below are those in the file.');
  }
  const ran = l10n.t(
    '{0} over {1} of {2} in {3}',
    passesOf(run),
    count(run.samples, 'sample'),
    l10n.translate(run.inputLabel),
    formatDuration(run.elapsedMs),
  );
  return [`${ran}.`, ...run.notes.map((note) => l10n.translate(note))].join(' ');
}

/** Such as `Batch pass, 16 of 64 samples (62 %), about 8 s left`. */
export function progressSentence(last: HeardProgress | null, first: HeardProgress | null): string {
  if (!last) {
    return l10n.t('Starting the runtime');
  }
  const { part, message, fraction } = last.progress;
  const left = first ? timeLeftMs(last, first) : undefined;
  const about = part === undefined ? '' : `${l10n.translate(part)}: `;
  const share = `${about}${l10n.translate(message)} (${String(Math.round(100 * fraction))} %)`;
  return left === undefined
    ? share
    : l10n.t('{0}, about {1} s left', share, Math.ceil(left / 1000));
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
  const before = l10n.t(
    'The run before, over {0} of {1}, found {2} of {3} wrong',
    count(previousRun.samples, 'sample'),
    l10n.translate(previousRun.inputLabel),
    badLayers(previousRun),
    count(model.layers.length, 'layer'),
  );
  return run ? l10n.t('{0}; this one found {1}.', before, badLayers(run)) : `${before}.`;
}
