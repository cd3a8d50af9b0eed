/** Finding the Python files and notebooks of a folder. */

import ignore, { type Ignore } from 'ignore';
import type { FileEntry, FileSystem } from './fileSystem';
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
export async function* findSources(
  files: FileSystem,
  folder: string,
  options: FindOptions,
): AsyncGenerator<string> {
  const excluded = ignore().add([...(options.exclude ?? [])]);
  const stack = await ignoreStackAt(files, folder);
  // A folder that the user names is meant, even when git ignores it.
  const named = isIgnored(files, stack, folder, 'folder') ? [] : stack;
  yield* walk(folder, named, { ...options, files, excluded });
}

/** Whether the user excluded this path; paths outside the root never are. */
export function matcherFor(
  files: FileSystem,
  exclude: readonly string[],
  root: string,
): (path: string) => boolean {
  const excluded = ignore().add([...exclude]);
  return (path) => isExcluded({ files, excluded, root }, path);
}

interface Exclusion {
  readonly files: FileSystem;
  readonly excluded: Ignore;
  readonly root: string;
}

type Walk = FindOptions & Exclusion;

async function* walk(folder: string, stack: IgnoreStack, walking: Walk): AsyncGenerator<string> {
  const entries = await walking.files.list(folder);
  if (entries === undefined) {
    yield folder;
    return;
  }
  if (entries.some((entry) => environmentMarks.has(entry.name))) {
    return;
  }
  const isSpoken = entries.some(({ name }) => name === '.gitignore');
  const own = isSpoken ? await withFolder(walking.files, stack, folder) : stack;
  for (const entry of [...entries].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    walking.signal?.throwIfAborted();
    const path = walking.files.path.join(folder, entry.name);
    yield* visit(entry, path, { stack: own, walking });
  }
}

async function* visit(
  entry: FileEntry,
  path: string,
  { stack, walking }: { readonly stack: IgnoreStack; readonly walking: Walk },
): AsyncGenerator<string> {
  const { files, depth } = walking;
  if (entry.kind === 'folder') {
    const skipped =
      foreignFolders.has(entry.name) ||
      isIgnored(files, stack, path, 'folder') ||
      isExcluded(walking, `${path}${files.path.sep}`);
    if (!skipped && depth !== 0) {
      const below = depth === undefined ? {} : { depth: depth - 1 };
      yield* walk(path, stack, { ...walking, ...below });
    }
  } else if (entry.kind === 'file' && isSourceName(entry.name)) {
    if (!isIgnored(files, stack, path, 'file') && !isExcluded(walking, path)) {
      yield path;
    }
  }
}

function isExcluded({ files, excluded, root }: Exclusion, path: string): boolean {
  const { relative, sep } = files.path;
  const below = relative(root, path).split(sep).join('/');
  const named = path.endsWith(sep) ? `${below}/` : below;
  return below !== '' && !below.startsWith('..') && excluded.ignores(named);
}
