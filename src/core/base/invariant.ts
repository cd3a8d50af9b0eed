/** Throws when something that cannot be false is false: a bug of ours, never of the input. */
export function invariant(condition: boolean, message: string): asserts condition {
  if (!condition) {
    throw new Error(`Invariant broken: ${message}`);
  }
}
