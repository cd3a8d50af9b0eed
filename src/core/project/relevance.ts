/** Which functions can do something that a rule is about, by the words they hold. */

import { NumberSet } from '../base/numberSet';
import type { ModuleOutline, OutlinedCode, OutlinedFunction } from '../python/outline';
import { importOrder } from './importGraph';
import type { OutlinedModules } from './outlinedModules';

/** More definitions than this share a name like `run`: it says nothing about who is meant. */
const maxNamesakes = 3;

/** Names that few functions have, so that who says one means one of them; numbered from 0. */
export class TellingNames {
  readonly #numbers = new Map<number, number>();

  constructor(modules: OutlinedModules) {
    const counts = new Map<number, number>();
    for (const { outline } of modules.values()) {
      for (const { name } of outline.functions) {
        counts.set(name, (counts.get(name) ?? 0) + 1);
      }
    }
    for (const [name, count] of counts) {
      if (count <= maxNamesakes) {
        this.#numbers.set(name, this.#numbers.size);
      }
    }
  }

  get size(): number {
    return this.#numbers.size;
  }

  /** @param name its number in the vocabulary */
  numberOf(name: number): number | undefined {
    return this.#numbers.get(name);
  }
}

/**
 * Functions worth reading when they are called: those that hold a trigger word, those that name one
 * of them, and so on. They may be given objects of any module, so names count wherever they are.
 */
export function worthEntering(
  modules: OutlinedModules,
  telling: TellingNames,
): ReadonlySet<OutlinedFunction> {
  const all = [...modules.values()].flatMap(({ outline }) => outline.functions);
  const namers = namersOf(all, telling);
  const found = new Set(all.filter(({ hasCue }) => hasCue));
  for (const { name } of found) {
    for (const namer of namers.get(name) ?? []) {
      found.add(namer);
    }
  }
  return found;
}

/** By telling name, the functions that say it. */
function namersOf(
  functions: readonly OutlinedFunction[],
  telling: TellingNames,
): ReadonlyMap<number, readonly OutlinedFunction[]> {
  const namers = new Map<number, OutlinedFunction[]>();
  for (const own of functions) {
    for (const name of own.names) {
      if (telling.numberOf(name) !== undefined) {
        const known = namers.get(name) ?? [];
        namers.set(name, known);
        known.push(own);
      }
    }
  }
  return namers;
}

/**
 * Functions worth reading when nobody calls them. What such a function can reach lies in its module
 * and in what that imports, so names count only when they are defined there.
 */
export class Reach {
  readonly worthRunning = new Set<OutlinedFunction>();
  readonly #modules: OutlinedModules;
  readonly #telling: TellingNames;
  /** By path, the telling names of what is worth running in the module and in all it imports. */
  readonly #names = new Map<string, NumberSet>();
  /** Modules that hold a trigger word, or import one that does, directly or not. */
  readonly #cued = new Set<string>();

  constructor(modules: OutlinedModules, telling: TellingNames) {
    this.#modules = modules;
    this.#telling = telling;
    const imports = new Map(Array.from(modules, ([path, module]) => [path, module.imports]));
    for (const group of importOrder(imports)) {
      this.#addGroup(group);
    }
  }

  /** Whether code of this module, if it stood in it, would lead to something a rule is about. */
  leadsOn(path: string, { names }: OutlinedCode): boolean {
    const reached = this.#names.get(path);
    return reached !== undefined && names.some((name) => this.#isIn(reached, name));
  }

  /** Whether the module or one that it imports, directly or not, holds a trigger word. */
  reachesTrigger(path: string): boolean {
    return this.#cued.has(path);
  }

  #addGroup(group: readonly string[]): void {
    const members = group.flatMap((path) => this.#modules.get(path) ?? []);
    const imported = new Set(members.flatMap(({ imports }) => [...imports]));
    const names = new NumberSet(this.#telling.size);
    for (const path of imported) {
      const reached = this.#names.get(path);
      if (reached !== undefined) {
        names.addAll(reached);
      }
    }
    this.#addFunctions(
      members.flatMap(({ outline }) => outline.functions),
      names,
    );
    const isCued =
      [...imported].some((path) => this.#cued.has(path)) ||
      members.some(({ outline }) => hasTrigger(outline));
    for (const path of group) {
      this.#names.set(path, names);
      if (isCued) {
        this.#cued.add(path);
      }
    }
  }

  /** Adds those that are worth it to `worthRunning`, and their names to `names`. */
  #addFunctions(functions: readonly OutlinedFunction[], names: NumberSet): void {
    let waiting = functions;
    for (let count = -1; count !== waiting.length;) {
      count = waiting.length;
      waiting = waiting.filter((own) => {
        const isWorthIt = own.hasCue || own.names.some((name) => this.#isIn(names, name));
        if (isWorthIt) {
          this.worthRunning.add(own);
          const number = this.#telling.numberOf(own.name);
          if (number !== undefined) {
            names.add(number);
          }
        }
        return !isWorthIt;
      });
    }
  }

  #isIn(names: NumberSet, name: number): boolean {
    const number = this.#telling.numberOf(name);
    return number !== undefined && names.has(number);
  }
}

/** Whether a trigger word stands anywhere in the module's code. */
export function hasTrigger({ body, functions }: ModuleOutline): boolean {
  return body.hasCue || functions.some(({ hasCue }) => hasCue);
}

/**
 * Whether a name is said anywhere but where the one function that has it is defined. What several
 * functions are called counts as said.
 */
export function saidNames(modules: OutlinedModules): ReadonlySet<number> {
  const said = new Set<number>();
  const defined = new Set<number>();
  for (const { outline } of modules.values()) {
    for (const { names } of [outline.body, ...outline.functions]) {
      names.forEach((name) => said.add(name));
    }
    for (const { name } of outline.functions) {
      (defined.has(name) ? said : defined).add(name);
    }
  }
  return said;
}
