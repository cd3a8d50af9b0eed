import { unexplainedSuppression } from '../rules/bn002-unexplained-suppression/rule';
import type { Severity } from '../rules/finding';

/** What the user decided about rules; every field comes from settings or the command line. */
export interface RuleSelection {
  /** Rule ids or names to run; absent means all. */
  readonly select?: readonly string[];
  readonly ignore?: readonly string[];
  /** Whether a comment that silences a rule has to say why (BN002); absent means no. */
  readonly requiresReason?: boolean;
  /** By rule id or name; `off` silences the rule. */
  readonly severities?: Readonly<Record<string, Severity | 'off'>>;
}

/** For an analysis whose findings are decided on later, file by file: nothing is left out. */
export const everyFinding: RuleSelection = { requiresReason: true };

/** The severity a finding gets, after what the user decided. */
export function severityFor(
  { id, name }: { readonly id: string; readonly name: string },
  found: Severity,
  { select, ignore, severities, requiresReason }: RuleSelection,
): Severity | 'off' {
  const isNamed = (names: readonly string[]): boolean => names.includes(id) || names.includes(name);
  if (id === unexplainedSuppression.id && requiresReason !== true) {
    return 'off';
  }
  const isSelected = select === undefined || isNamed(select);
  if (!isSelected || isNamed(ignore ?? [])) {
    return 'off';
  }
  return severities?.[id] ?? severities?.[name] ?? found;
}
