/** What is said of a runtime that ended by itself, whatever it was. */

import type { ProcessError, ProgressDto } from './runtime';

/** What a runtime had told before it ended. */
export interface Seen {
  /** The last it said of what it was doing. */
  readonly progress: ProgressDto | undefined;
  /** Parts of the model that are known to make ONNX Runtime end, or are out of the ordinary. */
  readonly suspects: readonly string[];
}

export interface Crash {
  /** How it ended, and what to do: sentences. */
  readonly cause: string;
  readonly exitCode?: number | undefined;
  readonly signal?: string | undefined;
}

export function crashError({ cause, exitCode, signal }: Crash, seen: Seen): ProcessError {
  const sentences = [cause, ...whereOf(seen), ...suspicion(seen)];
  return { kind: 'crashed', message: sentences.join(' '), exitCode, signal };
}

function whereOf({ progress }: Seen): readonly string[] {
  return progress === undefined ? [] : [`It had come to this: ${progress.message}.`];
}

const shownSuspects = 3;

function suspicion({ suspects }: Seen): readonly string[] {
  if (suspects.length === 0) {
    return [];
  }
  const more = suspects.length - shownSuspects;
  const rest = more > 0 ? [`and ${String(more)} more`] : [];
  return [`Suspicious in the model: ${[...suspects.slice(0, shownSuspects), ...rest].join('; ')}.`];
}
