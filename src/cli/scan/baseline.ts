/** `--baseline` and `--write-baseline`. */

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import {
  type BaselineEntry,
  parseBaseline,
  printBaseline,
  splitByBaseline,
} from '../../core/engine/baseline';
import { plural } from '../../core/report/scanReport';
import { reasonOf } from '../../platform/disk';
import { CommandFailure, type ExitCode } from '../exit';
import { writeOutput } from '../output';
import type { Terminal } from '../terminal';
import { projectPath } from './collect';

export interface BaselineUse {
  /** Paths count from the working directory here, and from the file's own folder in the file. */
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
  const folder = dirname(resolve(cwd, file));
  return { entries: entries.value.map((own) => moved(own, folder, cwd)), file };
}

/** Accepts these findings from now on. */
export async function writeBaseline(
  findings: readonly BaselineEntry[],
  file: string,
  { cwd, terminal }: { readonly cwd: string; readonly terminal: Terminal },
): Promise<ExitCode> {
  const target = resolve(cwd, file);
  const entries = findings.map((own) => moved(own, cwd, dirname(target)));
  await writeOutput(target, printBaseline(entries));
  terminal.note(`Wrote ${plural(findings.length, 'finding')} to ${file}.`);
  return 0;
}

/** The entry with its path, which counts from one folder, counted from another. */
function moved(
  { path, rule, fingerprint }: BaselineEntry,
  from: string,
  to: string,
): BaselineEntry {
  return { path: projectPath(to, resolve(from, path)), rule, fingerprint };
}

/**
 * What is new, and sentences about the rest. An entry counts as stale when its file was scanned or
 * is gone; the others are none of this run's business.
 */
export function applyBaseline<F extends BaselineEntry>(
  findings: readonly F[],
  { entries, file }: BaselineUse,
  scanned: { isScanned(path: string): boolean; readonly cwd: string },
): { readonly findings: readonly F[]; readonly notes: readonly string[] } {
  const { fresh, known, stale } = splitByBaseline(findings, entries);
  const own = stale.filter(
    ({ path }) => scanned.isScanned(path) || !existsSync(resolve(scanned.cwd, path)),
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
