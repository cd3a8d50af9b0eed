/** Reading one Python file or notebook, whatever is in it. */

import { type Result, err } from '../core/base/result';
import type { FileSystem, ReadFailure } from './fileSystem';
import { type Decode, type DecodedText, decodePython } from './pythonEncoding';

/** A file that cannot be analysed, and a sentence that says why and what to do. */
export interface ReadProblem {
  readonly kind: 'unreadable' | 'tooLarge';
  readonly message: string;
}

const megabyte = 1024 * 1024;
const pythonByteLimit = 5 * megabyte;
/** Notebooks carry their pictures; their code is small all the same. */
const notebookByteLimit = 64 * megabyte;
/** A longer line is generated data, and costs every editor and parser dearly. */
const lineLengthLimit = 100_000;

/** @param name how messages call the file */
export async function readSource(
  files: FileSystem,
  file: string,
  name: string,
): Promise<Result<DecodedText, ReadProblem>> {
  const bytes = await files.read(file, byteLimitFor(file));
  return bytes.ok
    ? decodeSource(bytes.value, name, files.decode)
    : err(sentence(problemOf(bytes.error, file), name));
}

function problemOf({ kind, reason, byteLength = 0 }: ReadFailure, file: string): ReadProblem {
  return kind === 'tooLarge'
    ? tooLarge(byteLength, byteLimitFor(file))
    : { kind: 'unreadable', message: `could not be read: ${reason}` };
}

/** The same for bytes that come from elsewhere, such as standard input. */
export function decodeSource(
  bytes: Uint8Array,
  name: string,
  decode: Decode,
): Result<DecodedText, ReadProblem> {
  if (bytes.byteLength > byteLimitFor(name)) {
    return err(sentence(tooLarge(bytes.byteLength, byteLimitFor(name)), name));
  }
  const decoded = decodePython(bytes, decode);
  if (!decoded.ok) {
    return err(sentence({ kind: 'unreadable', message: decoded.error }, name));
  }
  const longest = isNotebook(name) ? 0 : longestLine(decoded.value.text);
  if (longest > lineLengthLimit) {
    const message = `has a line of ${longest.toLocaleString('en')} characters, which looks generated and is not analysed`;
    return err(sentence({ kind: 'tooLarge', message }, name));
  }
  return decoded;
}

export function isNotebook(path: string): boolean {
  return path.toLowerCase().endsWith('.ipynb');
}

function byteLimitFor(path: string): number {
  return isNotebook(path) ? notebookByteLimit : pythonByteLimit;
}

function tooLarge(byteLength: number, limit: number): ReadProblem {
  const size = (byteLength / megabyte).toFixed(1);
  return {
    kind: 'tooLarge',
    message: `is ${size} MB; files over ${String(limit / megabyte)} MB are not analysed`,
  };
}

function sentence({ kind, message }: ReadProblem, name: string): ReadProblem {
  return { kind, message: `${name} ${message}` };
}

function longestLine(text: string): number {
  let longest = 0;
  for (let start = 0; start <= text.length;) {
    const found = text.indexOf('\n', start);
    const end = found === -1 ? text.length : found;
    longest = Math.max(longest, end - start);
    start = end + 1;
  }
  return longest;
}
