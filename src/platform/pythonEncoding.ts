/** Bytes of a Python file ↔ text, by the rules of PEP 263 and PEP 3120. */

import iconv from 'iconv-lite';
import { type Result, err, ok } from '../core/base/result';

/** What a file needs to be written back as it was. */
export interface TextEncoding {
  /** As Python names it: 'utf-8', 'latin-1', 'euc-jp'. */
  readonly name: string;
  readonly hasBom: boolean;
}

export interface DecodedText {
  /** Without the byte order mark. */
  readonly text: string;
  readonly encoding: TextEncoding;
}

const codingComment = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;
const blankOrComment = /^[ \t\f]*(?:#.*)?$/;
const headByteLength = 4096;

/** The error is the rest of a sentence about the file: "is not valid UTF-8 …". */
export function decodePython(bytes: Uint8Array): Result<DecodedText, string> {
  const hasBom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const declared = declaredEncoding(bytes.subarray(hasBom ? 3 : 0));
  if (declared === undefined || isUtf8(declared)) {
    return decodeUtf8(bytes, { name: 'utf-8', hasBom });
  }
  if (hasBom) {
    return err(
      `starts with a UTF-8 mark but declares the encoding '${declared}'; Python refuses it`,
    );
  }
  const isKnown: boolean = iconv.encodingExists(declared);
  if (!isKnown) {
    return err(`declares the encoding '${declared}', which is not known; save it as UTF-8`);
  }
  if (isBinary(bytes)) {
    return err(binaryMessage);
  }
  return ok({
    text: iconv.decode(bytes, declared, { stripBOM: false }),
    encoding: { name: declared, hasBom },
  });
}

/** Fails, naming the character, when the encoding cannot hold the text. */
export function encodeText(
  text: string,
  { name, hasBom }: TextEncoding,
): Result<Uint8Array, string> {
  if (isUtf8(name)) {
    return ok(Buffer.from(hasBom ? `\uFEFF${text}` : text, 'utf8'));
  }
  const bytes = iconv.encode(text, name);
  if (iconv.decode(bytes, name, { stripBOM: false }) !== text) {
    return err(`holds characters that its encoding '${name}' cannot write`);
  }
  return ok(bytes);
}

const binaryMessage = 'is a binary file, not Python text';

function decodeUtf8(bytes: Uint8Array, encoding: TextEncoding): Result<DecodedText, string> {
  if (isBinary(bytes)) {
    return err(binaryMessage);
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return ok({ text, encoding });
  } catch {
    // A fatal decoder throws on the first malformed byte; that is the answer, not an accident.
    return err(
      'is not valid UTF-8 and declares no other encoding; save it as UTF-8 or start it with "# -*- coding: latin-1 -*-"',
    );
  }
}

/** Only the first two lines count, the second only below a blank line or a comment. */
function declaredEncoding(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, headByteLength)).toString('latin1');
  const [first = '', second = ''] = head.split(/\r\n|\r|\n/, 2);
  const inFirst = codingComment.exec(first)?.[1];
  return inFirst ?? (blankOrComment.test(first) ? codingComment.exec(second)?.[1] : undefined);
}

function isUtf8(name: string): boolean {
  return /^utf[-_]?8(?:[-_]sig)?$/i.test(name);
}

/** Python text never holds a zero byte; the head is enough to tell archives and pictures. */
function isBinary(bytes: Uint8Array): boolean {
  return bytes.subarray(0, headByteLength).includes(0);
}
