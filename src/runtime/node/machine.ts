/** A machine with a disk, files of which are read piece by piece. */

import { existsSync, writeSync } from 'node:fs';
import { readFile, readdir, realpath, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { type Result, err, ok } from '../../core/base/result';
import type { RepairPlace } from '../../core/onnx/repairModel';
import { writeReasonOf } from '../../platform/disk';
import { ExternalFiles, openFileSource } from '../../platform/fileByteSource';
import { writeAtomically } from '../../platform/writeAtomically';
import { type RuntimeError, isPictureName } from '../../protocol/runtime';

import type { Machine, ModelFiles } from '../machine';
import { loadRuntime } from './loadRuntime';

type Outcome<T> = Promise<Result<T, RuntimeError>>;

const standardError = 2;

export const nodeMachine: Machine = {
  nameOf: (path) => basename(path),
  openModel: (path) => Promise.resolve(openModel(path)),
  readFile: readWhole,
  listPictures,
  writeFile: (path, pieces) =>
    writeAtomically(path, pieces).then(
      () => ok(undefined),
      (cause: unknown) => err(notWritten(path, cause)),
    ),
  placeOf,
  loadRuntime,
  end: ({ message }) => {
    writeSync(standardError, `ONNX Runtime stopped: ${message}\n`);
    process.exit(1);
  },
  readJpegDecoder: async () => new Uint8Array(await readFile(decoderPath())).buffer,
};

function openModel(path: string): Result<ModelFiles, RuntimeError> {
  const opened = openFileSource(path);
  if (!opened.ok) {
    return opened;
  }
  const source = opened.value;
  const external = new ExternalFiles(path);
  const folder = dirname(resolve(path));
  return ok({
    ...{ path, source, folder, fileName: basename(path) },
    openExternal: external.open,
    readWeights: async (location) => {
      const file = resolve(folder, location);
      const bytes = file.startsWith(folder + sep) ? await readWhole(file) : undefined;
      return bytes?.ok === true ? bytes.value : undefined;
    },
    close: () => {
      external.close();
      source.close();
    },
  });
}

async function readWhole(path: string): Outcome<Uint8Array> {
  try {
    const { buffer, byteOffset, byteLength } = await readFile(path);
    // A part of a Buffer is no copy, as that of any other array is.
    return ok(new Uint8Array(buffer, byteOffset, byteLength));
  } catch (cause) {
    const opened = openFileSource(path);
    if (!opened.ok) {
      return opened;
    }
    opened.value.close();
    const reason = cause instanceof Error ? cause.message : String(cause);
    return err({ kind: 'unreadable', message: `"${path}" cannot be read (${reason}).` });
  }
}

async function listPictures(path: string): Outcome<readonly string[]> {
  try {
    if (!(await stat(path)).isDirectory()) {
      return ok([path]);
    }
    const names = await readdir(path, { recursive: true, encoding: 'utf8' });
    const pictures = names.filter(isPictureName).sort();
    return ok(pictures.map((name) => join(path, name)));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `${basename(path)} cannot be read (${reason}). Check the path.`;
    return err({ kind: 'unreadable', message });
  }
}

async function placeOf(original: string, copy: string): Promise<RepairPlace> {
  const [from, to] = await Promise.all([real(original), real(copy)]);
  return { isOriginal: from === to, isSameFolder: dirname(from) === dirname(to) };
}

/** Of a file that does not exist yet, the folder at least may be a link. */
async function real(path: string): Promise<string> {
  const full = resolve(path);
  const folder = (): Promise<string> => realpath(dirname(full)).catch(() => dirname(full));
  return realpath(full).catch(async () => join(await folder(), basename(full)));
}

function notWritten(output: string, cause: unknown): RuntimeError {
  const message = `${output} could not be written: ${writeReasonOf(cause)}. The original is unchanged; choose another place.`;
  return { kind: 'notWritten', message };
}

/** The build puts the file beside the bundle; the sources have it in its package. */
function decoderPath(): string {
  const built = join(__dirname, 'mozjpeg_dec.wasm');
  const inPackage = '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm';
  return existsSync(built) ? built : createRequire(__filename).resolve(inPackage);
}
