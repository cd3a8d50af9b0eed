// What a worker's host uses of VS Code: addresses, and a file system that a server is behind.
import { URI, Utils } from 'vscode-uri';

export const Uri = { parse: (text: string): URI => URI.parse(text), joinPath: Utils.joinPath };

export const FileType = { File: 1, Directory: 2 } as const;

interface Status {
  readonly type: number;
  readonly size: number;
}

export class FileSystemError extends Error {
  readonly code = 'FileNotFound';
}

export const workspace = {
  fs: {
    /** As in VS Code, of a file of the extension itself nothing is known. */
    stat: async (uri: URI): Promise<Status> =>
      uri.scheme === 'http'
        ? { type: FileType.File, size: 0 }
        : ((await (await ask('stat', uri)).json()) as Status),
    readDirectory: async (uri: URI): Promise<readonly (readonly [string, number])[]> =>
      (await (await ask('list', uri)).json()) as readonly (readonly [string, number])[],
    readFile: async (uri: URI): Promise<Uint8Array> => {
      const response = await (uri.scheme === 'http' ? fetch(uri.toString()) : ask('read', uri));
      return new Uint8Array(await response.arrayBuffer());
    },
    writeFile: async (uri: URI, bytes: Uint8Array): Promise<void> => {
      await ask('write', uri, { method: 'PUT', body: new Uint8Array(bytes) });
    },
  },
};

async function ask(action: string, uri: URI, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(`/${action}?path=${encodeURIComponent(uri.path)}`, init);
  if (response.status === 404) throw new FileSystemError(uri.path);
  if (!response.ok) throw new Error(await response.text());
  return response;
}
