/** Finding the Python files and notebooks of a folder. */

import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { Dirent } from 'node:fs';
import ignore, { type Ignore } from 'ignore';
import { type IgnoreStack, ignoreStackAt, isIgnored, withFolder } from './gitignore';

export interface FindOptions {
  /** Patterns as in `.gitignore`, relative to `root`. */
  readonly exclude?: readonly string[];
  /** Where `exclude` counts from. */
  readonly root: string;
  /** How many levels of folders to go down; absent means all. */
  readonly depth?: number;
  readonly signal?: AbortSignal;
}

/** Folders that hold other people's code or none. */
const foreignFolders: ReadonlySet<string> = new Set([
  ...['.git', '.hg', '.svn', '.tox', '.nox', '.venv', 'venv', '.direnv', '.eggs', '.pixi'],
  ...['node_modules', 'site-packages', 'dist-packages', '__pycache__', '__pypackages__'],
  ...['.mypy_cache', '.pytest_cache', '.ruff_cache', '.ipynb_checkpoints'],
]);
/** A folder with one of these is a virtual environment, whatever its name. */
const environmentMarks: ReadonlySet<string> = new Set(['pyvenv.cfg', 'conda-meta']);

/** Whether a file of this name is analysed when a folder is walked. */
export function isSourceName(name: string): boolean {
  return /\.(?:py|ipynb)$/i.test(name);
}

/** Whether the path leads through a folder that is never walked. */
export function isForeign(path: string): boolean {
  return path
    .split(/[\\/]/)
    .slice(0, -1)
    .some((name) => foreignFolders.has(name));
}

/**
 * Every Python file and notebook below `folder`, in a stable order. Links are not followed, so the
 * walk ends. A folder that may not be read comes itself, so that whoever reads it hears why.
 */
export async function* findSources(folder: string, options: FindOptions): AsyncGenerator<string> {
  const excluded = ignore().add([...(options.exclude ?? [])]);
  const stack = await ignoreStackAt(folder);
  // A folder that the user names is meant, even when git ignores it.
  const named = isIgnored(stack, folder, 'folder') ? [] : stack;
  yield* walk(folder, named, { ...options, excluded });
}

/** Whether the user excluded this path; paths outside the root never are. */
export function matcherFor(exclude: readonly string[], root: string): (path: string) => boolean {
  const patterns = ignore().add([...exclude]);
  return (path) => isExcluded(patterns, root, path);
}

type Walk = FindOptions & { readonly excluded: Ignore };

async function* walk(folder: string, stack: IgnoreStack, walking: Walk): AsyncGenerator<string> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((): undefined => undefined);
  if (entries === undefined) {
    yield folder;
    return;
  }
  if (entries.some((entry) => environmentMarks.has(entry.name))) {
    return;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    walking.signal?.throwIfAborted();
    yield* visit(entry, join(folder, entry.name), { stack, walking });
  }
}

async function* visit(
  entry: Dirent,
  path: string,
  { stack, walking }: { readonly stack: IgnoreStack; readonly walking: Walk },
): AsyncGenerator<string> {
  if (entry.isDirectory()) {
    const skipped =
      foreignFolders.has(entry.name) ||
      isIgnored(stack, path, 'folder') ||
      isExcluded(walking.excluded, walking.root, `${path}${sep}`);
    if (!skipped && walking.depth !== 0) {
      const below = walking.depth === undefined ? {} : { depth: walking.depth - 1 };
      yield* walk(path, await withFolder(stack, path), { ...walking, ...below });
    }
  } else if (entry.isFile() && isSourceName(entry.name)) {
    if (!isIgnored(stack, path, 'file') && !isExcluded(walking.excluded, walking.root, path)) {
      yield path;
    }
  }
}

function isExcluded(patterns: Ignore, root: string, path: string): boolean {
  const below = relative(root, path).split(sep).join('/');
  const named = path.endsWith(sep) ? `${below}/` : below;
  return below !== '' && !below.startsWith('..') && patterns.ignores(named);
}
