/** Finding and reading configuration files. */

import { TomlError, parse } from 'smol-toml';
import type { ConfigProblem, ConfigTable } from '../core/base/configTable';
import type { FileSystem } from './fileSystem';

/** The files that decide for one folder: the nearest, then what it extends. */
export interface ConfigChain {
  readonly tables: readonly ConfigTable[];
  readonly problems: readonly ConfigProblem[];
}

const emptyChain: ConfigChain = { tables: [], problems: [] };
const ownFile = 'bn-guard.toml';
const sharedFile = 'pyproject.toml';
/** Larger files are no configuration. */
const byteLimit = 16 * 1024 * 1024;

/** Whether a file of this name can hold configuration. */
export function isConfigName(path: string): boolean {
  return [ownFile, sharedFile].some((name) => path === name || path.endsWith(`/${name}`));
}

/** Reads each file once; whoever wants to read anew makes another. */
export class ConfigFiles {
  readonly #files: FileSystem;
  readonly #byFolder = new Map<string, Promise<ConfigChain>>();

  constructor(files: FileSystem) {
    this.#files = files;
  }

  /** The nearest configuration at or above the folder. */
  for(folder: string): Promise<ConfigChain> {
    const known = this.#byFolder.get(folder) ?? this.#find(folder);
    this.#byFolder.set(folder, known);
    return known;
  }

  async #find(folder: string): Promise<ConfigChain> {
    for (const name of [ownFile, sharedFile]) {
      const file = this.#files.path.join(folder, name);
      const chain = await readChain(this.#files, file, { isOptional: true });
      if (chain !== undefined) {
        return chain;
      }
    }
    const parent = this.#files.path.dirname(folder);
    return parent === folder ? emptyChain : this.for(parent);
  }
}

/** The file and what it extends; a file that is not there is a problem of the chain. */
export async function readConfigFile(files: FileSystem, file: string): Promise<ConfigChain> {
  return (await readChain(files, file, { isOptional: false })) ?? emptyChain;
}

interface ReadOptions {
  /** Whether it is fine that the file is missing, or is a `pyproject.toml` without our table. */
  readonly isOptional: boolean;
  /** Files that led here. */
  readonly seen?: readonly string[];
}

async function readChain(
  files: FileSystem,
  file: string,
  { isOptional, seen = [] }: ReadOptions,
): Promise<ConfigChain | undefined> {
  const read = await files.read(file, byteLimit);
  if (!read.ok) {
    const { kind, reason } = read.error;
    const isAbsent = isOptional && (kind === 'missing' || (await isFolder(files, file)));
    return isAbsent ? undefined : failed(file, `It could not be read: ${reason}`);
  }
  const text = new TextDecoder().decode(read.value);
  try {
    const entries = ownTable(file, parse(text));
    if (entries === undefined) {
      return isOptional ? undefined : failed(file, 'It has no table [tool.bn-guard]');
    }
    return await withBase(files, tableOf(files, file, text, entries), { file, seen });
  } catch (cause) {
    if (!(cause instanceof TomlError)) {
      throw cause;
    }
    return failed(file, firstLine(cause.message), cause.line);
  }
}

async function withBase(
  files: FileSystem,
  table: ConfigTable,
  { file, seen }: { readonly file: string; readonly seen: readonly string[] },
): Promise<ConfigChain> {
  const base = table.entries['extends'];
  if (typeof base !== 'string') {
    return { tables: [table], problems: [] };
  }
  const { dirname, resolve } = files.path;
  const target = resolve(dirname(file), base);
  if (target === file || seen.includes(target)) {
    const message = `'extends' leads back to ${base}; break the circle`;
    const line = table.lineOf('extends');
    return { tables: [table], problems: [{ file, line, message }] };
  }
  const chain = await readChain(files, target, { isOptional: false, seen: [...seen, file] });
  return { tables: [table, ...(chain?.tables ?? [])], problems: chain?.problems ?? [] };
}

function tableOf(
  { path: { dirname, sep } }: FileSystem,
  file: string,
  text: string,
  entries: Record<string, unknown>,
): ConfigTable {
  const lines = text.split('\n');
  return {
    file,
    folder: dirname(file).split(sep).join('/'),
    entries,
    lineOf(key) {
      const index = lines.findIndex((line) => line.includes(key) && !/^\s*#/.test(line));
      return index === -1 ? undefined : index + 1;
    },
  };
}

function ownTable(file: string, document: unknown): Record<string, unknown> | undefined {
  if (!isConfigShared(file)) {
    return isRecord(document) ? document : undefined;
  }
  const tool = isRecord(document) ? document['tool'] : undefined;
  const table = isRecord(tool) ? tool['bn-guard'] : undefined;
  return isRecord(table) ? table : undefined;
}

function isConfigShared(file: string): boolean {
  return file.endsWith(sharedFile);
}

function failed(file: string, message: string, line?: number): ConfigChain {
  return { tables: [], problems: [{ file, line, message }] };
}

/** The library adds a drawing of the place below its message. */
function firstLine(message: string): string {
  const [first = message] = message.split('\n');
  return `It is not valid TOML: ${first.replace(/^Invalid TOML document: /, '')}`;
}

async function isFolder(files: FileSystem, path: string): Promise<boolean> {
  return (await files.stat(path))?.kind === 'folder';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
