// A part of the tests, and what it comes to.
import { MissingToolError } from '../tools/debian.ts';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

export interface Part {
  /** The word that runs this part alone: npm test -- <name>. */
  readonly name: string;
  readonly title: string;
  /** A part that could not run at all throws; its message goes to the reader. */
  readonly run: () => Promise<PartResult>;
}

export type PartResult = Counts | Skipped;

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
  return { passed: 0, failed: 1 };
}

export function sumOf(reports: readonly PartReport[]): Counts {
  const counts = reports.map(({ result }) => ('skipped' in result ? noCounts : result));
  return {
    passed: counts.reduce((sum, { passed }) => sum + passed, 0),
    failed: counts.reduce((sum, { failed }) => sum + failed, 0),
  };
}

const noCounts: Counts = { passed: 0, failed: 0 };

/** One line of the summary, for example "unit: 120 passed, 0 failed (12.3 s)". */
export function summaryLine({ part, result, elapsedMs }: PartReport): string {
  if ('skipped' in result) return `${part.name}: NOT RUN, ${result.skipped}`;
  const seconds = (elapsedMs / 1000).toFixed(1);
  return `${part.name}: ${countsLine(result)} (${seconds} s)`;
}

export function countsLine({ passed, failed }: Counts): string {
  return `${String(passed)} passed, ${String(failed)} failed`;
}
