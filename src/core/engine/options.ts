import type { Severity } from '../rules/finding';

/** What the user decided about rules; every field comes from settings or the command line. */
export interface RuleSelection {
  /** Rule ids or names to run; absent means all. */
  readonly select?: readonly string[];
  readonly ignore?: readonly string[];
  /** By rule id or name; `off` silences the rule. */
  readonly severities?: Readonly<Record<string, Severity | 'off'>>;
}

/** The severity a finding gets, after what the user decided. */
export function severityFor(
  { id, name }: { readonly id: string; readonly name: string },
  found: Severity,
  { select, ignore, severities }: RuleSelection,
): Severity | 'off' {
  const isNamed = (names: readonly string[]): boolean => names.includes(id) || names.includes(name);
  const isSelected = select === undefined || isNamed(select);
  if (!isSelected || isNamed(ignore ?? [])) {
    return 'off';
  }
  return severities?.[id] ?? severities?.[name] ?? found;
}
