// A file system of bytes in memory, as an extension for remote repositories has one.
import * as vscode from 'vscode';

interface FileNode {
  readonly type: vscode.FileType.File;
  bytes: Uint8Array;
  mtime: number;
}

interface FolderNode {
  readonly type: vscode.FileType.Directory;
  readonly entries: Map<string, TreeNode>;
}

type TreeNode = FileNode | FolderNode;

export class MemoryFolder implements vscode.FileSystemProvider {
  readonly #root: FolderNode = folderNode();
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;

  add(path: string, bytes: Uint8Array): void {
    const names = namesOf(path);
    let folder = this.#root;
    for (const name of names.slice(0, -1)) {
      const known = folder.entries.get(name);
      const next = known?.type === vscode.FileType.Directory ? known : folderNode();
      folder.entries.set(name, next);
      folder = next;
    }
    folder.entries.set(names.at(-1) ?? '', {
      type: vscode.FileType.File,
      bytes,
      mtime: Date.now(),
    });
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    const found = this.#find(uri);
    return found.type === vscode.FileType.File
      ? { type: found.type, ctime: 0, mtime: found.mtime, size: found.bytes.byteLength }
      : { type: found.type, ctime: 0, mtime: 0, size: 0 };
  }

  readDirectory(uri: vscode.Uri): [string, vscode.FileType][] {
    const found = this.#find(uri);
    if (found.type !== vscode.FileType.Directory) {
      throw vscode.FileSystemError.FileNotADirectory(uri);
    }
    return Array.from(found.entries, ([name, { type }]) => [name, type]);
  }

  readFile(uri: vscode.Uri): Uint8Array {
    const found = this.#find(uri);
    if (found.type !== vscode.FileType.File) throw vscode.FileSystemError.FileIsADirectory(uri);
    return found.bytes;
  }

  writeFile(uri: vscode.Uri, bytes: Uint8Array): void {
    const isNew = this.#lookUp(uri) === undefined;
    this.add(uri.path, bytes);
    const type = isNew ? vscode.FileChangeType.Created : vscode.FileChangeType.Changed;
    this.#changed.fire([{ type, uri }]);
  }

  createDirectory(uri: vscode.Uri): void {
    const names = namesOf(uri.path);
    this.#folderAt(uri, names.slice(0, -1)).entries.set(names.at(-1) ?? '', folderNode());
    this.#changed.fire([{ type: vscode.FileChangeType.Created, uri }]);
  }

  delete(uri: vscode.Uri): void {
    const names = namesOf(uri.path);
    this.#folderAt(uri, names.slice(0, -1)).entries.delete(names.at(-1) ?? '');
    this.#changed.fire([{ type: vscode.FileChangeType.Deleted, uri }]);
  }

  rename(from: vscode.Uri, to: vscode.Uri): void {
    const bytes = this.readFile(from);
    this.delete(from);
    this.writeFile(to, bytes);
  }

  #find(uri: vscode.Uri): TreeNode {
    const found = this.#lookUp(uri);
    if (found === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return found;
  }

  #lookUp(uri: vscode.Uri): TreeNode | undefined {
    let found: TreeNode | undefined = this.#root;
    for (const name of namesOf(uri.path)) {
      found = found?.type === vscode.FileType.Directory ? found.entries.get(name) : undefined;
    }
    return found;
  }

  #folderAt(uri: vscode.Uri, names: readonly string[]): FolderNode {
    const found = this.#find(uri.with({ path: `/${names.join('/')}` }));
    if (found.type !== vscode.FileType.Directory) {
      throw vscode.FileSystemError.FileNotADirectory(uri);
    }
    return found;
  }
}

function folderNode(): FolderNode {
  return { type: vscode.FileType.Directory, entries: new Map() };
}

function namesOf(path: string): readonly string[] {
  return path.split('/').filter((name) => name !== '');
}
