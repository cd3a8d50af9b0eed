import { fingerprintOf } from './fingerprint';
import { byPlace } from './order';
import type { ReportedFinding } from './result';

/**
 * Sorts, drops what two programs found alike, and gives each finding its fingerprint.
 *
 * @param textOf the code of a file that holds findings; all findings of a file have to be there
 */
export function nameFindings(
  findings: readonly ReportedFinding[],
  textOf: (path: string) => string,
): readonly ReportedFinding[] {
  const unique = new Map<string, ReportedFinding>();
  for (const finding of findings) {
    const key = `${finding.path}\n${String(finding.range.start)}\n${String(finding.range.end)}\n${finding.rule}`;
    const known = unique.get(key);
    if (known === undefined || rank[finding.severity] < rank[known.severity]) {
      unique.set(key, finding);
    }
  }
  const counts = new Map<string, number>();
  return [...unique.values()].sort(byPlace).map((finding) => {
    const line = lineAt(textOf(finding.path), finding.range.start);
    const key = `${finding.path}\n${finding.rule}\n${line}`;
    const occurrence = counts.get(key) ?? 0;
    counts.set(key, occurrence + 1);
    return { ...finding, fingerprint: fingerprintOf(finding.rule, line, occurrence) };
  });
}

const rank = { error: 0, warning: 1, information: 2, hint: 3 } as const;

function lineAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', offset);
  return text.slice(start, end < 0 ? text.length : end);
}
