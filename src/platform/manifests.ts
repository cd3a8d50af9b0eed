/** Finding and reading the files that name the packages a project needs. */

import { readFile, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { existsSync } from 'node:fs';
import { type KnownRoots, findProjectRoot } from './projectRoot';

export interface FoundManifest {
  /** Absolute. */
  readonly file: string;
  readonly text: string;
}

const manifestName =
  /^(?:[\w.-]*(?:requirements|constraints)[\w.-]*\.(?:txt|in)|(?:environment|conda|env)[\w.-]*\.ya?ml|pyproject\.toml|setup\.(?:py|cfg)|Pipfile(?:\.lock)?|(?:poetry|uv|pdm)\.lock|pylock[\w.-]*\.toml)$/i;
const requirementsFolder = 'requirements';
/** Larger files are no lists of packages. */
const characterLimit = 16 * 1024 * 1024;

/** Whether a file with this path can name packages. */
export function isManifest(file: string): boolean {
  const isInFolder = basename(dirname(file)) === requirementsFolder && /\.(?:txt|in)$/i.test(file);
  return isInFolder || manifestName.test(basename(file));
}

/**
 * The manifests in these folders and in those above them, up to the repository, the project or
 * `top`, whichever is highest. In the order of their paths.
 */
export async function readManifests(
  folders: Iterable<string>,
  top: string,
): Promise<readonly FoundManifest[]> {
  const roots: KnownRoots = new Map();
  const looked = new Set(
    [...new Set(folders)].flatMap((folder) =>
      foldersUpTo(folder, [top, findProjectRoot(folder, roots)]),
    ),
  );
  const files: string[] = [];
  for (const folder of looked) {
    files.push(...(await manifestsIn(folder)));
  }
  const read = await Promise.all([...new Set(files)].sort().map(readManifest));
  return read.filter((manifest) => manifest !== undefined);
}

function foldersUpTo(folder: string, tops: readonly (string | undefined)[]): readonly string[] {
  const above = ancestorsOf(folder);
  const ends = [...tops, repositoryOf(folder), folder];
  return above.slice(0, Math.max(...ends.map((end) => above.indexOf(end ?? ''))) + 1);
}

function repositoryOf(folder: string): string | undefined {
  return ancestorsOf(folder).find((own) => existsSync(join(own, '.git')));
}

/** The folder itself first. */
function ancestorsOf(folder: string): readonly string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...ancestorsOf(parent)];
}

async function manifestsIn(folder: string): Promise<readonly string[]> {
  const names = await namesIn(folder);
  const below = names.includes(requirementsFolder)
    ? (await namesIn(join(folder, requirementsFolder))).map((name) =>
        join(folder, requirementsFolder, name),
      )
    : [];
  return [...names.map((name) => join(folder, name)), ...below].filter(isManifest);
}

async function namesIn(folder: string): Promise<readonly string[]> {
  // A folder that may not be read says nothing about versions.
  return readdir(folder).catch(() => []);
}

async function readManifest(file: string): Promise<FoundManifest | undefined> {
  try {
    const bytes = await readFile(file);
    const text = decode(bytes);
    return bytes.byteLength <= characterLimit ? { file, text } : undefined;
  } catch {
    // The same: what cannot be read says nothing.
    return undefined;
  }
}

/** `pip freeze > requirements.txt` in PowerShell writes UTF-16. */
function decode(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const isUtf16 = first === 0xff && second === 0xfe;
  return new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(bytes);
}
