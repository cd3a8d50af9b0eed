import * as vscode from 'vscode';
import { fileNameOf } from './fileNames';

/** A writer touches a file many times; it is read again when it has been quiet for this long. */
const quietMs = 300;

/** Tells when a file has been written or deleted, in or outside the workspace. */
export function watchModel(
  uri: vscode.Uri,
  onChange: (reason: 'edited' | 'deleted') => void,
): vscode.Disposable {
  const folder = vscode.Uri.joinPath(uri, '..');
  // Square brackets, stars and braces in a file name are not a pattern.
  const name = fileNameOf(uri).replace(/[[\]{}*?]/g, '?');
  const watcher = vscode.workspace.createFileSystemWatcher(
    new vscode.RelativePattern(folder, name),
  );
  let timer: ReturnType<typeof setTimeout> | undefined;
  const announce = (reason: 'edited' | 'deleted') => (changed: vscode.Uri) => {
    if (changed.path !== uri.path) {
      return;
    }
    clearTimeout(timer);
    timer = setTimeout(() => {
      onChange(reason);
    }, quietMs);
  };
  return vscode.Disposable.from(
    watcher,
    watcher.onDidChange(announce('edited')),
    watcher.onDidCreate(announce('edited')),
    watcher.onDidDelete(announce('deleted')),
    {
      dispose: () => {
        clearTimeout(timer);
      },
    },
  );
}
