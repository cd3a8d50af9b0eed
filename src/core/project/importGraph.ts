/** Which modules of a project import which, and in which order that can be looked at. */

/** Paths, each with those it imports; paths without an entry import nothing. */
export type Imports = ReadonlyMap<string, Iterable<string>>;

/**
 * The modules in groups that import each other, directly or in a circle; mostly of one. Each group
 * comes after all that its members import.
 */
export function importOrder(imports: Imports): readonly (readonly string[])[] {
  const walk = new CircleWalk(imports);
  for (const path of imports.keys()) {
    walk.visit(path);
  }
  return walk.groups;
}

interface Visit {
  readonly path: string;
  readonly rest: Iterator<string>;
}

/**
 * Tarjan's strongly connected components, without recursion: import chains may be long.
 *
 * @source R. Tarjan, Depth-first search and linear graph algorithms, SIAM J. Comput. 1 (1972)
 */
class CircleWalk {
  readonly groups: string[][] = [];
  readonly #imports: Imports;
  readonly #numbers = new Map<string, number>();
  /** The smallest number that can be reached, while the path waits for its group. */
  readonly #lowest = new Map<string, number>();
  readonly #waiting: string[] = [];

  constructor(imports: Imports) {
    this.#imports = imports;
  }

  visit(start: string): void {
    if (this.#numbers.has(start)) {
      return;
    }
    const visits = [this.#enter(start)];
    for (let visit = visits.at(-1); visit !== undefined; visit = visits.at(-1)) {
      const next = visit.rest.next();
      if (next.done === true) {
        visits.pop();
        this.#leave(visit.path, visits.at(-1)?.path);
      } else if (this.#numbers.has(next.value)) {
        this.#reach(
          visit.path,
          this.#lowest.has(next.value) ? this.#numbers.get(next.value) : undefined,
        );
      } else {
        visits.push(this.#enter(next.value));
      }
    }
  }

  #enter(path: string): Visit {
    this.#lowest.set(path, this.#numbers.size);
    this.#numbers.set(path, this.#numbers.size);
    this.#waiting.push(path);
    return { path, rest: (this.#imports.get(path) ?? [])[Symbol.iterator]() };
  }

  #leave(path: string, importer: string | undefined): void {
    const lowest = this.#lowest.get(path);
    if (lowest === this.#numbers.get(path)) {
      const group = this.#waiting.splice(this.#waiting.lastIndexOf(path));
      for (const member of group) {
        this.#lowest.delete(member);
      }
      this.groups.push(group);
    } else if (importer !== undefined) {
      this.#reach(importer, lowest);
    }
  }

  #reach(path: string, number: number | undefined): void {
    const lowest = this.#lowest.get(path);
    if (number !== undefined && lowest !== undefined && number < lowest) {
      this.#lowest.set(path, number);
    }
  }
}

/** Everything that can be reached from these paths, themselves first, the nearest next. */
export function* reachedFrom(paths: Iterable<string>, imports: Imports): Generator<string, void> {
  const found = new Set(paths);
  for (const member of found) {
    yield member;
    for (const imported of imports.get(member) ?? []) {
      found.add(imported);
    }
  }
}

/** Everything that can be reached from these paths, themselves included. */
export function closureOf(paths: Iterable<string>, imports: Imports): ReadonlySet<string> {
  return new Set(reachedFrom(paths, imports));
}

/** These paths and all that import them, directly or not. */
export function importersOf(paths: Iterable<string>, imports: Imports): ReadonlySet<string> {
  const importers = new Map<string, Set<string>>();
  for (const [importer, imported] of imports) {
    for (const path of imported) {
      importers.set(path, (importers.get(path) ?? new Set()).add(importer));
    }
  }
  return closureOf(paths, importers);
}

/** The paths and all they import, each after those that import it, as far as there are no circles. */
export function importersFirst(paths: readonly string[], imports: Imports): readonly string[] {
  const ordered: string[] = [];
  const visited = new Set<string>();
  const open: Visit[] = [];
  const visit = (path: string): void => {
    if (!visited.has(path)) {
      visited.add(path);
      open.push({ path, rest: [...(imports.get(path) ?? [])].sort()[Symbol.iterator]() });
    }
  };
  for (const start of paths) {
    visit(start);
    for (let last = open.at(-1); last !== undefined; last = open.at(-1)) {
      const next = last.rest.next();
      if (next.done === true) {
        ordered.push(last.path);
        open.pop();
      } else {
        visit(next.value);
      }
    }
  }
  return ordered.reverse();
}
