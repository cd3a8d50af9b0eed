// What the suite in the extension host tells the process that started it, through a file.
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

/** Name of the environment variable that holds the path of the report. */
export const reportVariable = 'BN_GUARD_SUITE_REPORT';

export interface SuiteReport {
  /** For example "VS Code 1.139.1, web". */
  readonly host: string;
  readonly tests: readonly SuiteTest[];
}

export interface SuiteTest {
  readonly title: string;
  /** Absent when the test passed. */
  readonly error?: string;
}

/** Where the suite writes what it knows so far, before its report is whole. */
export function partFileOf(file: string): string {
  return `${file}.part`;
}

/** Waits for the report; the suite writes it once, whole, at its end. */
export async function awaitReport(file: string, timeoutMs: number): Promise<SuiteReport> {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    const text = await readFile(file, 'utf8').catch(() => undefined);
    // Our own suite wrote the file, in this version.
    if (text !== undefined) return JSON.parse(text) as SuiteReport;
    await delay(200);
  }
  const soFar = await readFile(partFileOf(file), 'utf8').catch(() => 'nothing');
  throw new Error(`No report within ${String(timeoutMs / 1000)} s; so far: ${soFar}`);
}
