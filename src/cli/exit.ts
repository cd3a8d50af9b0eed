/** How a command ends. */

/** 0: nothing at or above the threshold; 1: findings; 2: could not do its job. */
export type ExitCode = 0 | 1 | 2;

/** Ends the command with 2 and a sentence for the user; anything else thrown is a bug of ours. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
}
