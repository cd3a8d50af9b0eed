/** Takes the author's comments into account, and reports those that silence nothing. */

import type { TextRange } from '../base/textRange';
import type { Fix } from '../fixes/fix';
import type { PyModule } from '../python/nodes';
import type { Rule } from '../rules/context';
import type { Finding } from '../rules/finding';
import { unusedSuppression } from '../rules/bn001-unused-suppression/rule';
import { type Suppression, applySuppressions, readSuppressions } from './suppressions';

interface Named extends Finding {
  readonly rule: string;
  readonly name: string;
}

export interface Silenced<F> {
  readonly kept: readonly F[];
  /** Findings of BN001. */
  readonly about: readonly Finding[];
  /** Findings of BN002. */
  readonly unexplained: readonly Finding[];
}

interface SilenceOptions {
  readonly module: PyModule;
  readonly path: string;
  /** Rules that ran; a comment for another may still be needed. */
  readonly rules: readonly Rule[];
  readonly allRules: readonly Rule[];
}

export function silence<F extends Named>(
  findings: readonly F[],
  options: SilenceOptions,
): Silenced<F> {
  const { module, path, rules, allRules } = options;
  if (!module.text.includes('bn-guard')) {
    return { kept: findings, about: [], unexplained: [] };
  }
  const { suppressions, malformed, idleEnables } = readSuppressions(module);
  const { kept, unused } = applySuppressions(findings, suppressions);
  const about = unused.flatMap((own): readonly Finding[] => {
    const isKnown = isAmong(own.rule, allRules);
    return isKnown && !isAmong(own.rule, rules)
      ? []
      : [unusedFinding(own, { isKnown, module, path })];
  });
  const idle = idleEnables.map((own) => ({
    ...finding(
      path,
      own.comment,
      `Nothing before disables ${own.rule}, so this comment enables nothing`,
    ),
    fixes: [removal(own, module, path)],
  }));
  const broken = malformed.map((own) => finding(path, own.range, own.message));
  const unexplained = suppressions
    .filter((own) => own.reason === '' && !unused.includes(own))
    .map((own) => finding(path, own.comment, messageWithoutReason(own)));
  return { kept, about: [...about, ...idle, ...broken], unexplained };
}

function isAmong(written: string, rules: readonly Rule[]): boolean {
  return rules.some(({ id, name }) => written === id || written === name);
}

function finding(path: string, range: TextRange, message: string): Finding {
  const { severity } = unusedSuppression;
  return { path, range, severity, confidence: 'certain', message, related: [], fixes: [] };
}

function messageWithoutReason({ rule }: Suppression): string {
  return `This comment silences ${rule} and gives no reason; write one behind the brackets`;
}

interface About {
  readonly isKnown: boolean;
  readonly module: PyModule;
  readonly path: string;
}

function unusedFinding(own: Suppression, { isKnown, module, path }: About): Finding {
  const message = isKnown
    ? `Nothing here is found by ${own.rule}, so this comment silences nothing`
    : `There is no rule "${own.rule}", so this comment silences nothing`;
  return { ...finding(path, own.comment, message), fixes: [removal(own, module, path)] };
}

/** Takes one rule out of a comment, and out of the one that ends it. */
function removal({ rule, comment, closing }: Removed, module: PyModule, path: string): Fix {
  const comments = closing === undefined ? [comment] : [comment, closing];
  return {
    title: `Remove the unused suppression of ${rule}`,
    safety: 'safe',
    edits: comments.map((own) => ({ path, ...withoutRule(rule, own, module) })),
  };
}

type Removed = Pick<Suppression, 'rule' | 'comment' | 'closing'>;

/** The last rule takes the comment, and its line, with it. */
function withoutRule(
  rule: string,
  comment: TextRange,
  { text }: PyModule,
): { readonly range: TextRange; readonly newText: string } {
  const written = text.slice(comment.start, comment.end);
  const list = /\[([^\]]*)\]/.exec(written);
  const others = (list?.[1] ?? '')
    .split(',')
    .map((own) => own.trim())
    .filter((own) => own !== rule);
  if (list === null || others.length === 0) {
    return { range: withSpace(comment, text), newText: '' };
  }
  const start = comment.start + list.index + 1;
  const range = { start, end: start + (list[1] ?? '').length };
  return { range, newText: others.join(', ') };
}

/** The comment with the space before it, or with its whole line when nothing else is on it. */
function withSpace(comment: TextRange, text: string): TextRange {
  const before = /[ \t]*$/.exec(text.slice(0, comment.start))?.[0].length ?? 0;
  const start = comment.start - before;
  const isAlone = start === 0 || text[start - 1] === '\n';
  const lineEnd = /^\r?\n/.exec(text.slice(comment.end))?.[0].length ?? 0;
  return { start, end: comment.end + (isAlone ? lineEnd : 0) };
}
