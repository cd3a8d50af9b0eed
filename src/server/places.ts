/** Where the files behind URIs are read. */

import type { Connection } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import type { FileSystem } from '../files/fileSystem';
import { ClientFiles } from './clientFiles';

/** A file system, and the way between its paths and URIs. */
export interface Place {
  readonly files: FileSystem;
  /** Whether each reading costs a request, perhaps over a network: only what is needed is read. */
  readonly isRemote: boolean;
  pathOf(uri: string): string;
  uriOf(path: string): string;
}

/** Documents that are nowhere. */
const placeless: ReadonlySet<string> = new Set(['untitled', 'inmemory']);

export class Places {
  readonly #connection: Connection;
  readonly #disk: Place | undefined;
  readonly #remote = new Map<string, Place>();
  #canAsk = false;

  /** @param disk of this machine; `undefined` in a browser */
  constructor(connection: Connection, disk: FileSystem | undefined) {
    this.#connection = connection;
    this.#disk = disk && diskPlace(disk);
  }

  /** From here on the client is asked for what is not on disk. */
  allowAsking(): void {
    this.#canAsk = true;
  }

  /** `undefined` for what cannot be read. */
  at(uri: string): Place | undefined {
    const parsed = URI.parse(uri);
    if (parsed.scheme === 'file' && this.#disk !== undefined) {
      return this.#disk;
    }
    return this.#canAsk && !placeless.has(parsed.scheme) ? this.#remoteAt(parsed) : undefined;
  }

  #remoteAt(uri: URI): Place {
    const key = `${uri.scheme}://${uri.authority}`;
    const place = this.#remote.get(key) ?? remotePlace(new ClientFiles(this.#connection, uri));
    this.#remote.set(key, place);
    return place;
  }
}

function diskPlace(files: FileSystem): Place {
  return {
    files,
    isRemote: false,
    pathOf: (uri) => URI.parse(uri).fsPath,
    uriOf: (path) => URI.file(path).toString(),
  };
}

function remotePlace(files: ClientFiles): Place {
  return {
    files,
    isRemote: true,
    pathOf: (uri) => URI.parse(uri).path,
    uriOf: (path) => files.uriOf(path),
  };
}
