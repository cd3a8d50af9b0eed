import type { PythonParser } from '../python/createParser';
import { PartRun } from './partRun';
import { Planner, type ProjectPart } from './plan';
import { type ModuleSource, Sketches } from './sketch';

/** One part of a project as it is after an update. */
export interface UpdatedPart {
  readonly run: PartRun;
  /** Whether its findings may differ from those before the update. */
  readonly hasChanged: boolean;
}

/** The parts of a project, each run as far as it has changed. */
export class Project {
  readonly #parser: PythonParser;
  readonly #sketches = new Sketches();
  readonly #planner = new Planner(this.#sketches);
  /** By the path of each module, the run of its part. */
  #runs: ReadonlyMap<string, PartRun> = new Map();

  constructor(parser: PythonParser) {
    this.#parser = parser;
  }

  /** Brings the project up to date with these sources, which are all there are. */
  update(sources: readonly ModuleSource[]): readonly UpdatedPart[] {
    const parts = this.#planner.plan(sources);
    this.#sketches.keepOnly(new Set(sources.map(({ path }) => path)));
    const used = new Set<PartRun>();
    const runs = new Map<string, PartRun>();
    const updated = parts.map((part): UpdatedPart => {
      const run = this.#runFor(part, used);
      used.add(run);
      part.sources.forEach(({ path }) => runs.set(path, run));
      return { run, hasChanged: run.update(part) };
    });
    this.#runs = runs;
    return updated;
  }

  /** The run that knows most of this part already, as far as a look at its first root tells. */
  #runFor({ roots }: ProjectPart, used: ReadonlySet<PartRun>): PartRun {
    const known = roots.flatMap((path) => this.#runs.get(path) ?? []).find((run) => !used.has(run));
    return known ?? new PartRun(this.#parser, this.#sketches);
  }
}
