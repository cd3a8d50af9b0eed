/** Which file of the project an import means. */

import { isPlainPackage } from '../frameworks/packages';

/** What an import statement names. */
export interface ImportedName {
  /** Dotted. */
  readonly name: string;
  /** Leading dots; 0 for an absolute import. */
  readonly level: number;
  /** Folders that the file adds to `sys.path`, relative to its own or to one above. */
  readonly searched?: readonly string[];
}

/** The files of a project, asked by the names that imports use. */
export class ModulePaths {
  readonly #files: ReadonlySet<string>;
  readonly #folders = new Set<string>();
  /** Names that an absolute import can begin with. */
  readonly #firstNames = new Set<string>();

  /** @param paths relative to the project's root, with `/` */
  constructor(paths: Iterable<string>) {
    this.#files = new Set(paths);
    for (const path of this.#files) {
      this.#firstNames.add(nameOf(path).replace(/\.py$/, ''));
      this.#addFolder(folderOf(path));
    }
  }

  /** Whether the project has this very file. */
  has(path: string): boolean {
    return this.#files.has(path);
  }

  /** Whether it has these files and no others. */
  hasExactly(paths: readonly string[]): boolean {
    return paths.length === this.#files.size && paths.every((path) => this.#files.has(path));
  }

  /**
   * The file that `import name` in `fromPath` means.
   *
   * Absolute names are looked for beside the importing file first, as when it runs as a script,
   * then in the folders above it and in their `src`, last in what the file adds to `sys.path`.
   *
   * @returns the file's path, or that of the `__init__.py` a folder without one would have
   */
  resolve({ name, level, searched = [] }: ImportedName, fromPath: string): string | undefined {
    const parts = name === '' ? [] : name.split('.');
    if (level > 0) {
      let base = folderOf(fromPath);
      for (let up = 1; up < level; up++) {
        base = folderOf(base);
      }
      return this.#below(base, parts);
    }
    if (!this.#firstNames.has(parts[0] ?? '')) {
      return undefined;
    }
    const bases = basesOf(fromPath);
    const usual = bases.flatMap((base) => [base, join(base, 'src')]);
    const added = bases.flatMap((base) => searched.flatMap((own) => within(base, own) ?? []));
    for (const base of [...usual, ...added]) {
      const found = this.#topBelow(base, parts);
      if (found !== undefined && found !== fromPath) {
        return found;
      }
    }
    return undefined;
  }

  /** A folder is a package of its own, but hides no installed one unless it has an `__init__.py`. */
  #topBelow(base: string, parts: readonly string[]): string | undefined {
    const [top = ''] = parts;
    const path = join(base, top);
    const isHidden =
      isPlainPackage(top) && !this.has(`${path}.py`) && !this.has(`${path}/__init__.py`);
    return isHidden ? undefined : this.#below(base, parts);
  }

  #addFolder(folder: string): void {
    if (folder !== '' && !this.#folders.has(folder)) {
      this.#folders.add(folder);
      this.#firstNames.add(nameOf(folder));
      this.#addFolder(folderOf(folder));
    }
  }

  #below(base: string, parts: readonly string[]): string | undefined {
    const path = [base, ...parts].filter((part) => part !== '').join('/');
    if (parts.length > 0 && this.#files.has(`${path}.py`)) {
      return `${path}.py`;
    }
    const isFolder = this.#folders.has(path) || path === '';
    return isFolder && parts.length > 0 ? `${path}/__init__.py` : this.#packageOf(path, parts);
  }

  /** `from . import x` speaks about the package itself. */
  #packageOf(path: string, parts: readonly string[]): string | undefined {
    return parts.length === 0 ? join(path, '__init__.py') : undefined;
  }
}

function join(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** A folder named from another; `undefined` when it is outside the project. */
function within(base: string, folder: string): string | undefined {
  const parts = base === '' ? [] : base.split('/');
  for (const part of folder.split('/')) {
    if (part !== '..') {
      parts.push(part);
    } else if (parts.pop() === undefined) {
      return undefined;
    }
  }
  return parts.join('/');
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Without the last `/`; empty for a file in the root. */
export function folderOf(path: string): string {
  const end = path.lastIndexOf('/');
  return end < 0 ? '' : path.slice(0, end);
}

function basesOf(path: string): readonly string[] {
  const bases: string[] = [];
  let folder = folderOf(path);
  for (;;) {
    bases.push(folder);
    if (folder === '') {
      return bases;
    }
    folder = folderOf(folder);
  }
}
