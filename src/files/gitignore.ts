/** `.gitignore` files, from the repository's top down to each folder. */

import ignore, { type Ignore } from 'ignore';
import { type FileSystem, readText } from './fileSystem';

/** The patterns of one folder, which speak about paths below it. */
interface FolderPatterns {
  readonly folder: string;
  readonly patterns: Ignore;
}

/** The patterns that hold in one folder: its own and those of the folders above. */
export type IgnoreStack = readonly FolderPatterns[];

/** What git ignores in `folder`, read from the repository that holds it, if one does. */
export async function ignoreStackAt(files: FileSystem, folder: string): Promise<IgnoreStack> {
  const top = await findRepository(files, folder);
  if (top === undefined) {
    return withFolder(files, [], folder);
  }
  const own = files.path.join(top, '.git', 'info', 'exclude');
  let stack = await withPatternFile(files, [], { folder: top, file: own });
  for (const each of foldersBetween(files, top, folder)) {
    stack = await withFolder(files, stack, each);
  }
  return stack;
}

export async function withFolder(
  files: FileSystem,
  stack: IgnoreStack,
  folder: string,
): Promise<IgnoreStack> {
  return withPatternFile(files, stack, { folder, file: files.path.join(folder, '.gitignore') });
}

/** The deepest file that speaks about the path decides, as in git. */
export function isIgnored(
  { path: { relative, sep } }: FileSystem,
  stack: IgnoreStack,
  path: string,
  kind: 'file' | 'folder',
): boolean {
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
  files: FileSystem,
  stack: IgnoreStack,
  { folder, file }: { readonly folder: string; readonly file: string },
): Promise<IgnoreStack> {
  // Most folders have no such file; one that cannot be read ignores nothing.
  const text = await readText(files, file);
  return text === undefined ? stack : [...stack, { folder, patterns: ignore().add(text) }];
}

async function findRepository(files: FileSystem, folder: string): Promise<string | undefined> {
  if ((await files.stat(files.path.join(folder, '.git'))) !== undefined) {
    return folder;
  }
  const parent = files.path.dirname(folder);
  return parent === folder ? undefined : findRepository(files, parent);
}

function foldersBetween(files: FileSystem, top: string, folder: string): readonly string[] {
  return folder === top
    ? [top]
    : [...foldersBetween(files, top, files.path.dirname(folder)), folder];
}
