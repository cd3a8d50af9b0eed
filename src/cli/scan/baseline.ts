/** `--baseline` and `--write-baseline`. */

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type BaselineEntry, parseBaseline, splitByBaseline } from '../../core/engine/baseline';
import type { ReportedFinding } from '../../core/engine/result';
import { plural } from '../../core/report/scanReport';
import { reasonOf } from '../../platform/readSource';
import { CommandFailure } from '../exit';

export interface BaselineUse {
  readonly entries: readonly BaselineEntry[];
  /** As the user wrote it. */
  readonly file: string;
}

export async function readBaseline(file: string, cwd: string): Promise<BaselineUse> {
  const text = await readFile(resolve(cwd, file), 'utf8').catch((cause: unknown) => {
    throw new CommandFailure(
      `The baseline ${file} could not be read: ${reasonOf(cause)}. Write one with --write-baseline ${file}.`,
    );
  });
  const entries = parseBaseline(text);
  if (!entries.ok) {
    throw new CommandFailure(`The baseline ${file} ${entries.error}.`);
  }
  return { entries: entries.value, file };
}

/**
 * What is new, and sentences about the rest. An entry counts as stale when its file was scanned or
 * is gone; the others are none of this run's business.
 */
export function applyBaseline(
  findings: readonly ReportedFinding[],
  { entries, file }: BaselineUse,
  scanned: { readonly paths: ReadonlySet<string>; readonly cwd: string },
): { readonly findings: readonly ReportedFinding[]; readonly notes: readonly string[] } {
  const { fresh, known, stale } = splitByBaseline(findings, entries);
  const own = stale.filter(
    ({ path }) => scanned.paths.has(path) || !existsSync(resolve(scanned.cwd, path)),
  );
  return {
    findings: fresh,
    notes: [
      ...(known.length > 0 ? [`${plural(known.length, 'finding')} known from ${file}.`] : []),
      ...(own.length > 0 ? [`No longer found; --write-baseline ${file} drops them:`] : []),
      ...own.map(({ rule, path }) => `  ${rule} ${path}`),
    ],
  };
}
