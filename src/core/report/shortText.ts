/** Findings for people when there are many: a few lines each, and what the rules mean once. */

import type { ReportedFinding } from '../engine/result';
import type { RelatedPlace } from '../rules/finding';
import type { RuleInfo } from '../rules/rule';
import { describePlace, placeOf } from './scanReport';
import { type FindingContext, excerptLines, fixTitle, listed, sureness, wrap } from './textParts';

/** One text per file, then one about the rules. */
export function shortFindings(
  findings: readonly ReportedFinding[],
  rules: readonly RuleInfo[],
  context: FindingContext,
): readonly string[] {
  const byPath = new Map<string, string>();
  for (const finding of findings) {
    byPath.set(finding.path, (byPath.get(finding.path) ?? '') + shortFinding(finding, context));
  }
  const found = new Set(findings.map(({ rule }) => rule));
  const spoken = rules.filter(({ id }) => found.has(id));
  return [...byPath.values(), spoken.map((rule) => legendOf(rule, context)).join('')];
}

function shortFinding(finding: ReportedFinding, context: FindingContext): string {
  const { paint, width } = context.style;
  const place = describePlace(finding.path, placeOf(context.sources, finding)?.start);
  const mark = paint[finding.severity];
  const what = wrap(`${finding.rule} ${whatHappens(finding.message)}`, width - 2);
  const lines = [
    `${paint.strong(place)}  ${mark(finding.severity)}${sureness(finding, paint)}`,
    ...what.map((line) => `  ${line}`),
    ...excerptLines(finding, mark, context),
    ...remarkLines(finding, context),
  ];
  return `${lines.join('\n')}\n`;
}

/** Messages say what happens, then, after a colon, what is lost; the legend says that once. */
function whatHappens(message: string): string {
  return /^(.*?[^:]): /.exec(message)?.[1] ?? message;
}

function remarkLines(finding: ReportedFinding, context: FindingContext): readonly string[] {
  const { paint, width } = context.style;
  const [fix] = finding.fixes;
  const places = finding.related.map((related, index) => {
    const before = finding.related[index - 1] ?? finding;
    return placeAfter(before.path, related, context);
  });
  const remarks = [
    ...(places.length > 0 ? [`${paint.faint('from')} ${listed(places)}`] : []),
    ...(fix ? [`${paint.faint('fix:')} ${fixTitle(fix, paint)}`] : []),
  ];
  return remarks.length === 0
    ? []
    : wrap(remarks.join(' · '), width - 2).map((line) => `  ${line}`);
}

/** In the file that was named last, lines are enough. */
function placeAfter(path: string, related: RelatedPlace, { sources }: FindingContext): string {
  const place = describePlace(related.path, placeOf(sources, related)?.start);
  return related.path === path ? place.slice(path.length + 1) : place;
}

function legendOf({ id, name, summary }: RuleInfo, { style }: FindingContext): string {
  const { paint, width } = style;
  const [first = '', ...rest] = wrap(`${id} ${name}: ${summary}`, width - 2);
  const heading = first.replace(`${id} ${name}`, `${paint.strong(id)} ${paint.faint(name)}`);
  return [heading, ...rest.map((line) => `  ${line}`), ''].join('\n');
}
