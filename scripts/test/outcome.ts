// What a run of tests came to, with the names of those that need a look.

export interface Outcome {
  readonly passed: number;
  /** Tests, hooks around them and files that could not be loaded; each counts as one. */
  readonly failures: readonly Trouble[];
  /** Among those that passed: the ones that did not at the first try. */
  readonly retried: readonly Trouble[];
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
