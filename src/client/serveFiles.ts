/** Answers the server's questions about files that only the editor can read. */

import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  type FileParams,
  type ReadFileParams,
  type RemoteFileContent,
  type RemoteFileEntry,
  type RemoteFileKind,
  type RemoteFileStatus,
  listFolderRequest,
  readFileRequest,
  statFileRequest,
} from '../protocol/lsp';
import { toBase64 } from './base64';

export function serveFiles(client: BaseLanguageClient): void {
  client.onRequest(statFileRequest, ({ uri }: FileParams) => statFile(vscode.Uri.parse(uri)));
  client.onRequest(listFolderRequest, ({ uri }: FileParams) => listFolder(vscode.Uri.parse(uri)));
  client.onRequest(readFileRequest, ({ uri, byteLimit }: ReadFileParams) =>
    readFile(vscode.Uri.parse(uri), byteLimit),
  );
}

async function statFile(uri: vscode.Uri): Promise<RemoteFileStatus | null> {
  try {
    const { type, size, mtime } = await vscode.workspace.fs.stat(uri);
    return { kind: kindOf(type), size, modifiedMs: mtime };
  } catch {
    return null;
  }
}

async function listFolder(uri: vscode.Uri): Promise<readonly RemoteFileEntry[] | null> {
  try {
    const entries = await vscode.workspace.fs.readDirectory(uri);
    // Links are not followed, as on disk.
    return entries.map(([name, type]) => ({ name, kind: isLink(type) ? 'other' : kindOf(type) }));
  } catch {
    return null;
  }
}

async function readFile(uri: vscode.Uri, byteLimit: number): Promise<RemoteFileContent> {
  try {
    const { type, size } = await vscode.workspace.fs.stat(uri);
    if (kindOf(type) !== 'file') {
      return { failure: 'unreadable', reason: 'it is not a file' };
    }
    if (size > byteLimit) {
      return { failure: 'tooLarge', reason: 'it is too large', byteLength: size };
    }
    return { base64: toBase64(await vscode.workspace.fs.readFile(uri)) };
  } catch (cause) {
    return failureOf(cause);
  }
}

function failureOf(cause: unknown): RemoteFileContent {
  const isMissing = cause instanceof vscode.FileSystemError && cause.code === 'FileNotFound';
  return isMissing
    ? { failure: 'missing', reason: 'there is no such file or folder' }
    : { failure: 'unreadable', reason: cause instanceof Error ? cause.message : String(cause) };
}

function kindOf(type: vscode.FileType): RemoteFileKind {
  if ((type & vscode.FileType.Directory) !== 0) {
    return 'folder';
  }
  return (type & vscode.FileType.File) !== 0 ? 'file' : 'other';
}

function isLink(type: vscode.FileType): boolean {
  return (type & vscode.FileType.SymbolicLink) !== 0;
}
