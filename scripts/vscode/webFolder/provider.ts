// An extension for tests: the folder that the page's server holds, as a file system of the browser.
// What is written stays in memory, like the changes of a person who has not pushed them.
import * as vscode from 'vscode';
import { MemoryFolder } from './memoryFolder.ts';

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const address = vscode.Uri.joinPath(context.extensionUri, '..', 'folder.json').toString(true);
  // Made by our own server: base64 by path.
  const files = (await (await fetch(address)).json()) as Readonly<Record<string, string>>;
  const folder = new MemoryFolder();
  for (const [path, base64] of Object.entries(files)) folder.add(path, fromBase64(base64));
  const options = { isCaseSensitive: true };
  context.subscriptions.push(vscode.workspace.registerFileSystemProvider('memfs', folder, options));
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}
