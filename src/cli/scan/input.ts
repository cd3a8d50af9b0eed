/** What a scan reads: the files asked for, and all that is needed to understand them. */

import type { ScanArguments } from './arguments';
import { type Collection, type FoundFile, readFiles } from './collect';
import { findContext } from './context';
import type { ScanHost } from './host';
import { readStandardInput } from './standardInput';

export interface ScanInput {
  /** All that was asked for; the rest of what is read helps to understand them. */
  readonly files: readonly FoundFile[];
  readonly context: readonly FoundFile[];
  /** All of both, in the order of their paths. */
  readonly read: Collection;
}

export async function readInput(
  files: readonly FoundFile[],
  args: ScanArguments,
  { cwd, terminal: { progress } }: ScanHost,
): Promise<ScanInput> {
  if (args.stdin !== true) {
    const own = await readFiles(files, progress);
    const context = await findContext(files, cwd);
    const rest = await readFiles(context, progress);
    return { files, context, read: { ...own, sources: together(own, rest) } };
  }
  const { file, read } = await readStandardInput(args.stdinFilename ?? 'stdin.py', cwd);
  const context = args.stdinFilename === undefined ? [] : await findContext([file], cwd);
  const rest = await readFiles(context, progress);
  return { files: [file], context, read: { ...read, sources: together(read, rest) } };
}

/** In one order, whatever was named: then what is known from another scan of them counts. */
function together(own: Collection, context: Collection): Collection['sources'] {
  return [...own.sources, ...context.sources].sort((a, b) => (a.path < b.path ? -1 : 1));
}
