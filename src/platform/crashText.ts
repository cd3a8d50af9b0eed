/** Why a model process ended, in sentences for people. */

import type { ProcessError, ProgressDto } from '../protocol/runtime';
import { readMemoryWords } from './memoryLimit';

export interface Ending {
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** The last of what it wrote to standard error. */
  readonly words: string;
  /** The last it said of what it was doing. */
  readonly progress: ProgressDto | undefined;
  /** Parts of the model that are known to make ONNX Runtime end, or are out of the ordinary. */
  readonly suspects: readonly string[];
}

export function crashOf(ending: Ending): ProcessError {
  const { exitCode, signal } = ending;
  return {
    kind: 'crashed',
    message: [causeOf(ending), whereOf(ending), ...suspicion(ending)]
      .filter((sentence) => sentence !== '')
      .join(' '),
    exitCode: exitCode ?? undefined,
    signal: signal ?? undefined,
  };
}

const advice =
  'Run fewer samples at a time (--batch-size), or on a machine with more memory. Nothing of yours was changed.';

function causeOf({ exitCode, signal, words }: Ending): string {
  const memory = readMemoryWords(words);
  if (memory !== undefined) {
    const { usedMb, limitMb } = memory;
    return `The model process took ${String(usedMb)} MB of memory, more than the ${String(limitMb)} MB it may, and was ended. ${advice}`;
  }
  if (/heap out of memory/i.test(words)) {
    return `The model process ran out of memory for numbers of its own. ${advice}`;
  }
  const how =
    signal === null ? `with exit code ${String(exitCode ?? 'unknown')}` : `by signal ${signal}`;
  const hint = signal === 'SIGKILL' ? ', as a system does that is out of memory' : '';
  const lastLine = words.trim().split('\n').at(-1) ?? '';
  const said = lastLine === '' ? '' : ` Its last words: ${lastLine}`;
  return `The model process was ended ${how}${hint}. Nothing of yours was changed; try again, with fewer samples if memory ran out.${said}`;
}

function whereOf({ progress }: Ending): string {
  return progress === undefined ? '' : `It had come to this: ${progress.message}.`;
}

const shownSuspects = 3;

function suspicion({ suspects }: Ending): readonly string[] {
  if (suspects.length === 0) {
    return [];
  }
  const more = suspects.length - shownSuspects;
  const rest = more > 0 ? [`and ${String(more)} more`] : [];
  return [`Suspicious in the model: ${[...suspects.slice(0, shownSuspects), ...rest].join('; ')}.`];
}
