/** Files for a process, which reads from disk: what is elsewhere is brought there, and back. */

import { mkdir, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { type Result, err, ok } from '../../core/base/result';
import { removeUnfinished, writeAtomically } from '../../platform/writeAtomically';
import type { PanelError } from '../../protocol/onnxPanel';
import { isPictureName } from '../../protocol/runtime';
import { fileNameOf, shownPath } from './fileNames';
import type { RuntimeFiles } from './runtimeFiles';

export function diskFiles(): RuntimeFiles {
  const copies = new LocalCopies();
  return {
    pathOf: async (text) => {
      const uri = vscode.Uri.parse(text);
      return uri.scheme === 'file' ? ok(uri.fsPath) : copies.fetch(uri);
    },
    withOutput: async (text, write) => {
      const uri = vscode.Uri.parse(text);
      const path = uri.scheme === 'file' ? uri.fsPath : await copies.placeOf(uri);
      const reply = await write(path);
      if (!reply.ok) {
        // A process that was ended while it wrote could not tidy up.
        await removeUnfinished(path);
        return reply;
      }
      const sent = uri.scheme === 'file' ? ok(undefined) : await send(path, uri);
      return sent.ok ? reply : sent;
    },
    dispose: () => {
      copies.dispose();
    },
  };
}

/** Copies of files that are not on this machine's disk, fetched anew each time. */
class LocalCopies {
  readonly #places = new Map<string, Promise<string>>();
  /** What pictures looked like when they were fetched, by path. */
  readonly #stamps = new Map<string, string>();
  #folder: Promise<string> | undefined;

  async fetch(uri: vscode.Uri): Promise<Result<string, PanelError>> {
    try {
      const path = await this.placeOf(uri);
      const { type } = await vscode.workspace.fs.stat(uri);
      await (isFolder(type) ? this.#fetchPictures(path, uri) : this.#fetchFile(path, uri));
      return ok(path);
    } catch (cause) {
      return err({ kind: 'unreadable', message: cannotRead(uri, cause) });
    }
  }

  /** The same for the same address, and under the same name. */
  placeOf(uri: vscode.Uri): Promise<string> {
    const key = uri.toString();
    const place = this.#places.get(key) ?? this.#newPlace(uri, this.#places.size);
    this.#places.set(key, place);
    return place;
  }

  async #newPlace(uri: vscode.Uri, number: number): Promise<string> {
    this.#folder ??= mkdtemp(join(tmpdir(), 'bn-guard-'));
    const folder = join(await this.#folder, String(number));
    await mkdir(folder);
    return join(folder, nameOnDisk(fileNameOf(uri)));
  }

  async #fetchFile(path: string, uri: vscode.Uri): Promise<void> {
    await writeAtomically(path, await vscode.workspace.fs.readFile(uri), 'quick');
  }

  /** Only the pictures of a folder and of the folders in it, and only those that have changed. */
  async #fetchPictures(path: string, uri: vscode.Uri): Promise<void> {
    await mkdir(path, { recursive: true });
    const listed = await vscode.workspace.fs.readDirectory(uri);
    const wanted = listed.filter(([name, type]) => isFolder(type) || isPictureName(name));
    const names = new Set(wanted.map(([name]) => nameOnDisk(name)));
    for (const name of await readdir(path)) {
      if (!names.has(name)) {
        await rm(join(path, name), { recursive: true });
      }
    }
    for (const [name, type] of wanted) {
      const [own, inner] = [join(path, nameOnDisk(name)), vscode.Uri.joinPath(uri, name)];
      await (isFolder(type) ? this.#fetchPictures(own, inner) : this.#fetchChanged(own, inner));
    }
  }

  async #fetchChanged(path: string, uri: vscode.Uri): Promise<void> {
    const { mtime, size } = await vscode.workspace.fs.stat(uri);
    const stamp = `${String(mtime)} ${String(size)}`;
    if (this.#stamps.get(path) !== stamp) {
      await this.#fetchFile(path, uri);
      this.#stamps.set(path, stamp);
    }
  }

  dispose(): void {
    void this.#folder?.then((path) => rm(path, { recursive: true, force: true }));
  }
}

/** Other systems allow names that this one does not. */
function nameOnDisk(name: string): string {
  return name.replace(/[<>:"|?*\\\p{Cc}]/gu, '_') || 'file';
}

function isFolder(type: vscode.FileType): boolean {
  return (type & vscode.FileType.Directory) !== 0;
}

async function send(path: string, uri: vscode.Uri): Promise<Result<undefined, PanelError>> {
  try {
    await vscode.workspace.fs.writeFile(uri, await readFile(path));
    return ok(undefined);
  } catch (cause) {
    return err({ kind: 'notWritten', message: cannotWrite(uri, cause) });
  }
}

function cannotRead(uri: vscode.Uri, cause: unknown): string {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const message = `${shownPath(uri)} could not be read: ${reason}`;
  return message;
}

function cannotWrite(uri: vscode.Uri, cause: unknown): string {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const message = `${shownPath(uri)} could not be written: ${reason}. Choose another place.`;
  return message;
}
