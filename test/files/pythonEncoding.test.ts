import { describe, expect, it } from 'vitest';
import { decodePython } from '../../src/files/pythonEncoding';
import { disk } from '../../src/platform/disk';
import { encodeText } from '../../src/platform/encodeText';

const bytes = (text: string, encoding: BufferEncoding = 'utf8'): Uint8Array =>
  Buffer.from(text, encoding);

describe('decodePython', () => {
  it.each([
    ['plain UTF-8', bytes('x = "é"\n'), 'x = "é"\n', { name: 'utf-8', hasBom: false }],
    ['an empty file', bytes(''), '', { name: 'utf-8', hasBom: false }],
    ['a byte order mark', bytes('\uFEFFx = 1\n'), 'x = 1\n', { name: 'utf-8', hasBom: true }],
    [
      'an Emacs coding line',
      bytes('# -*- coding: latin-1 -*-\nx = "\xe9"\n', 'latin1'),
      '# -*- coding: latin-1 -*-\nx = "é"\n',
      { name: 'latin-1', hasBom: false },
    ],
    [
      'a Vim coding line below a shebang',
      bytes('#!/usr/bin/python\n# vim: set fileencoding=iso-8859-15 :\nx = "\xa4"\n', 'latin1'),
      '#!/usr/bin/python\n# vim: set fileencoding=iso-8859-15 :\nx = "€"\n',
      { name: 'iso-8859-15', hasBom: false },
    ],
    [
      'C1 characters in latin-1, as Python reads them',
      bytes('# coding: latin-1\n# \x80\n', 'latin1'),
      '# coding: latin-1\n# \x80\n',
      { name: 'latin-1', hasBom: false },
    ],
    [
      'Japanese in EUC-JP',
      Uint8Array.of(...bytes('# coding: euc-jp\n# '), 0xc6, 0xfc, 0xcb, 0xdc),
      '# coding: euc-jp\n# 日本',
      { name: 'euc-jp', hasBom: false },
    ],
    [
      'a coding line after code as ordinary text',
      bytes('x = 1\n# coding: latin-1\ny = "é"\n'),
      'x = 1\n# coding: latin-1\ny = "é"\n',
      { name: 'utf-8', hasBom: false },
    ],
  ])('reads %s', (_what, input, text, encoding) => {
    expect(decodePython(input, disk.decode)).toEqual({ ok: true, value: { text, encoding } });
  });

  it.each([
    ['an unknown encoding', bytes('# coding: klingon-7\n'), "declares the encoding 'klingon-7'"],
    ['bytes that are not UTF-8', Uint8Array.of(0x23, 0xe9, 0x0a), 'is not valid UTF-8'],
    ['a binary file', Uint8Array.of(0x50, 0x4b, 0x03, 0x04, 0, 0), 'is a binary file'],
    ['a binary file that says latin-1', bytes('# coding: latin-1\n\0\0'), 'is a binary file'],
    ['a mark that contradicts the comment', bytes('\uFEFF# coding: latin-1\n'), 'UTF-8 mark'],
  ])('refuses %s with a reason', (_what, input, reason) => {
    const decoded = decodePython(input, disk.decode);
    expect(decoded.ok ? 'read' : decoded.error).toContain(reason);
  });
});

describe('encodeText', () => {
  it.each([
    ['UTF-8 with a mark', bytes('\uFEFFx = "é"\r\n')],
    ['latin-1', bytes('# coding: latin-1\nx = "\xe9\x85"\n', 'latin1')],
    ['EUC-JP', Uint8Array.of(...bytes('# coding: euc-jp\n# '), 0xc6, 0xfc, 0xcb, 0xdc)],
  ])('gives back the very bytes of %s', (_what, input) => {
    const decoded = decodePython(input, disk.decode);
    if (!decoded.ok) throw new Error(decoded.error);
    const encoded = encodeText(decoded.value.text, decoded.value.encoding);
    expect(encoded.ok && Buffer.from(encoded.value).equals(Buffer.from(input))).toBe(true);
  });

  it('refuses a character that the encoding does not have', () => {
    expect(encodeText('日本', { name: 'latin-1', hasBom: false })).toEqual({
      ok: false,
      error: "holds characters that its encoding 'latin-1' cannot write",
    });
  });
});
