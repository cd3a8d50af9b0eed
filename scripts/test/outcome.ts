// What a run of tests came to, with the names of those that need a look.

export interface Outcome {
  readonly passed: number;
  /** Tests, hooks around them and files that could not be loaded; each counts as one. */
  readonly failures: readonly Trouble[];
  /** Among those that passed: the ones that did not at the first try. */
  readonly retried: readonly Trouble[];
}

/** Of one test file; errors that belong to none have the name of no file. */
export interface FileOutcome extends Outcome {
  /** Path in the checkout; empty for what belongs to no file. */
  readonly file: string;
}

export function joined(outcomes: readonly Outcome[]): Outcome {
  return {
    passed: outcomes.reduce((sum, { passed }) => sum + passed, 0),
    failures: outcomes.flatMap(({ failures }) => failures),
    retried: outcomes.flatMap(({ retried }) => retried),
  };
}

/** Of what ran again because it had failed: what it came to then, with what went wrong before. */
export function repeated<O extends Outcome>(first: Outcome, second: O): O {
  const stillWrong = new Set(second.failures.map(({ title }) => title));
  const mended = first.failures.filter(({ title }) => !stillWrong.has(title));
  return { ...second, retried: [...second.retried, ...mended] };
}

export interface Trouble {
  /** A file in the checkout, with the line where one is known: `test/rules.test.ts:12`. */
  readonly place?: string;
  /** Full name of the test, with what it belongs to. */
  readonly title: string;
  /** Of any length, with line breaks and colours as they came. */
  readonly message: string;
}

const lengthOfMessage = 300;

/** Two lines for a reader who has the end of a log only: what it is called, what it says. */
export function linesOf(head: string, { place, title, message }: Trouble): readonly string[] {
  const name = place === undefined ? title : `${place} > ${title}`;
  return [`${head}: ${name}`, `    ${shortened(message)}`];
}

/** In one line: the first one of a browser's message alone does not say what was waited for. */
function shortened(message: string): string {
  const line = message.replace(colours, '').replace(/\s+/g, ' ').trim();
  return line.length <= lengthOfMessage ? line : `${line.slice(0, lengthOfMessage - 1)}…`;
}

const colours = new RegExp(String.raw`${String.fromCharCode(27)}\[[\d;]*m`, 'g');
