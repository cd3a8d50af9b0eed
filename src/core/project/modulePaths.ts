/** Which file of the project an import means. */

/** The files of a project, asked by the names that imports use. */
export class ModulePaths {
  readonly #files: ReadonlySet<string>;
  readonly #folders = new Set<string>();

  /** @param paths relative to the project's root, with `/` */
  constructor(paths: Iterable<string>) {
    this.#files = new Set(paths);
    for (const path of this.#files) {
      for (let folder = folderOf(path); folder !== ''; folder = folderOf(folder)) {
        this.#folders.add(folder);
      }
    }
  }

  /**
   * The file that `import name` in `fromPath` means.
   *
   * Absolute names are looked for beside the importing file first, as when it runs as a script,
   * then in the folders above it and in their `src`.
   *
   * @param level leading dots; 0 for an absolute import
   * @returns the file's path, or that of the `__init__.py` a folder without one would have
   */
  resolve(name: string, level: number, fromPath: string): string | undefined {
    const parts = name === '' ? [] : name.split('.');
    if (level > 0) {
      let base = folderOf(fromPath);
      for (let up = 1; up < level; up++) {
        base = folderOf(base);
      }
      return this.#below(base, parts);
    }
    for (const base of basesOf(fromPath)) {
      const found = this.#below(base, parts) ?? this.#below(join(base, 'src'), parts);
      if (found !== undefined && found !== fromPath) {
        return found;
      }
    }
    return undefined;
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

function folderOf(path: string): string {
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
