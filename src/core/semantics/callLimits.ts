/** Which calls are not entered, and what that means for those around them. */

import type { Machine } from './machine';
import type { CallArguments, FunctionValue, Value } from './value';

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
  /** Functions that were called, after they had been read often, in a way they were never read. */
  readonly leftOut = new Set<FunctionValue['code']>();
  readonly #entries = new Map<FunctionValue['code'], Way[]>();
  /** In the call being run. */
  #cuts = noCuts();

  get depth(): number {
    return this.active.length;
  }

  /** Whether a call must not be entered: its function runs already, or did often, or calls nest too deeply. */
  forbid(callee: FunctionValue, given: Given): boolean {
    const { code } = callee;
    const running = this.active.findIndex((own) => own.code === code);
    if (running >= 0) {
      this.#cuts.again = Math.min(this.#cuts.again, running);
      return true;
    }
    // Entries are never taken back, so what was once too often stays so.
    const entries = this.#entries.get(code) ?? [];
    if (entries.length >= maxEntries) {
      if (!this.leftOut.has(code) && !isAmong(entries, wayOf(callee, given))) {
        this.leftOut.add(code);
      }
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
  enter(callee: FunctionValue, given: Given, run: () => void): Readonly<Cuts> {
    const outer = this.#cuts;
    const inner = noCuts();
    this.#cuts = inner;
    const entries = this.#entries.get(callee.code) ?? [];
    entries.push(wayOf(callee, given));
    this.#entries.set(callee.code, entries);
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

/** What a call is given, and where what its objects hold is kept. */
export interface Given {
  readonly args: CallArguments;
  readonly machine: Pick<Machine, 'store'>;
}

/** How a function is called: what else differs seldom makes it another function. */
interface Way {
  /** Around a function in a function, whose names may hold anything. */
  readonly closure: FunctionValue['closure'];
  /** What is True, False or None about its arguments and its object. */
  readonly switches: string;
}

function wayOf({ self, closure }: FunctionValue, { args, machine: { store } }: Given): Way {
  const ofObject = self?.kind === 'object' ? [...self.attributes] : [];
  const switches = [
    ...args.positional.map(switchOf),
    ...Array.from(args.keywords, ([name, value]) => `${name}=${switchOf(value)}`),
    ...ofObject.map(([name, cell]) => {
      const value = store.peek(cell);
      return `.${name}=${value === undefined || value.kind === 'contents' ? '' : switchOf(value)}`;
    }),
  ];
  return { closure, switches: switches.join() };
}

function isAmong(ways: readonly Way[], { closure, switches }: Way): boolean {
  return ways.some((own) => own.closure === closure && own.switches === switches);
}

function switchOf(value: Value): string {
  const isSwitch =
    value.kind === 'constant' && (typeof value.value === 'boolean' || value.value === null);
  return isSwitch ? String(value.value) : '';
}
