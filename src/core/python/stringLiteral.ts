/** What a Python string literal means, read from its source text. */

const literal = /^(?<prefix>[a-zA-Z]*)(?<quote>'''|"""|'|")/;
const escape =
  /\\(?:\r\n|[\n\r]|x(?<hex>[0-9a-fA-F]{2})|u(?<u4>[0-9a-fA-F]{4})|U(?<u8>[0-9a-fA-F]{8})|(?<octal>[0-7]{1,3})|(?<other>[^]))/g;
const named: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
};

export interface DecodedLiteral {
  readonly value: string;
  readonly isBytes: boolean;
}

/** Decodes `'a\n'`, `r"\d"`, `b'x'` and the like; not for f-strings. */
export function decodeLiteral(source: string): DecodedLiteral {
  const groups = literal.exec(source)?.groups;
  const prefix = (groups?.['prefix'] ?? '').toLowerCase();
  const quote = groups?.['quote'] ?? '';
  const start = prefix.length + quote.length;
  const end =
    source.length >= start + quote.length && source.endsWith(quote)
      ? source.length - quote.length
      : source.length;
  const inner = source.slice(start, Math.max(start, end));
  return {
    value: prefix.includes('r') ? inner : unescapeText(inner),
    isBytes: prefix.includes('b'),
  };
}

/** Replaces Python's escape sequences; an unknown one stays as it is written. */
export function unescapeText(text: string): string {
  if (!text.includes('\\')) {
    return text;
  }
  return text.replace(
    escape,
    (whole, hex?: string, u4?: string, u8?: string, octal?: string, other?: string) => {
      const digits = hex ?? u4 ?? u8;
      if (digits !== undefined) {
        const codePoint = parseInt(digits, 16);
        return codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : whole;
      }
      if (octal !== undefined) {
        return String.fromCodePoint(parseInt(octal, 8));
      }
      return other === undefined ? '' : (named[other] ?? whole);
    },
  );
}
