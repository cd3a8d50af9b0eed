import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../src/core/fixes/applyFixes';
import { ignoreFile, ignoreLine } from '../../../src/core/fixes/ignoreComments';

function afterIgnoringLine(text: string): string {
  return applyEdits(text, [ignoreLine(text, text.indexOf('bad'), 'BN101')]);
}

describe('ignoreLine', () => {
  it.each([
    ['ends a plain line', 'x = bad()\ny = 1\n', 'x = bad()  # bn-guard: ignore[BN101]\ny = 1\n'],
    ['ends the last line', 'x = bad()', 'x = bad()  # bn-guard: ignore[BN101]'],
    ['keeps CR LF', 'x = bad()\r\n', 'x = bad()  # bn-guard: ignore[BN101]\r\n'],
    [
      'joins a comment of its own',
      'bad()  # bn-guard: ignore[BN204] why\n',
      'bad()  # bn-guard: ignore[BN204, BN101] why\n',
    ],
    [
      'joins a comment of its own above',
      '# bn-guard: ignore[BN204]\nbad()\n',
      '# bn-guard: ignore[BN204, BN101]\nbad()\n',
    ],
    [
      'stands above a line with another comment',
      'if x:\n    bad()  # noqa\n',
      'if x:\n    # bn-guard: ignore[BN101]\n    bad()  # noqa\n',
    ],
    [
      'stands above all lines that backslashes join',
      'a = 1\nx = y + \\\n    bad() + \\\n    z\n',
      'a = 1\n# bn-guard: ignore[BN101]\nx = y + \\\n    bad() + \\\n    z\n',
    ],
    [
      'stands above a long string',
      'bad("""a\nb""")\n',
      '# bn-guard: ignore[BN101]\nbad("""a\nb""")\n',
    ],
  ])('%s', (_what, text, expected) => {
    expect(afterIgnoringLine(text)).toBe(expected);
  });
});

describe('ignoreFile', () => {
  it.each([
    ['starts a file', 'x\n', '# bn-guard: ignore-file[BN101]\nx\n'],
    [
      'comes after a shebang and a coding line',
      '#!/usr/bin/python\n# -*- coding: latin-1 -*-\nx\n',
      '#!/usr/bin/python\n# -*- coding: latin-1 -*-\n# bn-guard: ignore-file[BN101]\nx\n',
    ],
    [
      'joins a comment of its own',
      'x\n# bn-guard: ignore-file[BN204] old\n',
      'x\n# bn-guard: ignore-file[BN204, BN101] old\n',
    ],
  ])('%s', (_what, text, expected) => {
    expect(applyEdits(text, [ignoreFile(text, 'BN101')])).toBe(expected);
  });
});
