/** `bn-guard merge-moments`: joins what several runs over parts of the data showed. */

import { readFile } from 'node:fs/promises';
import {
  type MomentsFile,
  joinMoments,
  readMoments,
  writeMoments,
} from '../../core/report/momentsFile';
import { writeAtomically } from '../../platform/writeAtomically';
import { CommandFailure, type ExitCode } from '../exit';
import type { Terminal } from '../terminal';

export interface MergeArguments {
  readonly output: string;
}

export async function mergeMomentFiles(
  paths: readonly string[],
  { output }: MergeArguments,
  terminal: Terminal,
): Promise<ExitCode> {
  let merged: MomentsFile | undefined;
  for (const path of paths) {
    const next = await readMomentsFile(path);
    const joined =
      merged === undefined ? { ok: true as const, value: next } : joinMoments(merged, next);
    if (!joined.ok) {
      throw new CommandFailure(
        `${path} does not belong to ${paths[0] ?? ''}: ${joined.error}. Join parts of one model only.`,
      );
    }
    merged = joined.value;
  }
  if (merged !== undefined) {
    await writeMomentsFile(output, merged);
    const samples = String(merged.input.sampleCount);
    terminal.out(`${output}: ${samples} samples from ${String(paths.length)} files\n`);
  }
  return 0;
}

/** @throws CommandFailure when it cannot be read */
export async function readMomentsFile(path: string): Promise<MomentsFile> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new CommandFailure(`${path} cannot be read (${String(cause)}). Check the path.`);
  });
  const file = readMoments(text);
  if (!file.ok) {
    throw new CommandFailure(`${path}: ${file.error}`);
  }
  return file.value;
}

/** @throws CommandFailure when it cannot be written */
export async function writeMomentsFile(path: string, file: MomentsFile): Promise<void> {
  await writeAtomically(path, Buffer.from(writeMoments(file))).catch((cause: unknown) => {
    throw new CommandFailure(`${path} cannot be written (${String(cause)}). Choose another place.`);
  });
}
