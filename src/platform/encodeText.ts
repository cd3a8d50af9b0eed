/** Text back into the bytes of a Python file. */

import iconv from 'iconv-lite';
import { type Result, err, ok } from '../core/base/result';
import { type TextEncoding, isUtf8 } from '../files/pythonEncoding';

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
