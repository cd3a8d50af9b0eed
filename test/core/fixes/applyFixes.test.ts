import { describe, expect, it } from 'vitest';
import { applyEdits, chooseFixes, editsByPath } from '../../../src/core/fixes/applyFixes';
import type { Fix, FixSafety, TextEdit } from '../../../src/core/fixes/fix';

const edit = (start: number, end: number, newText: string, path = 'a.py'): TextEdit => ({
  path,
  range: { start, end },
  newText,
});
const fix = (safety: FixSafety, ...edits: TextEdit[]): Fix => ({ title: 'mend', safety, edits });

describe('chooseFixes', () => {
  it('takes the first allowed fix of each finding', () => {
    const suggestion = fix('suggestion', edit(0, 1, 'x'));
    const safe = fix('safe', edit(0, 1, 'y'));
    const findings = [{ fixes: [suggestion, safe] }, { fixes: [] }];
    expect(chooseFixes(findings, 'safe')).toEqual([safe]);
    expect(chooseFixes(findings, 'suggestion')).toEqual([suggestion]);
  });

  it.each([
    ['overlapping replacements', edit(0, 5, 'x'), edit(4, 6, 'y'), 1],
    ['two insertions at one place', edit(3, 3, 'x'), edit(3, 3, 'y'), 1],
    ['neighbours', edit(0, 3, 'x'), edit(3, 5, 'y'), 2],
    ['the same place in two files', edit(0, 3, 'x'), edit(0, 3, 'y', 'b.py'), 2],
    ['the very same edit', edit(0, 3, 'x'), edit(0, 3, 'x'), 1],
  ])('decides about %s', (_what, first, second, count) => {
    const findings = [{ fixes: [fix('safe', first)] }, { fixes: [fix('safe', second)] }];
    expect(chooseFixes(findings, 'safe')).toHaveLength(count);
  });

  it('lets two fixes share an edit, which is made once', () => {
    const shared = edit(0, 0, 'import x\n');
    const first = fix('safe', shared, edit(5, 6, 'p'));
    const second = fix('safe', shared, edit(8, 9, 'q'));
    const chosen = chooseFixes([{ fixes: [first] }, { fixes: [second] }], 'safe');
    expect(chosen).toHaveLength(2);
    expect(editsByPath(chosen).get('a.py')).toHaveLength(3);
  });
});

describe('applyEdits', () => {
  it('applies edits in any order by the offsets of the old text', () => {
    expect(applyEdits('abcdef', [edit(4, 5, 'XX'), edit(0, 1, ''), edit(6, 6, '!')])).toBe(
      'bcdXXf!',
    );
  });
});

describe('applyEdits', () => {
  it.each([
    ['\n', 'a\nb\n', 'a\nx\ny\nb\n'],
    ['\r\n', 'a\r\nb\r\n', 'a\r\nx\r\ny\r\nb\r\n'],
    ['\r', 'a\rb\r', 'a\rx\ry\rb\r'],
    ['no end at all', 'b', 'x\ny\nb'],
  ])('ends the lines that come in as the text does: %j', (_what, text, expected) => {
    const start = text.indexOf('b');
    expect(applyEdits(text, [edit(start, start, 'x\ny\n')])).toBe(expected);
  });
});
