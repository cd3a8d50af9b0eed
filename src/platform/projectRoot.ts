import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

const rootMarks = ['bn-guard.toml', 'pyproject.toml', 'setup.py', 'setup.cfg', '.git', '.hg'];

/** Answers for folders, each looked at once. */
export type KnownRoots = Map<string, string | undefined>;

/**
 * The nearest folder at or above `folder` that looks like the top of a Python project.
 *
 * @param known for whoever asks about many folders at a time
 */
export function findProjectRoot(folder: string, known: KnownRoots = new Map()): string | undefined {
  if (!known.has(folder)) {
    const parent = dirname(folder);
    const isRoot = rootMarks.some((mark) => existsSync(join(folder, mark)));
    const above = parent === folder ? undefined : parent;
    known.set(folder, isRoot ? folder : above && findProjectRoot(above, known));
  }
  return known.get(folder);
}
