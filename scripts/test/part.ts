// A part of the tests, and what it comes to.
import { MissingToolError } from '../tools/debian.ts';
import type { Outcome } from './outcome.ts';

export interface Part {
  /** The word that runs this part alone: npm test -- <name>. */
  readonly name: string;
  readonly title: string;
  /** A part that could not run at all throws; its message goes to the reader. */
  readonly run: () => Promise<PartResult>;
}

export type PartResult = Outcome | Skipped;

/** Not run, and not needed for the others to mean something. */
export interface Skipped {
  readonly skipped: string;
}

export interface PartReport {
  readonly part: Part;
  readonly result: PartResult;
  readonly elapsedMs: number;
}

/** Runs the part; one that throws counts as one failure. */
export async function reportOf(part: Part): Promise<PartReport> {
  const started = Date.now();
  console.log(`\n━━ ${part.title} (npm test -- ${part.name})\n`);
  const result = await part.run().catch(resultOfFailure);
  return { part, result, elapsedMs: Date.now() - started };
}

/** A tool that a developer's machine lacks leaves the part out; in CI nothing may be left out. */
function resultOfFailure(error: unknown): PartResult {
  console.error(error);
  if (error instanceof MissingToolError && !process.env['CI']) return { skipped: error.message };
  const failure = { title: 'the part could not run', message: String(error) };
  return { passed: 0, failures: [failure], retried: [] };
}
