import type { Finding, Severity } from './finding';

export type Framework = 'tensorflow1' | 'tensorflow2' | 'keras' | 'torch' | 'flax';

export interface RuleInfo {
  /** Never reused, even after the rule is gone. */
  readonly id: `BN${number}`;
  /** Names what is found, so that "allow restore-trainable-only" reads right. */
  readonly name: string;
  readonly summary: string;
  /** The level of a finding whose BatchNorm evidence is certain. */
  readonly severity: Severity;
  readonly frameworks: readonly Framework[];
  /** First version that had the rule. */
  readonly since: string;
  /** The rule's page, Markdown. */
  readonly doc: string;
}

/** A rule looks at what the analysis knows (`C`) and yields what is wrong. */
export interface RuleOf<C> extends RuleInfo {
  check(context: C): Iterable<Finding>;
}
