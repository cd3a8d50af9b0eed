/** Reads UTF-8; a byte that does not belong becomes U+FFFD. The core has no TextDecoder. */
export function decodeUtf8(bytes: Uint8Array): string {
  const parts: string[] = [];
  let at = 0;
  while (at < bytes.length) {
    const { codePoint, length } = codePointAt(bytes, at);
    parts.push(String.fromCodePoint(codePoint));
    at += length;
  }
  return parts.join('');
}

/** Writes UTF-8; a lone surrogate becomes U+FFFD. */
export function encodeUtf8(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? replacement;
    pushCodePoint(bytes, codePoint >= 0xd800 && codePoint <= 0xdfff ? replacement : codePoint);
  }
  return Uint8Array.from(bytes);
}

const replacement = 0xfffd;

interface Decoded {
  readonly codePoint: number;
  readonly length: number;
}

const broken: Decoded = { codePoint: replacement, length: 1 };

function codePointAt(bytes: Uint8Array, at: number): Decoded {
  const first = bytes[at] ?? 0;
  if (first < 0x80) {
    return { codePoint: first, length: 1 };
  }
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || at + length > bytes.length) {
    return broken;
  }
  let codePoint = first & (0xff >> (length + 1));
  for (let next = at + 1; next < at + length; next++) {
    const byte = bytes[next] ?? 0;
    if ((byte & 0xc0) !== 0x80) {
      return broken;
    }
    codePoint = (codePoint << 6) | (byte & 0x3f);
  }
  return isScalar(codePoint, length) ? { codePoint, length } : broken;
}

function isScalar(codePoint: number, length: number): boolean {
  const smallest = length === 4 ? 0x10000 : length === 3 ? 0x800 : 0x80;
  const isSurrogate = codePoint >= 0xd800 && codePoint <= 0xdfff;
  return codePoint >= smallest && codePoint <= 0x10ffff && !isSurrogate;
}

function pushCodePoint(bytes: number[], codePoint: number): void {
  if (codePoint < 0x80) {
    bytes.push(codePoint);
    return;
  }
  const tailLength = codePoint < 0x800 ? 1 : codePoint < 0x10000 ? 2 : 3;
  const lead = (0xf00 >> tailLength) & 0xff;
  bytes.push(lead | (codePoint >> (6 * tailLength)));
  for (let index = tailLength - 1; index >= 0; index--) {
    bytes.push(0x80 | ((codePoint >> (6 * index)) & 0x3f));
  }
}
