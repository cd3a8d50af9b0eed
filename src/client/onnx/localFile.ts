/** Brings a file that is not on this machine's disk to it, so that another process can read it. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { type Result, err, ok } from '../../core/base/result';
import type { PanelError } from '../../protocol/onnxPanel';

export interface LocalFile {
  /** A path that can be read now; a file from elsewhere is fetched anew each time. */
  findPath(): Promise<Result<string, PanelError>>;
  dispose(): void;
}

export function localFile(uri: vscode.Uri): LocalFile {
  return uri.scheme === 'file'
    ? { findPath: () => Promise.resolve(ok(uri.fsPath)), dispose: () => undefined }
    : fetchedFile(uri);
}

function fetchedFile(uri: vscode.Uri): LocalFile {
  let folder: Promise<string> | undefined;
  return {
    async findPath() {
      try {
        const bytes = await vscode.workspace.fs.readFile(uri);
        folder ??= mkdtemp(join(tmpdir(), 'bn-guard-'));
        const path = join(await folder, 'model.onnx');
        await writeFile(path, bytes);
        return ok(path);
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause);
        const message = `${uri.toString(true)} could not be read: ${reason}`;
        return err({ kind: 'unreadable', message });
      }
    },
    dispose() {
      void folder?.then((path) => rm(path, { recursive: true, force: true }));
    },
  };
}
