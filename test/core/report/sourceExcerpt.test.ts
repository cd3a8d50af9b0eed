import { describe, expect, it } from 'vitest';
import { excerptOf } from '../../../src/core/report/sourceExcerpt';

/** The excerpt as two lines, the marks below the text. */
function draw(text: string, needle: string, width = 80): string {
  const start = text.indexOf(needle);
  const { line, indent, length } = excerptOf(text, { start, end: start + needle.length }, width);
  return `${line}\n${' '.repeat(indent)}${'~'.repeat(length)}`;
}

describe('excerptOf', () => {
  it.each([
    ['a plain line', 'x = 1\r\ny = bad(z)\r\n', 'bad', 80, 'y = bad(z)\n    ~~~'],
    ['tabs', '\ty = bad', 'bad', 80, '    y = bad\n        ~~~'],
    ['wide characters', 's = "日本"; bad', 'bad', 80, 's = "日本"; bad\n            ~~~'],
    ['a range over lines', 'f(a,\n  b)', 'f(a,\n  b)', 80, 'f(a,\n~~~~'],
    ['a line that just fits', 'aaaaaaaa bad', 'bad', 12, 'aaaaaaaa bad\n         ~~~'],
    ['a long line', `${'a'.repeat(50)}bad${'b'.repeat(50)}`, 'bad', 13, '…aaaabadbbbb…\n     ~~~'],
    ['marks longer than the line', 'x = ffffffffffff # c', 'ffffffffffff', 8, '…ffffff…\n ~~~~~~~'],
    ['marks that leave no room', 'x = ffffff # c', 'ffffff', 7, 'ffffff…\n~~~~~~'],
    ['marks from the first column on', 'ffffff # c', 'ffffff', 6, 'ffffff\n~~~~~~'],
  ])('shows %s', (_what, text, needle, width, expected) => {
    expect(draw(text, needle, width)).toBe(expected);
  });
});
