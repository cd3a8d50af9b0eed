import type { RangedText } from '../base/textRange';
import type { PythonParser } from '../python/createParser';
import type { PyModule } from '../python/nodes';
import { parseModule } from '../python/parse';
import type { Frame } from '../semantics/frame';
import type { CellSpace } from '../semantics/interpreter';
import type { FunctionValue } from '../semantics/value';
import type { ProgramFacts } from '../training/facts';
import { ModulePaths } from './modulePaths';
import { ModuleRun } from './moduleRun';
import type { ProjectEnvironment } from './versions/environment';
import type { FrameworkVersions } from './versions/frameworkVersions';
import { EnvironmentStatements, type VersionedModule } from './versions/moduleVersions';
import { type FunctionOutline, outlineOf, relevantFunctions } from './relevance';

/** A module's text as Python code, and where it lies. */
export interface ModuleSource {
  readonly path: string;
  readonly text: string;
  /** Magics and shell lines of a notebook. */
  readonly commands?: readonly RangedText[];
}

type Code = FunctionValue['code'];

interface ModuleRecord {
  readonly source: ModuleSource;
  readonly module: PyModule;
  readonly identifiers: ReadonlyMap<string, number>;
  readonly outline: readonly FunctionOutline[];
  run: ModuleRun | undefined;
  /** Paths of the project's modules that it looked into. */
  readonly imports: Set<string>;
}

/** Characters; about twenty lines. */
const shortLength = 800;

/** Code that names a framework somewhere may use it; other code is read when it is imported. */
const frameworkWord =
  /tensorflow|keras|torch|\b(?:tf_slim|slim|flax|jax|tflearn|tensorlayer|tensorpack|timm)\b/;

/**
 * The modules of a workspace, and what each does.
 *
 * `update` keeps what still holds: a syntax tree as long as its text, a run as long as its text
 * and those of all modules it imports.
 */
export class Project {
  readonly #parser: PythonParser;
  readonly #records = new Map<string, ModuleRecord>();
  readonly #cells: CellSpace = { nextCell: 0, frozen: new Map() };
  #relevant: ReadonlySet<Code> = new Set();
  #sources: ReadonlyMap<string, ModuleSource> = new Map();
  #paths = new ModulePaths([]);
  #environment: EnvironmentStatements | undefined;

  constructor(parser: PythonParser) {
    this.#parser = parser;
  }

  /** Modules with a syntax tree, in path order. */
  get parsedPaths(): readonly string[] {
    return [...this.#records.keys()].sort();
  }

  moduleAt(path: string): PyModule | undefined {
    return this.#records.get(path)?.module;
  }

  factsOf(path: string): ProgramFacts | undefined {
    return this.#records.get(path)?.run?.facts;
  }

  /** The module itself and all it imports, directly or not. */
  closureOf(path: string): readonly string[] {
    const closure = new Set([path]);
    for (const member of closure) {
      for (const imported of this.#records.get(member)?.imports ?? []) {
        closure.add(imported);
      }
    }
    return [...closure];
  }

  /** Which versions of the frameworks a module runs under, in these surroundings. */
  versionsOf(path: string, environment: ProjectEnvironment): FrameworkVersions {
    if (this.#environment?.environment !== environment) {
      this.#environment = new EnvironmentStatements(environment, this.#parser);
    }
    return this.#environment.versionsOf(
      () => this.closureOf(path).flatMap((own) => this.#versionedModule(own)),
      () => [...this.#importersOf(new Set([path]))].flatMap((own) => this.#versionedModule(own)),
    );
  }

  #versionedModule(path: string): readonly VersionedModule[] {
    const record = this.#records.get(path);
    return record === undefined
      ? []
      : [
          {
            path,
            module: record.module,
            facts: record.run?.facts.versions,
            commands: this.#sources.get(path)?.commands ?? [],
          },
        ];
  }

  /** Brings the project up to date with these sources, which are all there are. */
  update(sources: readonly ModuleSource[]): void {
    const before = this.#replaceSources(sources);
    const roots = sources.filter(({ text }) => frameworkWord.test(text)).map(({ path }) => path);
    this.#runAll(roots);
    const after = this.#calledOutside(before.stale);
    const isSame =
      after.size === before.called.size && [...after].every((code) => before.called.has(code));
    if (!isSame && before.called.size > 0) {
      // Somebody else's function is called now, or no longer: what was read as uncalled is not.
      for (const path of this.#records.keys()) {
        this.#forgetRun(path);
      }
      this.#runAll(roots);
    }
  }

  #runAll(roots: readonly string[]): void {
    for (const path of roots) {
      this.#recordOf(path);
    }
    this.#relevant = this.#findRelevant();
    for (const path of roots) {
      this.#runBody(path);
    }
    this.#runUncalled();
  }

  /** Functions and methods of other modules that these modules call. */
  #calledOutside(paths: ReadonlySet<string>): ReadonlySet<Code> {
    const called = new Set(
      [...paths].flatMap((path) => [...(this.#records.get(path)?.run?.entered ?? [])]),
    );
    const outside = [...this.#records].filter(([path]) => !paths.has(path));
    const codes = outside.flatMap(([, { outline }]) => outline.map(({ code }) => code));
    return new Set(codes.filter((code) => called.has(code)));
  }

  #replaceSources(sources: readonly ModuleSource[]): Replaced {
    const next = new Map(sources.map((source) => [source.path, source]));
    const isSameSet =
      next.size === this.#sources.size && [...next.keys()].every((path) => this.#sources.has(path));
    const changed = new Set(
      [...this.#records.keys()].filter(
        (path) => next.get(path)?.text !== this.#records.get(path)?.source.text,
      ),
    );
    this.#sources = next;
    this.#paths = isSameSet ? this.#paths : new ModulePaths(next.keys());
    const stale = isSameSet ? this.#importersOf(changed) : new Set(this.#records.keys());
    const called = this.#calledOutside(stale);
    for (const path of stale) {
      this.#forgetRun(path);
    }
    for (const path of changed) {
      this.#records.delete(path);
    }
    return { stale, called };
  }

  #importersOf(changed: ReadonlySet<string>): ReadonlySet<string> {
    const stale = new Set(changed);
    for (let size = -1; size !== stale.size;) {
      size = stale.size;
      for (const [path, { imports }] of this.#records) {
        if ([...imports].some((imported) => stale.has(imported))) {
          stale.add(path);
        }
      }
    }
    return stale;
  }

  #forgetRun(path: string): void {
    const record = this.#records.get(path);
    if (record !== undefined) {
      record.run?.dispose();
      record.run = undefined;
      record.imports.clear();
    }
  }

  #recordOf(path: string): ModuleRecord {
    const known = this.#records.get(path);
    if (known !== undefined) {
      return known;
    }
    const source = this.#sources.get(path) ?? { path, text: '' };
    const module = parseModule(this.#parser, source.text);
    const record: ModuleRecord = {
      source,
      module,
      outline: outlineOf(module),
      identifiers: countIdentifiers(source.text),
      run: undefined,
      imports: new Set(),
    };
    this.#records.set(path, record);
    return record;
  }

  #runBody(path: string): Frame {
    const record = this.#recordOf(path);
    if (record.run === undefined) {
      record.run = new ModuleRun({
        path,
        module: record.module,
        cells: this.#cells,
        shouldEnter: (code) => this.#shouldEnter(code),
        modules: {
          findModule: (name, level, fromPath) => this.#find(path, { name, level, fromPath }),
        },
      });
      record.run.runBody();
    }
    return record.run.frame;
  }

  #find(importer: string, wanted: Wanted): Frame | undefined {
    const path = this.#paths.resolve(wanted.name, wanted.level, wanted.fromPath);
    if (path === undefined || path === wanted.fromPath) {
      return undefined;
    }
    this.#records.get(importer)?.imports.add(path);
    return this.#runBody(path);
  }

  /** Whoever imports comes before what it imports: then what is called is known to be. */
  #importersFirst(): readonly string[] {
    const ordered = new Set<string>();
    const visit = (path: string): void => {
      if (visited.has(path)) {
        return;
      }
      visited.add(path);
      for (const imported of [...(this.#records.get(path)?.imports ?? [])].sort()) {
        visit(imported);
      }
      ordered.add(path);
    };
    const visited = new Set<string>();
    this.parsedPaths.forEach(visit);
    return [...ordered].reverse();
  }

  #findRelevant(): ReadonlySet<Code> {
    return relevantFunctions([...this.#records.values()].flatMap(({ outline }) => outline));
  }

  /** Long functions that can start nothing are not worth the time; short ones may hand lists on. */
  #shouldEnter(code: Code): boolean {
    const length = code.range.end - code.range.start;
    return length <= shortLength || this.#relevant.has(code);
  }

  #runUncalled(): void {
    const paths = this.#importersFirst();
    const entered = new Set(
      paths.flatMap((path) => [...(this.#records.get(path)?.run?.entered ?? [])]),
    );
    const isCalled = (code: Code): boolean => entered.has(code);
    const records = [...this.#records.values()];
    this.#relevant = this.#findRelevant();
    const isNamedAnywhere = nameCounter(records.map(({ identifiers }) => identifiers));
    // First those whose name nobody says; running them shows who is called after all.
    for (const isNamed of [false, true]) {
      for (const path of paths) {
        const run = this.#records.get(path)?.run;
        run?.runUncalled(
          (code) =>
            this.#relevant.has(code) && !isCalled(code) && (isNamed || !isNamedAnywhere(code.name)),
        );
        for (const code of run?.entered ?? []) {
          entered.add(code);
        }
      }
    }
  }
}

/** What an update took away. */
interface Replaced {
  readonly stale: ReadonlySet<string>;
  readonly called: ReadonlySet<Code>;
}

interface Wanted {
  readonly name: string;
  readonly level: number;
  readonly fromPath: string;
}

/** Whether a name stands anywhere but at its definition. */
function nameCounter(modules: readonly ReadonlyMap<string, number>[]): (name: string) => boolean {
  return (name) => {
    let count = 0;
    for (const identifiers of modules) {
      count += identifiers.get(name) ?? 0;
      if (count > 1) {
        return true;
      }
    }
    return false;
  };
}

/** How often each name stands in a text, its definition included. */
function countIdentifiers(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [name] of text.matchAll(/[A-Za-z_]\w*/g)) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}
