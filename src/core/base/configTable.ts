/** One configuration file, read and not yet understood. */
export interface ConfigTable {
  /** How messages call the file. */
  readonly file: string;
  /** Absolute, with `/`; its patterns speak about paths below. */
  readonly folder: string;
  readonly entries: Readonly<Record<string, unknown>>;
  /** The line that mentions the key, from 1; `undefined` when none does. */
  lineOf(key: string): number | undefined;
}

/** What is wrong in a configuration file, and where. */
export interface ConfigProblem {
  readonly file: string;
  /** From 1. */
  readonly line: number | undefined;
  /** What is wrong and what would be right. */
  readonly message: string;
}
