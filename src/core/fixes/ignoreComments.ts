/** Comments that silence one rule, put where they work and joined to those that are there. */

import { buildLineIndex } from '../base/lineIndex';
import type { TextEdit } from './fix';

type Edit = Omit<TextEdit, 'path'>;

/**
 * Silences a rule for the statement that starts a finding. The comment goes to the end of its line,
 * or to a line of its own above where that line cannot take one.
 *
 * @param offset start of the finding
 */
export function ignoreLine(text: string, offset: number, rule: string): Edit {
  const line = lineAt(text, offset);
  const above = line.start === 0 ? undefined : lineAt(text, line.start - 1);
  const own = joined(line, 'ignore', rule);
  const ownAbove = above && /^\s*#/.test(above.text) ? joined(above, 'ignore', rule) : undefined;
  const existing = own ?? ownAbove;
  if (existing !== undefined) {
    return existing;
  }
  return canEndWithComment(line.text)
    ? insertion(line.start + line.text.trimEnd().length, `  # bn-guard: ignore[${rule}]`)
    : lineAbove(text, line, `# bn-guard: ignore[${rule}]`);
}

/** Silences a rule in the whole file, below a shebang and a line that names the encoding. */
export function ignoreFile(text: string, rule: string): Edit {
  const existing = /^[ \t]*#\s*bn-guard\s*:\s*ignore-file\s*\[[^\]]*(?=\])/m.exec(text);
  if (existing !== null) {
    return insertion(existing.index + existing[0].length, `, ${rule}`);
  }
  const head =
    /^(?:#!.*(?:\r\n|\r|\n))?(?:[ \t]*#.*coding[:=].*(?:\r\n|\r|\n))?/.exec(text)?.[0] ?? '';
  return insertion(head.length, `# bn-guard: ignore-file[${rule}]${lineBreakOf(text)}`);
}

interface Line {
  readonly start: number;
  /** Without its line break. */
  readonly text: string;
}

function lineAt(text: string, offset: number): Line {
  const index = buildLineIndex(text);
  const { line0 } = index.positionAt(offset);
  const start = index.lineStart(line0);
  return { start, text: text.slice(start, index.lineStart(line0 + 1)).replace(/[\r\n]+$/, '') };
}

function joined({ start, text }: Line, kind: string, rule: string): Edit | undefined {
  const existing = new RegExp(`#\\s*bn-guard\\s*:\\s*${kind}\\s*\\[[^\\]]*(?=\\])`).exec(text);
  return existing === null
    ? undefined
    : insertion(start + existing.index + existing[0].length, `, ${rule}`);
}

/** Not after another comment, a line continuation, or where a long string may begin. */
function canEndWithComment(line: string): boolean {
  return !/#|\\\s*$|"""|'''/.test(line);
}

/** Above the first line of what backslashes join: a comment between them would break it. */
function lineAbove(text: string, line: Line, comment: string): Edit {
  const before = line.start === 0 ? undefined : lineAt(text, line.start - 1);
  if (before !== undefined && /\\\s*$/.test(before.text)) {
    return lineAbove(text, before, comment);
  }
  const indent = /^\s*/.exec(line.text)?.[0] ?? '';
  return insertion(line.start, `${indent}${comment}${lineBreakOf(text)}`);
}

function lineBreakOf(text: string): string {
  return /\r\n|\r|\n/.exec(text)?.[0] ?? '\n';
}

function insertion(at: number, newText: string): Edit {
  return { range: { start: at, end: at }, newText };
}
