/** What a rule named in a comment means. */

import type { Hover, Position } from 'vscode-languageserver';
import { allRules } from '../core/rules/index';
import type { Severity } from '../core/rules/finding';
import type { L10n } from '../protocol/l10n';

const comment = /#\s*bn-guard\s*:\s*[a-z-]+\s*\[([^\]]*)\]/d;

/** The rule under the position, when it stands between the brackets of a comment of ours. */
export function hoverOn(
  line: string,
  { line: line0, character }: Position,
  l10n: L10n,
): Hover | null {
  const [start = 0, end = 0] = comment.exec(line)?.indices?.[1] ?? [];
  for (const word of line.slice(start, end).matchAll(/[\w-]+/g)) {
    const from = start + word.index;
    const to = from + word[0].length;
    const rule = allRules.find(({ id, name }) => id === word[0] || name === word[0]);
    if (rule !== undefined && from <= character && character <= to) {
      return {
        contents: {
          kind: 'markdown',
          value: `**${rule.id}** ${rule.name} (${severityWord(rule.severity, l10n)})\n\n${l10n.translate(rule.summary)}`,
        },
        range: {
          start: { line: line0, character: from },
          end: { line: line0, character: to },
        },
      };
    }
  }
  return null;
}

function severityWord(severity: Severity, l10n: L10n): string {
  switch (severity) {
    case 'error':
      return l10n.t('error');
    case 'warning':
      return l10n.t('warning');
    case 'information':
      return l10n.t('information');
    case 'hint':
      return l10n.t('hint');
  }
}
