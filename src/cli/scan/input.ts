/** What a scan reads: the files asked for, and all that is needed to understand them. */

import { isInShard } from '../../core/engine/shard';
import type { ScanArguments } from './arguments';
import { type Collection, type FoundFile, readFiles } from './collect';
import { findContext } from './context';
import type { ScanHost } from './host';
import { readStandardInput } from './standardInput';

export interface ScanInput {
  /** All that was asked for. */
  readonly asked: readonly FoundFile[];
  /** Findings in these are reported; a shard's share, and all that was asked for otherwise. */
  readonly files: readonly FoundFile[];
  readonly read: Collection;
}

export async function readInput(
  files: readonly FoundFile[],
  args: ScanArguments,
  { cwd, terminal: { progress } }: ScanHost,
): Promise<ScanInput> {
  if (args.stdin !== true) {
    const own = await readFiles(files, progress);
    const context = await readFiles(await findContext(files, cwd), progress);
    const { shard } = args;
    const share = shard ? files.filter(({ path }) => isInShard(path, shard)) : files;
    return {
      asked: files,
      files: share,
      read: { ...own, sources: [...own.sources, ...context.sources] },
    };
  }
  const { file, read } = await readStandardInput(args.stdinFilename ?? 'stdin.py', cwd);
  const context = args.stdinFilename === undefined ? [] : await findContext([file], cwd);
  const rest = await readFiles(context, progress);
  return {
    asked: [file],
    files: [file],
    read: { ...read, sources: [...read.sources, ...rest.sources] },
  };
}
