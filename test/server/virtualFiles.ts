import type { ProtocolConnection } from 'vscode-languageserver/node';
import {
  type FileParams,
  type ReadFileParams,
  type RemoteFileContent,
  type RemoteFileEntry,
  type RemoteFileStatus,
  listFolderRequest,
  readFileRequest,
  statFileRequest,
} from '../../src/protocol/lsp';

/** A folder that no disk has, as an editor serves it. */
export class VirtualFiles {
  /** Paths that were read, in order. */
  readonly read: string[] = [];
  readonly folder: string;
  readonly #texts: Map<string, string | Uint8Array>;

  /** @param files by their paths below the folder */
  constructor(
    files: Readonly<Record<string, string | Uint8Array>>,
    folder = 'vscode-vfs://github/someone/project',
  ) {
    this.folder = folder;
    this.#texts = new Map(Object.entries(files));
  }

  uri(path: string): string {
    return `${this.folder}/${path}`;
  }

  write(path: string, text: string | undefined): void {
    if (text === undefined) {
      this.#texts.delete(path);
    } else {
      this.#texts.set(path, text);
    }
  }

  serve(connection: ProtocolConnection): void {
    connection.onRequest(statFileRequest, ({ uri }: FileParams) => this.#stat(uri));
    connection.onRequest(listFolderRequest, ({ uri }: FileParams) => this.#list(uri));
    connection.onRequest(readFileRequest, (params: ReadFileParams): Promise<RemoteFileContent> =>
      Promise.resolve(this.#read(params)),
    );
  }

  #stat(uri: string): RemoteFileStatus | null {
    const content = this.#texts.get(this.#pathOf(uri));
    if (content !== undefined) {
      return { kind: 'file', size: content.length, modifiedMs: content.length };
    }
    return this.#list(uri) === null ? null : { kind: 'folder', size: 0, modifiedMs: 0 };
  }

  #list(uri: string): readonly RemoteFileEntry[] | null {
    const top = this.#pathOf(uri);
    const below = top === '' ? '' : `${top}/`;
    const entries = new Map<string, RemoteFileEntry>();
    for (const path of this.#texts.keys()) {
      if (path.startsWith(below)) {
        const [name = '', ...rest] = path.slice(below.length).split('/');
        entries.set(name, { name, kind: rest.length > 0 ? 'folder' : 'file' });
      }
    }
    return entries.size === 0 ? null : [...entries.values()];
  }

  #read({ uri, byteLimit }: ReadFileParams): RemoteFileContent {
    const path = this.#pathOf(uri);
    const content = this.#texts.get(path);
    if (content === undefined) {
      return { failure: 'missing', reason: 'there is no such file or folder' };
    }
    this.read.push(path);
    const bytes = typeof content === 'string' ? Buffer.from(content) : Buffer.from(content);
    return bytes.byteLength > byteLimit
      ? { failure: 'tooLarge', reason: 'it is too large', byteLength: bytes.byteLength }
      : { base64: bytes.toString('base64') };
  }

  /** What lies above the folder does not exist here. */
  #pathOf(uri: string): string {
    const start = decodeURIComponent(uri);
    return start === this.folder
      ? ''
      : start.startsWith(`${this.folder}/`)
        ? start.slice(this.folder.length + 1)
        : '\0';
  }
}
