/**
 * Many lines of nothing but comments, as when half a script is commented out.
 *
 * From each of them the grammar looks ahead over all that follow, so that a thousand take half a second
 * and four thousand take four. It gets blanks in their place.
 */

import type { Comment } from './nodes';
import { Tokenizer } from './tokens';

/** Lines; shorter runs cost nothing. */
const leastRun = 40;
const longRun = new RegExp(`(?:^[ \\t]*#[^\\n]*\\n?){${String(leastRun)}}`, 'm');

export interface HiddenComments {
  /** As long as the text, without the comments. */
  readonly shown: string;
  /** In source order. */
  readonly hidden: readonly Comment[];
}

export function hideCommentRuns(text: string): HiddenComments {
  const hidden = longRun.test(text) ? commentsInRuns(text) : [];
  let shown = '';
  let end = 0;
  for (const { range } of hidden) {
    shown += text.slice(end, range.start) + ' '.repeat(range.end - range.start);
    end = range.end;
  }
  return { shown: shown + text.slice(end), hidden };
}

function commentsInRuns(text: string): readonly Comment[] {
  const tokens = new Tokenizer(text);
  const found: Comment[] = [];
  let run: Comment[] = [];
  const endRun = (): void => {
    if (run.length >= leastRun) {
      found.push(...run);
    }
    run = [];
  };
  while (tokens.next()) {
    const { kind, start, lineStart } = tokens;
    const end = text.endsWith('\r', tokens.end) ? tokens.end - 1 : tokens.end;
    if (kind === 'comment' && text.slice(lineStart, start).trim() === '') {
      run.push({ range: { start, end }, text: text.slice(start, end) });
    } else if (kind !== 'newline') {
      endRun();
    }
  }
  endRun();
  // A bracket or a string that ends nowhere would let what follows look like anything.
  return tokens.isTorn ? [] : found;
}
