import type { Severity } from '../rules/finding';

/** What the user decided about rules; every field comes from settings or the command line. */
export interface RuleSelection {
  /** Rule ids or names to run; absent means all. */
  readonly select?: readonly string[];
  readonly ignore?: readonly string[];
  /** By rule id or name; `off` silences the rule. */
  readonly severities?: Readonly<Record<string, Severity | 'off'>>;
}
