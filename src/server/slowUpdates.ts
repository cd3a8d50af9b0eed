/** Analyses after an edit that take so long that findings come late. */

import type { SlowFile } from '../protocol/lsp';

/** Findings come within 50 ms as a rule; from here on a person sees that they are late. */
export const slowAfterMs = 1000;

/** What one analysis after an edit took, and which files had changed. */
export interface Update {
  readonly elapsedMs: number;
  readonly paths: readonly string[];
}

export class SlowUpdates {
  readonly #limitMs: number;
  readonly #warn: (message: string) => void;
  readonly #told = new Set<string>();
  #slow: SlowFile | undefined;

  constructor(limitMs: number, warn: (message: string) => void) {
    this.#limitMs = limitMs;
    this.#warn = warn;
  }

  /** The last one, until an update was fast again. */
  get slow(): SlowFile | undefined {
    return this.#slow;
  }

  /** Each file is told of once; @returns whether what is slow has changed. */
  note({ elapsedMs, paths }: Update): boolean {
    const before = this.#slow;
    const [path] = paths;
    this.#slow = elapsedMs > this.#limitMs && path !== undefined ? { path, elapsedMs } : undefined;
    if (this.#slow !== undefined && !this.#told.has(this.#slow.path)) {
      this.#told.add(this.#slow.path);
      this.#warn(
        `${paths.join(', ')}: the analysis after an edit took ${(elapsedMs / 1000).toFixed(1)} s, so findings come late. ` +
          'If that goes on, exclude the file in bn-guard.toml, and report it: "Copy Debug Information" has what a report needs.',
      );
    }
    return before?.path !== this.#slow?.path;
  }
}
