// The end of the log: whoever has nothing else of it must see which tests failed, and why.
import { linesOf, type Outcome } from './outcome.ts';
import type { PartReport } from './part.ts';

/** So that counts and names together stay within the 60 lines that are kept of a log. */
const namedAtMost = 20;

/** Counts of every part, names of what failed or passed late, and the sum as the last line. */
export function summaryOf(reports: readonly PartReport[]): readonly string[] {
  const troubles = [...reports.flatMap(failuresIn), ...reports.flatMap(retriedIn)];
  const named = troubles.slice(0, namedAtMost).flat();
  const more = troubles.length - namedAtMost;
  return [
    ...reports.map(partLine),
    ...(named.length > 0 ? ['', ...named] : []),
    ...(more > 0 ? [`and ${String(more)} more`] : []),
    '',
    countsLine(sumOf(reports)),
  ];
}

interface Counts {
  readonly passed: number;
  readonly failed: number;
}

export function sumOf(reports: readonly PartReport[]): Counts {
  const counts = reports.map(outcomeIn).map(countsOf);
  return {
    passed: counts.reduce((sum, { passed }) => sum + passed, 0),
    failed: counts.reduce((sum, { failed }) => sum + failed, 0),
  };
}

/** For example "unit: 120 passed, 0 failed (12.3 s)". */
function partLine({ part, result, elapsedMs }: PartReport): string {
  if ('skipped' in result) return `${part.name}: NOT RUN, ${result.skipped}`;
  const seconds = (elapsedMs / 1000).toFixed(1);
  return `${part.name}: ${countsLine(countsOf(result))} (${seconds} s)`;
}

function countsOf({ passed, failures }: Outcome): Counts {
  return { passed, failed: failures.length };
}

function countsLine({ passed, failed }: Counts): string {
  return `${String(passed)} passed, ${String(failed)} failed`;
}

function failuresIn(report: PartReport): readonly (readonly string[])[] {
  return outcomeIn(report).failures.map((own) => linesOf(`✗ ${report.part.name}`, own));
}

function retriedIn(report: PartReport): readonly (readonly string[])[] {
  const head = `passed at the second try: ${report.part.name}`;
  return outcomeIn(report).retried.map((own) => linesOf(head, own));
}

function outcomeIn({ result }: PartReport): Outcome {
  return 'skipped' in result ? { passed: 0, failures: [], retried: [] } : result;
}
