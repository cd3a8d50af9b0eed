import type { PythonParser } from '../python/createParser';
import type { PyModule } from '../python/nodes';
import { type OutlinedFunction, neverOutlined } from '../python/outline';
import { parseModule } from '../python/parse';
import type { Frame } from '../semantics/frame';
import type { CellSpace } from '../semantics/interpreter';
import type { FunctionValue } from '../semantics/value';
import type { ProgramFacts } from '../training/facts';
import { functionsIn } from './functions';
import { importersFirst, importersOf, reachedFrom } from './importGraph';
import { ModuleRun, type ReadModule } from './moduleRun';
import { ModuleReader, type OutlinedModules } from './outlinedModules';
import { PartWords } from './partWords';
import type { ProjectPart } from './plan';
import { type ModuleSource, type Sketches, isSameSource } from './sketch';
import type { FrameworkVersions } from './versions/frameworkVersions';
import type { EnvironmentStatements, VersionedModule } from './versions/moduleVersions';

type Code = FunctionValue['code'];

interface ModuleRecord {
  readonly source: ModuleSource;
  readonly module: PyModule;
  readonly functions: ReadonlyMap<Code, OutlinedFunction>;
  /** A {@link ModuleRun} while it is read. */
  run: ReadModule | undefined;
  /** Why it could not be run to its end; a bug of ours, or code that nests deeper than a stack. */
  failure: string | undefined;
}

/** Characters; about twenty lines. */
const shortLength = 800;

/**
 * The modules of one part of a project, and what each does.
 *
 * `update` keeps what still holds: a syntax tree as long as its text, a run as long as its text
 * and those of all modules it imports.
 */
export class PartRun {
  readonly #parser: PythonParser;
  readonly #reader: ModuleReader;
  readonly #records = new Map<string, ModuleRecord>();
  /** Paths of the modules that each was seen to look into. */
  readonly #imports = new Map<string, Set<string>>();
  readonly #cells: CellSpace = { nextCell: 0, frozen: new Map() };
  /** Functions as syntax, and as the outlines know them. A weak map would slow every collection. */
  readonly #outlined = new Map<Code, OutlinedFunction>();
  #part: ProjectPart = { roots: [], sources: [], bareFolders: [] };
  #modules: OutlinedModules = new Map();
  #words = new PartWords(new Map());

  constructor(parser: PythonParser, sketches: Sketches) {
    this.#parser = parser;
    this.#reader = new ModuleReader(sketches);
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

  /** Whether a module took more steps than it may. */
  isCut(path: string): boolean {
    return this.#records.get(path)?.run?.isCut === true;
  }

  /** Why a module could not be run to its end. */
  failureOf(path: string): string | undefined {
    return this.#records.get(path)?.failure;
  }

  /** The module itself and all it imports, directly or not, the nearest first; found on the way. */
  reachedFrom(path: string): Iterable<string> {
    return reachedFrom([path], this.#imports);
  }

  /** The module itself and all that import it, directly or not. */
  importersOf(path: string): readonly string[] {
    return [...importersOf([path], this.#imports)];
  }

  /** Which versions of the frameworks a module runs under, in these surroundings. */
  versionsOf(path: string, environment: EnvironmentStatements): FrameworkVersions {
    return environment.versionsOf(
      () => [...this.reachedFrom(path)].flatMap((own) => this.#versionedModule(own)),
      () => this.importersOf(path).flatMap((own) => this.#versionedModule(own)),
    );
  }

  #versionedModule(path: string): readonly VersionedModule[] {
    const { source, module, run } = this.#records.get(path) ?? {};
    return source === undefined || module === undefined
      ? []
      : [{ path, module, facts: run?.facts.versions, commands: source.commands ?? [] }];
  }

  /** Brings the runs up to date; answers whether there was anything to do. */
  update(part: ProjectPart): boolean {
    const stale = this.#replace(part);
    if (stale.size === 0 && this.#records.size > 0) {
      return false;
    }
    const held = new Set([...this.#records.keys()].filter((path) => !stale.has(path)));
    const before = this.#calledFromOutside(held);
    this.#forget(stale);
    this.#runAll();
    if (!isSameSet(before, this.#calledFromOutside(held))) {
      // Somebody else's function is called now, or no longer: what was read as uncalled is not.
      this.#forget(new Set(this.#records.keys()));
      this.#runAll();
    }
    return true;
  }

  /** Takes over the new sources; answers the modules whose runs no longer hold. */
  #replace(part: ProjectPart): ReadonlySet<string> {
    const hasSamePaths = this.#reader.setPaths([
      ...part.sources.map(({ path }) => path),
      ...part.bareFolders,
    ]);
    const isSameShape = hasSamePaths && part.roots.join('\n') === this.#part.roots.join('\n');
    const before = { modules: this.#modules, words: this.#words };
    this.#modules = new Map(part.sources.map((own) => [own.path, this.#reader.read(own)]));
    this.#part = part;
    const changed = [...this.#records.values()]
      .map(({ source }) => source)
      .filter((own) => !isSameSource(own, this.#modules.get(own.path)?.source));
    if (isSameShape && changed.length === 0 && this.#records.size > 0) {
      return new Set();
    }
    this.#words = new PartWords(this.#modules);
    const stale = importersOf(
      changed.map(({ path }) => path),
      this.#imports,
    );
    const isOtherwiseSame = isSameShape && this.#saysTheSame(before, stale);
    return isOtherwiseSame ? stale : new Set(this.#records.keys());
  }

  /** Whether the words still say the same about the functions of all modules but these. */
  #saysTheSame(
    before: { readonly modules: OutlinedModules; readonly words: PartWords },
    stale: ReadonlySet<string>,
  ): boolean {
    return [...before.modules].every(
      ([path, { outline }]) =>
        stale.has(path) || outline.functions.every((own) => this.#words.agree(before.words, own)),
    );
  }

  #runAll(): void {
    for (const path of this.#part.roots) {
      this.#runBody(path);
    }
    this.#runUncalled();
  }

  /** Functions and methods of these modules that other modules call. */
  #calledFromOutside(held: ReadonlySet<string>): ReadonlySet<Code> {
    const others = [...this.#records].filter(([path]) => !held.has(path));
    const called = new Set(others.flatMap(([, { run }]) => [...(run?.entered ?? [])]));
    const own = [...held].flatMap((path) => [...(this.#records.get(path)?.functions.keys() ?? [])]);
    return new Set(own.filter((code) => called.has(code)));
  }

  /** Drops runs, and the trees of texts that have changed. */
  #forget(stale: ReadonlySet<string>): void {
    for (const path of stale) {
      const record = this.#records.get(path);
      record?.run?.dispose();
      this.#imports.delete(path);
      if (record !== undefined) {
        record.run = undefined;
        record.failure = undefined;
      }
      if (!isSameSource(record?.source, this.#modules.get(path)?.source)) {
        this.#records.delete(path);
        record?.functions.forEach((_, code) => this.#outlined.delete(code));
      }
    }
  }

  #recordOf(path: string): ModuleRecord {
    const known = this.#records.get(path);
    if (known !== undefined) {
      return known;
    }
    const outlined = this.#modules.get(path);
    const source = outlined?.source ?? { path, text: '' };
    const module = parseModule(this.#parser, source.text);
    const byPlace = new Map(outlined?.outline.functions.map((own) => [own.nameStart, own]));
    const functions = new Map(
      functionsIn(module.body).map((code) => [
        code,
        byPlace.get(code.nameRange.start) ?? neverOutlined,
      ]),
    );
    const record: ModuleRecord = {
      source,
      module,
      functions,
      run: undefined,
      failure: undefined,
    };
    functions.forEach((own, code) => this.#outlined.set(code, own));
    this.#records.set(path, record);
    return record;
  }

  #runBody(path: string): Frame {
    const record = this.#recordOf(path);
    if (record.run === undefined) {
      const run = new ModuleRun({
        path,
        module: record.module,
        cells: this.#cells,
        shouldEnter: (code) => this.#shouldEnter(code),
        modules: {
          findModule: (name, level, fromPath) => this.#find(path, { name, level, fromPath }),
        },
      });
      record.run = run;
      attempt(record, () => {
        run.runBody();
      });
    }
    return record.run.frame;
  }

  #find(importer: string, { name, level, fromPath }: Wanted): Frame | undefined {
    const searched = this.#modules.get(fromPath)?.outline.searchFolders ?? [];
    const path = this.#reader.paths.resolve({ name, level, searched }, fromPath);
    if (path === undefined || path === fromPath) {
      return undefined;
    }
    const imports = this.#imports.get(importer) ?? new Set();
    this.#imports.set(importer, imports.add(path));
    return this.#runBody(path);
  }

  /** Long functions that can start nothing are not worth the time; short ones may hand lists on. */
  #shouldEnter(code: Code): boolean {
    const outlined = this.#outlined.get(code);
    return (
      code.range.end - code.range.start <= shortLength ||
      (outlined !== undefined && this.#words.isWorthEntering(outlined))
    );
  }

  /** Ends the runs that are not at their end. */
  #runUncalled(): void {
    // Whoever imports comes before what it imports: then what is called is known to be.
    const runs = importersFirst(this.parsedPaths, this.#imports).flatMap((path) => {
      const record = this.#records.get(path);
      return record?.run instanceof ModuleRun ? [{ record, run: record.run }] : [];
    });
    const called = new Set(
      [...this.#records.values()].flatMap(({ run }) => [...(run?.entered ?? [])]),
    );
    // First those whose name nobody says; running them shows who is called after all.
    for (const isSaid of [false, true]) {
      for (const { record, run } of runs) {
        const isWanted = (code: Code): boolean => {
          const own = this.#outlined.get(code);
          return (
            own !== undefined &&
            this.#words.isWorthRunning(own) &&
            !called.has(code) &&
            (isSaid || !this.#words.isSaid(own))
          );
        };
        attempt(record, () => {
          run.runUncalled(isWanted);
        });
        run.entered.forEach((code) => called.add(code));
      }
    }
    for (const { record, run } of runs) {
      record.run = run.finish();
    }
  }
}

/** A module that cannot be run keeps what was found in it so far, and the others are run. */
function attempt(record: ModuleRecord, work: () => void): void {
  if (record.failure !== undefined) {
    return;
  }
  try {
    work();
  } catch (cause) {
    record.failure = cause instanceof Error ? cause.message : String(cause);
  }
}

interface Wanted {
  readonly name: string;
  readonly level: number;
  readonly fromPath: string;
}

function isSameSet<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): boolean {
  return a.size === b.size && [...a].every((member) => b.has(member));
}
