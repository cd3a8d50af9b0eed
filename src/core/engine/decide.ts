/** What configuration means for one file and its findings. */

import ignore from 'ignore';
import type { Configuration, FolderPatterns } from './configuration';
import { type RuleSelection, severityFor } from './options';
import type { ReportedFinding } from './result';

/** @param file absolute, with `/` */
export function isExcludedBy({ exclude }: Configuration, file: string): boolean {
  return exclude.some((patterns) => isMatch(patterns, file));
}

/** The selection for one file: what the folder decides, and what is ignored in this file alone. */
export function selectionFor(
  { perFileIgnores }: Configuration,
  file: string,
  selection: RuleSelection,
): RuleSelection {
  const own = perFileIgnores.filter((entry) => isMatch(entry, file)).flatMap(({ rules }) => rules);
  return own.length === 0
    ? selection
    : { ...selection, ignore: [...(selection.ignore ?? []), ...own] };
}

/** The finding at the level it is shown with; `undefined` when it is not wanted. */
export function decideFinding(
  finding: ReportedFinding,
  selection: RuleSelection,
): ReportedFinding | undefined {
  const { rule, name, severity: found } = finding;
  const severity = severityFor({ id: rule, name }, found, selection);
  return severity === 'off' ? undefined : { ...finding, severity };
}

/** A pattern says nothing about files outside its folder. */
function isMatch({ folder, patterns }: FolderPatterns, file: string): boolean {
  const top = folder.endsWith('/') ? folder : `${folder}/`;
  return (
    patterns.length > 0 &&
    file.startsWith(top) &&
    ignore()
      .add([...patterns])
      .ignores(file.slice(top.length))
  );
}
