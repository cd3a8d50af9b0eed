import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setup, suite, teardown, test } from 'mocha';
import * as vscode from 'vscode';
import { MemoryFolder } from '../../scripts/vscode/webFolder/memoryFolder';
import { model, train, whole } from '../programs';
import {
  activated,
  awaitRules,
  closeEditors,
  eventually,
  findingsIn,
  openText,
  openUntitled,
  replaceText,
  writeOnDisk,
} from './extension';

suite('a document that is in no folder', () => {
  setup(activated);
  teardown(closeEditors);

  test('is analysed while it has no name', async () => {
    const editor = await openUntitled('');
    await replaceText(editor, whole);
    await awaitRules(editor.document.uri, ['BN101']);
    await replaceText(editor, '');
    await awaitRules(editor.document.uri, []);
  });

  test('is analysed outside every folder, and forgotten when it is closed', async () => {
    const uri = vscode.Uri.file(join(tmpdir(), `bn-guard-alone-${String(process.pid)}.py`));
    await writeOnDisk(uri, whole);
    await openText(uri);
    await awaitRules(uri, ['BN101']);
    await closeEditors();
    await awaitRules(uri, []);
    await rm(uri.fsPath);
  });

  test('is analysed from its text where there is no disk', async () => {
    const files = new Map([
      ['/train.py', train],
      ['/alone.py', whole],
      ['/model.py', model],
    ]);
    const provider = vscode.workspace.registerFileSystemProvider('bn-test', readOnly(files), {
      isReadonly: true,
    });
    try {
      const uri = vscode.Uri.parse('bn-test:/alone.py');
      await openText(uri);
      await awaitRules(uri, ['BN101']);
      // What it imports cannot be read, so nothing is said.
      const other = vscode.Uri.parse('bn-test:/train.py');
      await openText(other);
      await awaitRules(other, []);
      await closeEditors();
      await awaitRules(uri, []);
    } finally {
      provider.dispose();
    }
  });
});

suite('a folder that is on no disk', () => {
  setup(activated);
  teardown(closeEditors);

  test('is read through the editor as far as an open document needs it', async () => {
    const folder = new MemoryFolder();
    const files = { 'train.py': train, 'model.py': model, 'far/train.py': whole };
    for (const [name, text] of Object.entries(files)) {
      folder.add(`/project/${name}`, new TextEncoder().encode(text));
    }
    const provider = vscode.workspace.registerFileSystemProvider('bn-folder', folder);
    const root = vscode.Uri.parse('bn-folder:/project');
    const count = vscode.workspace.workspaceFolders?.length ?? 0;
    try {
      assert.ok(vscode.workspace.updateWorkspaceFolders(count, 0, { uri: root, name: 'remote' }));
      const open = vscode.Uri.joinPath(root, 'train.py');
      await openText(open);
      // Before the folder is read, the document is analysed alone.
      await eventually('the place of BatchNorm in the other file', () =>
        findingsIn(open)
          .flatMap(({ relatedInformation }) => relatedInformation ?? [])
          .find(({ location }) => location.uri.path === '/project/model.py'),
      );
      await awaitRules(open, ['BN101']);
      await awaitRules(vscode.Uri.joinPath(root, 'far/train.py'), []);
      await vscode.commands.executeCommand('bnGuard.scanWorkspace');
      await awaitRules(vscode.Uri.joinPath(root, 'far/train.py'), ['BN101']);
    } finally {
      vscode.workspace.updateWorkspaceFolders(count, 1);
      provider.dispose();
    }
  });
});

/** A file system of texts, as an extension for remote repositories has. */
function readOnly(files: ReadonlyMap<string, string>): vscode.FileSystemProvider {
  const textOf = ({ path }: vscode.Uri): string => {
    const text = files.get(path);
    if (text === undefined) throw vscode.FileSystemError.FileNotFound(path);
    return text;
  };
  const refuse = (): never => {
    throw vscode.FileSystemError.NoPermissions();
  };
  return {
    onDidChangeFile: new vscode.EventEmitter<vscode.FileChangeEvent[]>().event,
    watch: () => new vscode.Disposable(() => undefined),
    stat: (uri) => ({
      type: vscode.FileType.File,
      ctime: 0,
      mtime: 0,
      size: textOf(uri).length,
    }),
    readFile: (uri) => new TextEncoder().encode(textOf(uri)),
    readDirectory: () => [],
    createDirectory: refuse,
    writeFile: refuse,
    delete: refuse,
    rename: refuse,
  };
}
