/** Which calls are not entered, and what that means for those around them. */

import type { FunctionValue } from './value';

const maxDepth = 16;
const maxEntries = 12;

/** What kept calls from being entered, as far as another time it may not. */
export interface Cuts {
  /** The budget of steps was spent. */
  isSpent: boolean;
  /** Calls were nested too deeply: so they are for every call from as deep or deeper. */
  isDeep: boolean;
  /** The outermost function called again while it was running, as its place among those running. */
  again: number;
}

function noCuts(): Cuts {
  return { isSpent: false, isDeep: false, again: Infinity };
}

export class CallLimits {
  /** Functions being run, innermost last. */
  readonly active: FunctionValue[] = [];
  readonly #entries = new Map<FunctionValue['code'], number>();
  /** In the call being run. */
  #cuts = noCuts();

  get depth(): number {
    return this.active.length;
  }

  /** Whether a call must not be entered: its function runs already, or did often, or calls nest too deeply. */
  forbid({ code }: FunctionValue): boolean {
    const running = this.active.findIndex((own) => own.code === code);
    if (running >= 0) {
      this.#cuts.again = Math.min(this.#cuts.again, running);
      return true;
    }
    // Entries are never taken back, so what was once too often stays so.
    if ((this.#entries.get(code) ?? 0) >= maxEntries) {
      return true;
    }
    const isDeep = this.depth >= maxDepth;
    this.#cuts.isDeep ||= isDeep;
    return isDeep;
  }

  /** Says that a call was not entered because the steps were spent. */
  noteSpent(): void {
    this.#cuts.isSpent = true;
  }

  /** Says that the answer of a call was taken over in which calls were nested too deeply. */
  noteDeep(): void {
    this.#cuts.isDeep = true;
  }

  /** Runs a call and answers what was cut in it. */
  enter(callee: FunctionValue, run: () => void): Readonly<Cuts> {
    const outer = this.#cuts;
    const inner = noCuts();
    this.#cuts = inner;
    this.#entries.set(callee.code, (this.#entries.get(callee.code) ?? 0) + 1);
    this.active.push(callee);
    try {
      run();
    } finally {
      this.active.pop();
      this.#cuts = {
        isSpent: outer.isSpent || inner.isSpent,
        isDeep: outer.isDeep || inner.isDeep,
        again: Math.min(outer.again, inner.again),
      };
    }
    return inner;
  }
}
