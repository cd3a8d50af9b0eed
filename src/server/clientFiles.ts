/** Files that only the editor can read, asked of it one by one. */

import path from 'path-browserify';
import type { Connection } from 'vscode-languageserver';
import type { URI } from 'vscode-uri';
import { type Result, err, ok } from '../core/base/result';
import type { FileEntry, FileStatus, FileSystem, ReadFailure } from '../files/fileSystem';
import type { Decode } from '../files/pythonEncoding';
import {
  type FileParams,
  type ReadFileParams,
  type RemoteFileContent,
  type RemoteFileEntry,
  type RemoteFileStatus,
  listFolderRequest,
  readFileRequest,
  statFileRequest,
} from '../protocol/lsp';

/** The file system that `root` is in; its paths are those of URIs. */
export class ClientFiles implements FileSystem {
  readonly path = { ...path, resolve: resolveFrom };
  readonly #connection: Connection;
  readonly #root: URI;

  constructor(connection: Connection, root: URI) {
    this.#connection = connection;
    this.#root = root;
  }

  uriOf(file: string): string {
    return this.#root.with({ path: file, query: '', fragment: '' }).toString();
  }

  async stat(file: string): Promise<FileStatus | undefined> {
    const status = await this.#ask<RemoteFileStatus>(statFileRequest, { uri: this.uriOf(file) });
    return (
      status && {
        kind: status.kind,
        version: `${String(status.modifiedMs)} ${String(status.size)}`,
      }
    );
  }

  list(folder: string): Promise<readonly FileEntry[] | undefined> {
    return this.#ask<readonly RemoteFileEntry[]>(listFolderRequest, { uri: this.uriOf(folder) });
  }

  async read(file: string, byteLimit: number): Promise<Result<Uint8Array, ReadFailure>> {
    const params: ReadFileParams = { uri: this.uriOf(file), byteLimit };
    const content = await this.#ask<RemoteFileContent>(readFileRequest, params);
    if (content === undefined) {
      return err({ kind: 'unreadable', reason: 'the editor did not answer' });
    }
    return 'base64' in content
      ? ok(fromBase64(content.base64))
      : err({ ...content, kind: content.failure });
  }

  readonly decode: Decode = (bytes, encoding) => {
    try {
      return new TextDecoder(labelOf(encoding)).decode(bytes);
    } catch {
      // The constructor throws for a name it does not know.
      return undefined;
    }
  };

  async #ask<T>(method: string, params: FileParams): Promise<T | undefined> {
    try {
      const answer: T | null = await this.#connection.sendRequest(method, params);
      return answer ?? undefined;
    } catch {
      // A client that is going away, or that has no such file system.
      return undefined;
    }
  }
}

/** The Encoding Standard's label for what Python calls an encoding; most are the same. */
function labelOf(encoding: string): string {
  const name = encoding.toLowerCase().replaceAll('_', '-');
  return codePages[name] ?? name.replace(/^(?:iso-)?latin-?(\d+)$/, 'latin$1');
}

/** @source https://docs.python.org/3/library/codecs.html#standard-encodings */
const codePages: Readonly<Record<string, string>> = {
  cp932: 'shift_jis',
  cp936: 'gbk',
  cp949: 'euc-kr',
  cp950: 'big5',
};

/** Without a working directory: what is relative stays below the root. */
function resolveFrom(...paths: string[]): string {
  return path.resolve('/', ...paths);
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}
