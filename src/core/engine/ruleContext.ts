/** What a rule sees of one module: asked for only when the rule looks. */

import { type BatchNormEvidence, batchNormEvidence } from '../project/evidence';
import { folderOf } from '../project/modulePaths';
import type { PartRun } from '../project/partRun';
import type { FrameworkVersions } from '../project/versions/frameworkVersions';
import type { EnvironmentStatements } from '../project/versions/moduleVersions';
import type { PyModule } from '../python/nodes';
import type { RuleContext } from '../rules/context';
import type { ProgramFacts } from '../training/facts';

/** The context of a module that ran; `undefined` for one that did not. */
export function contextFor(
  path: string,
  run: PartRun,
  environment: EnvironmentStatements,
): RuleContext | undefined {
  const facts = run.factsOf(path);
  return (
    facts && new ModuleContext({ path, facts, versions: run.versionsOf(path, environment) }, run)
  );
}

type Known = Pick<RuleContext, 'path' | 'facts' | 'versions'>;

class ModuleContext implements RuleContext {
  readonly path: string;
  readonly facts: ProgramFacts;
  readonly versions: FrameworkVersions;
  // Fields, because rules take them off the context.
  readonly moduleAt = (path: string): PyModule | undefined => this.#run.moduleAt(path);
  readonly factsOf = (path: string): ProgramFacts | undefined => this.#run.factsOf(path);
  readonly #run: PartRun;
  #closure: readonly ProgramFacts[] | undefined;
  #evidence: BatchNormEvidence | undefined;
  readonly #worked = new Map<unknown, unknown>();

  constructor({ path, facts, versions }: Known, run: PartRun) {
    this.path = path;
    this.facts = facts;
    this.versions = versions;
    this.#run = run;
  }

  get closure(): readonly ProgramFacts[] {
    this.#closure ??= [...this.#reached()];
    return this.#closure;
  }

  get evidence(): BatchNormEvidence {
    this.#evidence ??= batchNormEvidence(this.#closure ?? this.#reached());
    return this.#evidence;
  }

  *#reached(): Generator<ProgramFacts, void> {
    for (const path of this.#run.reachedFrom(this.path)) {
      const facts = this.#run.factsOf(path);
      if (facts !== undefined) {
        yield facts;
      }
    }
  }

  once<T>(work: (context: RuleContext) => T): T {
    if (!this.#worked.has(work)) {
      this.#worked.set(work, work(this));
    }
    // Only what this very function answered is stored under it.
    return this.#worked.get(work) as T;
  }

  readonly companions = (): readonly string[] => {
    const run = this.#run;
    const folder = folderOf(this.path);
    const beside = run.parsedPaths.filter((other) => folderOf(other) === folder);
    return [...new Set([...run.reachedFrom(this.path), ...beside, ...run.importersOf(this.path)])];
  };
}
