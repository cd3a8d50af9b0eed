/** What a finished run was, in words. */

import type { RunDto } from '../../src/protocol/onnxPanel';
import type { PassDto } from '../../src/protocol/runtime';
import { count, formatDuration } from './format';

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
