/** Why a model process ended, in sentences for people. */

import { type Seen, crashError } from '../protocol/crash';
import type { ProcessError } from '../protocol/runtime';
import { readMemoryWords } from './memoryLimit';

export interface Ending extends Seen {
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** The last of what it wrote to standard error. */
  readonly words: string;
}

export function crashOf(ending: Ending): ProcessError {
  const { exitCode, signal } = ending;
  const cause = causeOf(ending);
  return crashError(
    { cause, exitCode: exitCode ?? undefined, signal: signal ?? undefined },
    ending,
  );
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
