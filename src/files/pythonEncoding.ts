/** Bytes of a Python file as text, by the rules of PEP 263 and PEP 3120. */

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

/** Text by Python's name of its encoding, which is not UTF-8; `undefined` for an unknown one. */
export type Decode = (bytes: Uint8Array, encoding: string) => string | undefined;

/** The error is the rest of a sentence about the file: "is not valid UTF-8 …". */
export function decodePython(bytes: Uint8Array, decode: Decode): Result<DecodedText, string> {
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
  if (isBinary(bytes)) {
    return err(binaryMessage);
  }
  const text = decode(bytes, declared);
  return text === undefined
    ? err(`declares the encoding '${declared}', which is not known; save it as UTF-8`)
    : ok({ text, encoding: { name: declared, hasBom } });
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
  const head = String.fromCharCode(...bytes.subarray(0, headByteLength));
  const [first = '', second = ''] = head.split(/\r\n|\r|\n/, 2);
  const inFirst = codingComment.exec(first)?.[1];
  return inFirst ?? (blankOrComment.test(first) ? codingComment.exec(second)?.[1] : undefined);
}

export function isUtf8(name: string): boolean {
  return /^utf[-_]?8(?:[-_]sig)?$/i.test(name);
}

/** Python text never holds a zero byte; the head is enough to tell archives and pictures. */
function isBinary(bytes: Uint8Array): boolean {
  return bytes.subarray(0, headByteLength).includes(0);
}
