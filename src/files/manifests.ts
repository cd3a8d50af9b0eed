/** Finding and reading the files that name the packages a project needs. */

import type { FileSystem } from './fileSystem';
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
const byteLimit = 16 * 1024 * 1024;

/** Whether a file with this path can name packages. */
export function isManifest(file: string): boolean {
  const [folder, name = ''] = ['', ...file.split(/[\\/]/)].slice(-2);
  const isInFolder = folder === requirementsFolder && /\.(?:txt|in)$/i.test(name);
  return isInFolder || manifestName.test(name);
}

/**
 * The manifests in these folders and in those above them, up to the repository, the project or
 * `top`, whichever is highest. In the order of their paths.
 */
export async function readManifests(
  files: FileSystem,
  folders: Iterable<string>,
  top: string,
): Promise<readonly FoundManifest[]> {
  const known: KnownFolders = { roots: new Map(), names: new Map() };
  const looked = new Set<string>();
  for (const folder of new Set(folders)) {
    (await foldersUpTo(files, folder, { top, known })).forEach((own) => looked.add(own));
  }
  const found: string[] = [];
  for (const folder of looked) {
    found.push(...(await manifestsIn(files, folder, known)));
  }
  const sorted = [...new Set(found)].sort();
  const read = await Promise.all(sorted.map((file) => readManifest(files, file)));
  return read.filter((manifest) => manifest !== undefined);
}

/** Folders are listed once. */
interface KnownFolders {
  readonly roots: KnownRoots;
  readonly names: Map<string, Promise<readonly string[]>>;
}

async function foldersUpTo(
  files: FileSystem,
  folder: string,
  { top, known }: { readonly top: string; readonly known: KnownFolders },
): Promise<readonly string[]> {
  const above = ancestorsOf(files, folder);
  const root = await findProjectRoot(files, folder, known.roots);
  const ends = [top, root, await repositoryAmong(files, above, known), folder];
  return above.slice(0, Math.max(...ends.map((end) => above.indexOf(end ?? ''))) + 1);
}

async function repositoryAmong(
  files: FileSystem,
  folders: readonly string[],
  known: KnownFolders,
): Promise<string | undefined> {
  for (const folder of folders) {
    if ((await namesIn(files, folder, known)).includes('.git')) {
      return folder;
    }
  }
  return undefined;
}

/** The folder itself first. */
function ancestorsOf(files: FileSystem, folder: string): readonly string[] {
  const parent = files.path.dirname(folder);
  return parent === folder ? [folder] : [folder, ...ancestorsOf(files, parent)];
}

async function manifestsIn(
  files: FileSystem,
  folder: string,
  known: KnownFolders,
): Promise<readonly string[]> {
  const { join } = files.path;
  const names = await namesIn(files, folder, known);
  const requirements = join(folder, requirementsFolder);
  const below = names.includes(requirementsFolder)
    ? (await namesIn(files, requirements, known)).map((name) => join(requirements, name))
    : [];
  return [...names.map((name) => join(folder, name)), ...below].filter(isManifest);
}

function namesIn(
  files: FileSystem,
  folder: string,
  { names }: KnownFolders,
): Promise<readonly string[]> {
  // A folder that may not be read says nothing about versions.
  const listed =
    names.get(folder) ?? files.list(folder).then((all) => all?.map(({ name }) => name) ?? []);
  names.set(folder, listed);
  return listed;
}

async function readManifest(files: FileSystem, file: string): Promise<FoundManifest | undefined> {
  // The same: what cannot be read says nothing.
  const read = await files.read(file, byteLimit);
  return read.ok ? { file, text: decode(read.value) } : undefined;
}

/** `pip freeze > requirements.txt` in PowerShell writes UTF-16. */
function decode(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const isUtf16 = first === 0xff && second === 0xfe;
  return new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(bytes);
}
