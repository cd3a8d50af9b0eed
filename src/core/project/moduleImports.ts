/** From the import statements of a module to the files of the project that they mean. */

import type { ModuleOutline } from '../python/outline';
import type { OutlinedImport } from '../python/outlinedImports';
import type { ModulePaths } from './modulePaths';

interface Importer {
  readonly path: string;
  readonly text: string;
  readonly outline: ModuleOutline;
}

/** Every file that running the module can look into because of its imports, itself left out. */
export function importedPaths(importer: Importer, paths: ModulePaths): ReadonlySet<string> {
  const found = new Set<string>();
  for (const statement of importer.outline.imports) {
    for (const target of targetsOf(statement, importer, paths)) {
      found.add(target);
      if (isPackage(target)) {
        addSubmodules(target, statement, { importer, paths, found });
      }
    }
  }
  found.delete(importer.path);
  return found;
}

/** `import a.b` means `a` and `a.b`; `from a import b` means `a`, and `a.b` where there is one. */
function* targetsOf(
  { module, level, members }: OutlinedImport,
  { path, outline }: Importer,
  paths: ModulePaths,
): Iterable<string> {
  const parts = module.split('.');
  const names =
    members === undefined
      ? parts.map((_, index) => parts.slice(0, index + 1).join('.'))
      : [module, ...members.map((member) => (module === '' ? member : `${module}.${member}`))];
  for (const name of names) {
    const target = paths.resolve({ name, level, searched: outline.searchFolders }, path);
    if (target !== undefined) {
      yield target;
    }
  }
}

function isPackage(path: string): boolean {
  return path.endsWith('/__init__.py') || path === '__init__.py';
}

interface Search {
  readonly importer: Importer;
  readonly paths: ModulePaths;
  readonly found: Set<string>;
}

/** After `import a`, the code may say `a.b.f()` without importing `a.b`. */
function addSubmodules(
  packagePath: string,
  { binds }: OutlinedImport,
  { importer, paths, found }: Search,
): void {
  for (const name of binds) {
    for (const [, chain = ''] of importer.text.matchAll(
      new RegExp(`\\b${name}((?:\\.\\w+)+)`, 'g'),
    )) {
      addChain(packagePath, chain.slice(1).split('.'), { paths, found });
    }
  }
}

function addChain(
  packagePath: string,
  parts: readonly string[],
  { paths, found }: Pick<Search, 'paths' | 'found'>,
): void {
  let at: string | undefined = packagePath;
  for (const part of parts) {
    at = isPackage(at) ? paths.resolve({ name: part, level: 1 }, at) : undefined;
    if (at === undefined) {
      return;
    }
    found.add(at);
  }
}
