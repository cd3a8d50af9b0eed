/** Reading one Python file or notebook from disk, whatever is in it. */

import { open, stat } from 'node:fs/promises';
import { type Result, err, ok } from '../core/base/result';
import { type DecodedText, decodePython } from './pythonEncoding';

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
  file: string,
  name: string,
): Promise<Result<DecodedText, ReadProblem>> {
  const bytes = await readBounded(file, byteLimitFor(file));
  return bytes.ok ? decodeSource(bytes.value, name) : err(sentence(bytes.error, name));
}

/** The same for bytes that come from elsewhere, such as standard input. */
export function decodeSource(bytes: Uint8Array, name: string): Result<DecodedText, ReadProblem> {
  if (bytes.byteLength > byteLimitFor(name)) {
    return err(sentence(tooLarge(bytes.byteLength, byteLimitFor(name)), name));
  }
  const decoded = decodePython(bytes);
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

async function readBounded(file: string, limit: number): Promise<Result<Uint8Array, ReadProblem>> {
  try {
    // A pipe would be waited for: nobody may ever write to it.
    const status = await stat(file);
    if (!status.isFile()) {
      return err({ kind: 'unreadable', message: 'is not a file' });
    }
    const { size } = status;
    const bytes = size > limit ? undefined : await readFile(file, size);
    const read = bytes?.byteLength ?? size;
    return bytes === undefined || read > limit ? err(tooLarge(read, limit)) : ok(bytes);
  } catch (cause) {
    return err({ kind: 'unreadable', message: `could not be read: ${reasonOf(cause)}` });
  }
}

/** @param size in bytes, as it was a moment ago: one reading is enough as long as it has not grown */
async function readFile(file: string, size: number): Promise<Uint8Array> {
  await using handle = await open(file, 'r');
  const buffer = Buffer.allocUnsafe(size + 1);
  const { bytesRead } = await handle.read(buffer, 0, size + 1, 0);
  return bytesRead <= size ? buffer.subarray(0, bytesRead) : await handle.readFile();
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

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a folder',
  EMFILE: 'too many files are open',
};

/** Why the operating system refused, without its jargon where there is a plain word. */
export function reasonOf(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return reasons[code] ?? (cause instanceof Error ? cause.message : String(cause));
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
