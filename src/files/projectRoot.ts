import type { FileSystem } from './fileSystem';

const rootMarks = ['bn-guard.toml', 'pyproject.toml', 'setup.py', 'setup.cfg', '.git', '.hg'];

/** Answers for folders, each looked at once. */
export type KnownRoots = Map<string, Promise<string | undefined>>;

/**
 * The nearest folder at or above `folder` that looks like the top of a Python project.
 *
 * @param known for whoever asks about many folders at a time
 */
export function findProjectRoot(
  files: FileSystem,
  folder: string,
  known: KnownRoots = new Map(),
): Promise<string | undefined> {
  const found = known.get(folder) ?? lookFor(files, folder, known);
  known.set(folder, found);
  return found;
}

async function lookFor(
  files: FileSystem,
  folder: string,
  known: KnownRoots,
): Promise<string | undefined> {
  const names = new Set((await files.list(folder))?.map(({ name }) => name));
  if (rootMarks.some((mark) => names.has(mark))) {
    return folder;
  }
  const parent = files.path.dirname(folder);
  return parent === folder ? undefined : findProjectRoot(files, parent, known);
}
