/** `.gitignore` files, from the repository's top down to each folder. */

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';

/** The patterns of one folder, which speak about paths below it. */
interface FolderPatterns {
  readonly folder: string;
  readonly patterns: Ignore;
}

/** The patterns that hold in one folder: its own and those of the folders above. */
export type IgnoreStack = readonly FolderPatterns[];

/** What git ignores in `folder`, read from the repository that holds it, if one does. */
export async function ignoreStackAt(folder: string): Promise<IgnoreStack> {
  const top = findRepository(folder);
  if (top === undefined) {
    return withFolder([], folder);
  }
  let stack = await withPatternFile([], top, join(top, '.git', 'info', 'exclude'));
  for (const each of foldersBetween(top, folder)) {
    stack = await withFolder(stack, each);
  }
  return stack;
}

export async function withFolder(stack: IgnoreStack, folder: string): Promise<IgnoreStack> {
  return withPatternFile(stack, folder, join(folder, '.gitignore'));
}

/** The deepest file that speaks about the path decides, as in git. */
export function isIgnored(stack: IgnoreStack, path: string, kind: 'file' | 'folder'): boolean {
  return stack.reduce((ignored, { folder, patterns }) => {
    const below = relative(folder, path).split(sep).join('/');
    if (below === '') {
      return ignored;
    }
    const verdict = patterns.test(kind === 'folder' ? `${below}/` : below);
    return verdict.ignored || (ignored && !verdict.unignored);
  }, false);
}

async function withPatternFile(
  stack: IgnoreStack,
  folder: string,
  file: string,
): Promise<IgnoreStack> {
  // Most folders have no such file; one that cannot be read ignores nothing.
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? stack : [...stack, { folder, patterns: ignore().add(text) }];
}

function findRepository(folder: string): string | undefined {
  if (existsSync(join(folder, '.git'))) {
    return folder;
  }
  const parent = dirname(folder);
  return parent === folder ? undefined : findRepository(parent);
}

function foldersBetween(top: string, folder: string): readonly string[] {
  return folder === top ? [top] : [...foldersBetween(top, dirname(folder)), folder];
}
