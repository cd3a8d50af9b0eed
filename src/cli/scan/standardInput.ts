import { buffer } from 'node:stream/consumers';
import { resolve } from 'node:path';
import { decodeSource } from '../../files/readSource';
import { disk } from '../../platform/disk';
import { type Collection, type FoundFile, projectPath } from './collect';

/** Reads standard input as if it were the file `name`. */
export async function readStandardInput(
  name: string,
  cwd: string,
): Promise<{ readonly file: FoundFile; readonly read: Collection }> {
  const file = resolve(cwd, name);
  const path = projectPath(cwd, file);
  const decoded = decodeSource(await buffer(process.stdin), path, disk.decode);
  const found: FoundFile = { file, path, isNamed: true };
  const read: Collection = decoded.ok
    ? { sources: [{ file, path, ...decoded.value }], problems: [] }
    : { sources: [], problems: [{ path, ...decoded.error, range: undefined }] };
  return { file: found, read };
}
