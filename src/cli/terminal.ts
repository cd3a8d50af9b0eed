/** The two streams of the command and what they can show. */

import pc from 'picocolors';
import type { Paint } from '../core/report/scanReport';
import { type Progress, createProgress } from './progress';

export interface Terminal {
  /** Findings and reports. */
  out(text: string): void;
  /** Everything else, one line each. */
  note(line: string): void;
  readonly paint: Paint;
  /** Columns of the terminal; 100 where there is none. */
  readonly width: number;
  /** Whether a person is watching the notes, so that progress is worth drawing. */
  readonly isWatched: boolean;
  readonly progress: Progress;
}

const widthWithoutTerminal = 100;

export function openTerminal({ stdout, stderr, env }: NodeJS.Process): Terminal {
  endQuietlyWhenNobodyReads(stdout);
  const isWatched = stderr.isTTY && env['TERM'] !== 'dumb';
  return {
    out: (text) => void stdout.write(text),
    note: (line) => void stderr.write(`${line}\n`),
    paint: paintFor(wantsColour(stdout, env)),
    width: Math.max(60, stdout.columns || widthWithoutTerminal),
    isWatched,
    progress: createProgress(stderr, isWatched),
  };
}

/**
 * `bn-guard scan | head` closes the pipe early, which is no failure of ours; but a command that
 * has not come to its end by then has not done its job.
 */
function endQuietlyWhenNobodyReads(stdout: NodeJS.WriteStream): void {
  stdout.on('error', (cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'EPIPE') {
      throw cause;
    }
    process.exit(process.exitCode ?? 2);
  });
}

function wantsColour(stdout: NodeJS.WriteStream, env: NodeJS.ProcessEnv): 'colour' | 'plain' {
  if (env['NO_COLOR']) {
    return 'plain';
  }
  const isForced = env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '0';
  return isForced || (stdout.isTTY && env['TERM'] !== 'dumb') ? 'colour' : 'plain';
}

function paintFor(kind: 'colour' | 'plain'): Paint {
  const { red, yellow, blue, cyan, bold, dim, green } = pc.createColors(kind === 'colour');
  return {
    error: (text) => bold(red(text)),
    warning: (text) => bold(yellow(text)),
    information: blue,
    hint: cyan,
    strong: bold,
    faint: dim,
    good: green,
  };
}
