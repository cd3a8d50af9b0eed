import type { PyModule } from '../python/nodes';
import type { BatchNormEvidence } from '../project/evidence';
import type { FrameworkVersions } from '../project/versions/frameworkVersions';
import type { ProgramFacts } from '../training/facts';
import type { Confidence, Severity } from './finding';
import type { RuleInfo, RuleOf } from './rule';

/** What a rule may look at: one module and all it reaches. */
export interface RuleContext {
  readonly path: string;
  readonly facts: ProgramFacts;
  /** Facts of the module and of all it imports, its own first. */
  readonly closure: readonly ProgramFacts[];
  readonly evidence: BatchNormEvidence;
  /** Which versions of the frameworks the module can run under, and where it says so. */
  readonly versions: FrameworkVersions;
  /** Any module of the project, for edits. */
  moduleAt(path: string): PyModule | undefined;
  factsOf(path: string): ProgramFacts | undefined;
  /** Paths of the modules it reaches, of those that reach it, and of those beside it. */
  companions(): readonly string[];
  /** What several rules work out from the same facts: worked out for the first that asks. */
  once<T>(work: (context: RuleContext) => T): T;
}

export type Rule = RuleOf<RuleContext>;

/** The level of a finding about running statistics; `undefined` when there are none to lose. */
export function levelFor(
  { severity }: RuleInfo,
  { level }: BatchNormEvidence,
): { readonly severity: Severity; readonly confidence: Confidence } | undefined {
  switch (level) {
    case 'certain':
      return { severity, confidence: 'certain' };
    case 'possible':
      return { severity: 'information', confidence: 'possible' };
    case 'excluded':
      return undefined;
  }
}
