/** Findings that the author of the code has silenced with a comment. */

import { buildLineIndex } from '../base/lineIndex';
import type { TextRange } from '../base/textRange';
import type { PyModule } from '../python/nodes';
import { logicalLines } from '../python/walk';

export type SuppressionKind = 'ignore' | 'ignore-file' | 'disable' | 'enable';

/** One rule named in one comment. */
export interface Suppression {
  readonly kind: Exclude<SuppressionKind, 'enable'>;
  /** An id or a name, as it is written. */
  readonly rule: string;
  /** The whole comment. */
  readonly comment: TextRange;
  /** What it covers; a finding is covered when it starts here. */
  readonly region: TextRange;
  /** The `enable` that ends it, if one does. */
  readonly closing?: TextRange;
  /** What stands after the brackets; empty when nothing does. */
  readonly reason: string;
}

/** A comment that means to silence something, but does not say what. */
export interface MalformedComment {
  readonly range: TextRange;
  readonly message: string;
}

/** One rule of an `enable` that ends nothing. */
export type IdleEnable = Pick<Suppression, 'rule' | 'comment'>;

export interface Suppressions {
  readonly suppressions: readonly Suppression[];
  readonly malformed: readonly MalformedComment[];
  readonly idleEnables: readonly IdleEnable[];
}

const anyComment = /^#\s*bn-guard\s*:/;
const wellFormed =
  /^#\s*bn-guard\s*:\s*(?<kind>ignore-file|ignore|disable|enable)\s*\[(?<rules>[^\]]*)\]\s*(?:[-:]\s*)?(?<reason>.*)$/;

interface ReadComment {
  readonly kind: SuppressionKind;
  readonly rules: readonly string[];
  readonly reason: string;
  readonly range: TextRange;
}

/** Reads every `# bn-guard: …` comment of a module. */
export function readSuppressions(module: PyModule): Suppressions {
  const malformed: MalformedComment[] = [];
  const comments: ReadComment[] = [];
  for (const { range, text } of module.comments) {
    const groups = wellFormed.exec(text)?.groups;
    const rules = (groups?.['rules'] ?? '').split(',').map((rule) => rule.trim());
    if (groups !== undefined && rules.every((rule) => rule !== '')) {
      // The pattern lets only these four through.
      const kind = groups['kind'] as SuppressionKind;
      comments.push({ kind, rules, reason: (groups['reason'] ?? '').trim(), range });
    } else if (anyComment.test(text)) {
      const message =
        'This comment does not say which rule to ignore; write `# bn-guard: ignore[BN101] reason`';
      malformed.push({ range, message });
    }
  }
  return { suppressions: locate(comments, module), malformed, idleEnables: idleAmong(comments) };
}

/** An `enable` ends what was disabled since the last one for its rule. */
function idleAmong(comments: readonly ReadComment[]): readonly IdleEnable[] {
  const disabled = new Set<string>();
  return comments.flatMap(({ kind, rules, range }) => {
    if (kind === 'disable') {
      rules.forEach((rule) => disabled.add(rule));
    }
    const idle = kind === 'enable' ? rules.filter((rule) => !disabled.delete(rule)) : [];
    return idle.map((rule) => ({ rule, comment: range }));
  });
}

function locate(comments: readonly ReadComment[], module: PyModule): readonly Suppression[] {
  if (comments.length === 0) {
    return [];
  }
  const lines = logicalLines(module);
  return comments.flatMap((comment, index) => {
    const { kind, rules, range, reason } = comment;
    if (kind === 'enable') {
      return [];
    }
    return rules.map((rule): Suppression => {
      const later = comments.slice(index + 1);
      const region = regionOf(comment, { module, lines, later, rule });
      const closing = kind === 'disable' ? closingOf(rule, later)?.range : undefined;
      return { kind, rule, comment: range, region, reason, ...(closing && { closing }) };
    });
  });
}

interface Around {
  readonly module: PyModule;
  readonly lines: readonly TextRange[];
  readonly later: readonly ReadComment[];
  readonly rule: string;
}

function regionOf({ kind, range }: ReadComment, { module, lines, later, rule }: Around): TextRange {
  switch (kind) {
    case 'ignore-file':
      return { start: 0, end: module.text.length };
    case 'disable':
    case 'enable': {
      const end = closingOf(rule, later)?.range.start ?? module.text.length;
      return { start: range.start, end };
    }
    case 'ignore':
      return ignoredLine(range, module, lines);
  }
}

function closingOf(rule: string, later: readonly ReadComment[]): ReadComment | undefined {
  return later.find((own) => own.kind === 'enable' && own.rules.includes(rule));
}

/** The logical line a comment stands on, or the next one when it stands alone. */
function ignoredLine(range: TextRange, module: PyModule, lines: readonly TextRange[]): TextRange {
  const index = buildLineIndex(module.text);
  const lineStart = index.lineStart(index.positionAt(range.start).line0);
  const isAlone = module.text.slice(lineStart, range.start).trim() === '';
  if (isAlone) {
    return lines.find(({ start }) => start > range.start) ?? range;
  }
  const around = lines.filter(({ start, end }) => start <= range.start && lineStart <= end);
  const start = Math.min(lineStart, ...around.map((own) => own.start));
  return { start, end: range.end };
}

/** The findings that no comment covers, and the comments that cover none. */
export function applySuppressions<
  F extends { readonly rule: string; readonly name: string; readonly range: TextRange },
>(
  findings: readonly F[],
  suppressions: readonly Suppression[],
): { readonly kept: readonly F[]; readonly unused: readonly Suppression[] } {
  const used = new Set<Suppression>();
  const kept = findings.filter((finding) => {
    const covering = suppressions.filter((own) => covers(own, finding));
    for (const own of covering) {
      used.add(own);
    }
    return covering.length === 0;
  });
  return { kept, unused: suppressions.filter((own) => !used.has(own)) };
}

function covers(
  { rule, region }: Suppression,
  finding: { readonly rule: string; readonly name: string; readonly range: TextRange },
): boolean {
  const isNamed = rule === finding.rule || rule === finding.name;
  return isNamed && region.start <= finding.range.start && finding.range.start < region.end;
}
