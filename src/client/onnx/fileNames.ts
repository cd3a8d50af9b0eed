/** How files are named to people, wherever they are. */

import type * as vscode from 'vscode';

/** The last part of the address. */
export function fileNameOf({ path }: Pick<vscode.Uri, 'path'>): string {
  return path.replace(/^.*\//, '');
}

/** The path of a file on this machine, the address of any other. */
export function shownPath(uri: vscode.Uri): string {
  return uri.scheme === 'file' ? uri.fsPath : uri.toString(true);
}
