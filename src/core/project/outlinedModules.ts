/** The modules of a project as far as their outlines and imports tell. */

import { importedPaths } from './moduleImports';
import { ModulePaths } from './modulePaths';
import type { ModuleSketch, ModuleSource, Sketches } from './sketch';

/** A module with the modules it imports. */
export interface OutlinedModule extends ModuleSketch {
  /** Paths of files, and of the `__init__.py` that folders without one would have. */
  readonly imports: ReadonlySet<string>;
}

/** By path. */
export type OutlinedModules = ReadonlyMap<string, OutlinedModule>;

/** Outlines modules on demand, each text once as long as the project has the same files. */
export class ModuleReader {
  readonly sketches: Sketches;
  readonly #known = new Map<string, OutlinedModule>();
  #paths = new ModulePaths([]);

  constructor(sketches: Sketches) {
    this.sketches = sketches;
  }

  /** Answers which file an import means. */
  get paths(): ModulePaths {
    return this.#paths;
  }

  /** Says which files there are; answers whether they are the same as before. */
  setPaths(paths: readonly string[]): boolean {
    const isSame = this.#paths.hasExactly(paths);
    if (!isSame) {
      this.#paths = new ModulePaths(paths);
      this.#known.clear();
    }
    return isSame;
  }

  read(source: ModuleSource): OutlinedModule {
    const sketch = this.sketches.of(source);
    const known = this.#known.get(source.path);
    if (known?.source === sketch.source) {
      return known;
    }
    const imports = importedPaths({ ...source, outline: sketch.outline }, this.#paths);
    const module = { ...sketch, imports };
    this.#known.set(source.path, module);
    return module;
  }
}
