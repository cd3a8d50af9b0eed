/** What of a project is worth reading, and which of its modules belong together. */

import { closureOf } from './importGraph';
import { folderOf } from './modulePaths';
import { ModuleReader, type OutlinedModule, type OutlinedModules } from './outlinedModules';
import { Reach, TellingNames, hasTrigger } from './relevance';
import type { ModuleSource, Sketches } from './sketch';
import { Unions } from './unions';

/**
 * Modules that can be analysed without the rest of the project: none of them imports a module
 * outside the part, and no module outside that could matter to a rule imports one of them.
 */
export interface ProjectPart {
  /** Paths of those to run as programs of their own, in the order of the sources. */
  readonly roots: readonly string[];
  /** The roots and all they import, in the order of the sources. */
  readonly sources: readonly ModuleSource[];
  /** Folders that they import as packages and that have no `__init__.py`, by the path it would have. */
  readonly bareFolders: readonly string[];
}

/**
 * Splits a project into parts. Its findings and problems are those of the parts put together,
 * whoever analyses which and in what order; so parts are what threads and shards share out.
 *
 * Code that can lead to no finding is in no part: it names no framework and is imported by nothing
 * that does, or it neither holds a word that a rule begins with nor uses code that does.
 */
export class Planner {
  readonly #reader: ModuleReader;

  constructor(sketches: Sketches) {
    this.#reader = new ModuleReader(sketches);
  }

  /** @param sources all there are, in the order in which their modules shall run */
  plan(sources: readonly ModuleSource[]): readonly ProjectPart[] {
    const modules = this.#read(sources);
    const roots = this.#rootsAmong(modules);
    const imports = new Map(Array.from(modules, ([path, module]) => [path, module.imports]));
    const needed = closureOf(roots, imports);
    const unions = new Unions<string>();
    for (const path of needed) {
      for (const imported of imports.get(path) ?? []) {
        unions.join(path, imported);
      }
    }
    joinNeighbours(needed, modules, unions);
    return collect(modules, { needed, roots, unions });
  }

  /** The modules that name a framework, and all they import. */
  #read(sources: readonly ModuleSource[]): OutlinedModules {
    const reader = this.#reader;
    reader.setPaths(sources.map(({ path }) => path));
    const byPath = new Map(sources.map((source) => [source.path, source]));
    const read = new Map<string, OutlinedModule>();
    const found = new Set(
      sources.filter((own) => reader.sketches.usesFramework(own)).map(({ path }) => path),
    );
    for (const path of found) {
      const source = byPath.get(path);
      const module = source && reader.read(source);
      if (module !== undefined) {
        read.set(path, module);
        module.imports.forEach((imported) => found.add(imported));
      }
    }
    return inOrderOf(sources, read);
  }

  #rootsAmong(modules: OutlinedModules): readonly string[] {
    const reach = new Reach(modules, new TellingNames(modules));
    return [...modules.values()]
      .filter((module) => module.usesFramework && this.#isRoot(module, reach))
      .map(({ source }) => source.path);
  }

  #isRoot(module: OutlinedModule, reach: Reach): boolean {
    const { outline, isWitness, mentionsUs, source } = module;
    return (
      // Nothing may follow from it, but its user wants to know that it cannot be read.
      outline.isTorn ||
      isWitness ||
      mentionsUs ||
      hasTrigger(outline) ||
      outline.functions.some((own) => reach.worthRunning.has(own)) ||
      reach.leadsOn(source.path, outline.body) ||
      (reach.reachesTrigger(source.path) && this.#doesSomething(module))
    );
  }

  /** Whether the code outside functions uses what the project defines, as a script does. */
  #doesSomething({ outline }: OutlinedModule): boolean {
    const { vocabulary } = this.#reader.sketches;
    const own = new Set([...outline.functions.map(({ name }) => name), ...outline.classes]);
    const bound = outline.imports.flatMap(({ binds }) =>
      binds.map((name) => vocabulary.idOf(name)),
    );
    const names = new Set(outline.body.names);
    return [...own, ...bound].some((name) => names.has(name));
  }
}

function inOrderOf(sources: readonly ModuleSource[], modules: OutlinedModules): OutlinedModules {
  return new Map(
    sources.flatMap(({ path }) => {
      const module = modules.get(path);
      return module === undefined ? [] : [[path, module] as const];
    }),
  );
}

/** A module that answers for those beside it is in one part with them. */
function joinNeighbours(
  needed: ReadonlySet<string>,
  modules: OutlinedModules,
  unions: Unions<string>,
): void {
  const witnesses = [...needed].filter((path) => modules.get(path)?.isWitness === true);
  const byFolder = new Map(witnesses.map((path) => [folderOf(path), path]));
  for (const path of needed) {
    const witness = byFolder.get(folderOf(path));
    if (witness !== undefined) {
      unions.join(path, witness);
    }
  }
}

interface Grouping {
  readonly needed: ReadonlySet<string>;
  readonly roots: readonly string[];
  readonly unions: Unions<string>;
}

interface OpenPart {
  readonly roots: string[];
  readonly sources: ModuleSource[];
  readonly bareFolders: string[];
}

function collect(
  modules: OutlinedModules,
  { needed, roots, unions }: Grouping,
): readonly ProjectPart[] {
  const parts = new Map<string, OpenPart>();
  const partOf = (path: string): OpenPart => {
    const leader = unions.leaderOf(path);
    const part = parts.get(leader) ?? { roots: [], sources: [], bareFolders: [] };
    parts.set(leader, part);
    return part;
  };
  for (const [path, { source }] of modules) {
    if (needed.has(path)) {
      partOf(path).sources.push(source);
    }
  }
  for (const path of roots) {
    partOf(path).roots.push(path);
  }
  for (const path of [...needed].filter((own) => !modules.has(own)).sort()) {
    partOf(path).bareFolders.push(path);
  }
  return [...parts.values()];
}
