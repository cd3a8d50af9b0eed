/** What the model worker is given: files of VS Code's file system, and parts of the extension. */

import * as vscode from 'vscode';
import { type Result, err, ok } from '../../core/base/result';
import { type RuntimeError, isPictureName } from '../../protocol/runtime';
import type { RuntimePart } from '../../protocol/workerHost';
import { shownPath } from './fileNames';
import type { WorkerFiles } from './workerRuntime';

type Outcome<T> = Promise<Result<T, RuntimeError>>;

/** A file is in memory as a whole, and WebAssembly can have 4 GB of it altogether. */
const largestMegabytes = 1024;

const partPlaces: Readonly<Record<RuntimePart, readonly string[]>> = {
  onnxRuntime: ['onnxruntime-web', 'ort-wasm-simd-threaded.wasm'],
  jpegDecoder: ['mozjpeg_dec.wasm'],
};

export function workerFiles(distFolder: vscode.Uri): WorkerFiles {
  return {
    readFile: ({ path, location }) => {
      const uri = vscode.Uri.parse(path);
      const beside = location === undefined ? uri : besideOf(uri, location);
      return beside === undefined ? Promise.resolve(err(outside(location))) : readFile(beside);
    },
    listPictures: ({ path }) => listPictures(vscode.Uri.parse(path)),
    writeFile: ({ path, bytes }) => writeFile(vscode.Uri.parse(path), bytes),
    readPart: ({ part }) => readFile(vscode.Uri.joinPath(distFolder, ...partPlaces[part])),
  };
}

/** A model may name files in its own folder and below, and no others. */
function besideOf(model: vscode.Uri, location: string): vscode.Uri | undefined {
  const folder = vscode.Uri.joinPath(model, '..');
  const uri = vscode.Uri.joinPath(folder, location);
  return uri.path.startsWith(`${folder.path.replace(/\/$/, '')}/`) ? uri : undefined;
}

function outside(location = ''): RuntimeError {
  return { kind: 'notFound', message: `"${location}" is not beside the model.` };
}

async function readFile(uri: vscode.Uri): Outcome<Uint8Array> {
  try {
    const { size, type } = await vscode.workspace.fs.stat(uri);
    if ((type & vscode.FileType.Directory) !== 0) {
      return err({
        kind: 'unreadable',
        message: `"${shownPath(uri)}" is not a file. Choose a file.`,
      });
    }
    const megabytes = Math.ceil(size / 2 ** 20);
    return megabytes > largestMegabytes
      ? err({ kind: 'tooLarge', message: tooLarge(uri, megabytes) })
      : // A copy, which is moved to the worker: a file system may hold on to what it gives.
        ok(new Uint8Array(await vscode.workspace.fs.readFile(uri)));
  } catch (cause) {
    return err(unreadable(uri, cause));
  }
}

function tooLarge(uri: vscode.Uri, megabytes: number): string {
  return `"${shownPath(uri)}" has ${String(megabytes)} MB. In a browser, files of up to ${String(largestMegabytes)} MB are read. Open it in VS Code on a desktop.`;
}

async function listPictures(uri: vscode.Uri): Outcome<readonly string[]> {
  try {
    const { type } = await vscode.workspace.fs.stat(uri);
    const isFolder = (type & vscode.FileType.Directory) !== 0;
    return ok(isFolder ? (await picturesIn(uri)).map(String) : [uri.toString()]);
  } catch (cause) {
    return err(unreadable(uri, cause));
  }
}

/** In the order of their names with the folders they are in, as on a disk. */
async function picturesIn(folder: vscode.Uri): Promise<readonly vscode.Uri[]> {
  const pictures: vscode.Uri[] = [];
  for (const [name, type] of await vscode.workspace.fs.readDirectory(folder)) {
    const uri = vscode.Uri.joinPath(folder, name);
    if ((type & vscode.FileType.Directory) !== 0) {
      pictures.push(...(await picturesIn(uri)));
    } else if (isPictureName(name)) {
      pictures.push(uri);
    }
  }
  return pictures.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function writeFile(uri: vscode.Uri, bytes: Uint8Array): Outcome<null> {
  try {
    await vscode.workspace.fs.writeFile(uri, bytes);
    return ok(null);
  } catch (cause) {
    const message = `${shownPath(uri)} could not be written: ${reasonOf(cause)}. The original is unchanged; choose another place.`;
    return err({ kind: 'notWritten', message });
  }
}

function unreadable(uri: vscode.Uri, cause: unknown): RuntimeError {
  const isMissing = cause instanceof vscode.FileSystemError && cause.code === 'FileNotFound';
  return isMissing
    ? { kind: 'notFound', message: `There is no file "${shownPath(uri)}". Check the path.` }
    : {
        kind: 'unreadable',
        message: `"${shownPath(uri)}" cannot be read (${reasonOf(cause)}). Check its permissions.`,
      };
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
