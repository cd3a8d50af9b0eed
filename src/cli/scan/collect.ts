/** From the paths on the command line to the sources of a project. */

import { access, constants, stat } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import type { SourceFile } from '../../core/engine/result';
import type { AnalysisProblem } from '../../core/engine/result';
import { findSources, matcherFor } from '../../files/findSources';
import type { TextEncoding } from '../../files/pythonEncoding';
import { readSource } from '../../files/readSource';
import { disk } from '../../platform/disk';
import { CommandFailure } from '../exit';
import type { Progress } from '../progress';

/** A file to analyse. */
export interface FoundFile {
  readonly file: string;
  /** Relative to the working directory, with `/`. */
  readonly path: string;
  /** Whether the user named this very file. */
  readonly isNamed: boolean;
}

export interface ReadFile extends SourceFile {
  readonly file: string;
  readonly encoding: TextEncoding;
}

export interface Collection {
  readonly sources: readonly ReadFile[];
  readonly problems: readonly AnalysisProblem[];
}

const readersAtOnce = 16;

/** Sorted by path, each file once. Fails for a path that does not exist. */
export async function findFiles(
  paths: readonly string[],
  { cwd, exclude = [] }: { readonly cwd: string; readonly exclude?: readonly string[] },
): Promise<readonly FoundFile[]> {
  const found = new Map<string, FoundFile>();
  const add = (file: string, kind: 'named' | 'walked'): void => {
    const isNamed = kind === 'named' || found.get(file)?.isNamed === true;
    found.set(file, { file, path: projectPath(cwd, file), isNamed });
  };
  const isExcluded = matcherFor(disk, exclude, cwd);
  for (const path of paths) {
    const target = resolve(cwd, path);
    if (await isFolder(target, path)) {
      for await (const file of findSources(disk, target, { root: cwd, exclude })) {
        add(file, 'walked');
      }
    } else if (!isExcluded(target)) {
      add(target, 'named');
    }
  }
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Reads a few files at a time, in the order given. */
export async function readFiles(
  files: readonly FoundFile[],
  progress: Progress,
): Promise<Collection> {
  const sources: ReadFile[] = [];
  const problems: AnalysisProblem[] = [];
  for (let start = 0; start < files.length; start += readersAtOnce) {
    progress.update('reading', start, files.length);
    const batch = files.slice(start, start + readersAtOnce);
    const read = await Promise.all(batch.map(({ file, path }) => readSource(disk, file, path)));
    read.forEach((result, index) => {
      const { file = '', path = '' } = batch[index] ?? {};
      if (result.ok) {
        sources.push({ file, path, ...result.value });
      } else {
        problems.push({ path, ...result.error, range: undefined });
      }
    });
  }
  return { sources, problems };
}

/** How the project and every report call a file. */
export function projectPath(cwd: string, file: string): string {
  return relative(cwd, file).split(sep).join('/');
}

async function isFolder(target: string, path: string): Promise<boolean> {
  try {
    const isDirectory = (await stat(target)).isDirectory();
    await access(target, isDirectory ? constants.R_OK | constants.X_OK : constants.F_OK);
    return isDirectory;
  } catch {
    // Whatever the reason, there is nothing to read, and the user must know before a green run.
    throw new CommandFailure(`'${path}' does not exist or cannot be read. Check the path.`);
  }
}
