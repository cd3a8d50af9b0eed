import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

const rootMarks = ['bn-guard.toml', 'pyproject.toml', 'setup.py', 'setup.cfg', '.git', '.hg'];

/** The nearest folder at or above `folder` that looks like the top of a Python project. */
export function findProjectRoot(folder: string): string | undefined {
  if (rootMarks.some((mark) => existsSync(join(folder, mark)))) {
    return folder;
  }
  const parent = dirname(folder);
  return parent === folder ? undefined : findProjectRoot(parent);
}
