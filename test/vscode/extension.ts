// What every test of the suite needs: the extension, the workspace's files, and waiting.
import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';

const extensionId = 'bn-guard.bn-guard';

function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension(extensionId);
  if (found === undefined) throw new Error(`${extensionId} is not loaded`);
  return found;
}

export async function activated(): Promise<vscode.Extension<unknown>> {
  const found = extension();
  await found.activate();
  return found;
}

export function manifestCommands(): readonly string[] {
  // Our own package.json; VS Code types it as any.
  const manifest = extension().packageJSON as {
    readonly contributes: { readonly commands: readonly { readonly command: string }[] };
  };
  return manifest.contributes.commands.map(({ command }) => command);
}

/** The examples are the first folder of the workspace; the second is empty at the start. */
export function folderUri(index: 0 | 1): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[index];
  if (folder === undefined) throw new Error(`folder ${String(index)} is not open`);
  return folder.uri;
}

export function exampleUri(name: string): vscode.Uri {
  return vscode.Uri.joinPath(folderUri(0), name);
}

export function secondUri(name: string): vscode.Uri {
  return vscode.Uri.joinPath(folderUri(1), name);
}

/** Writes past the editor, as git or another program does. */
export async function writeOnDisk(uri: vscode.Uri, text: string): Promise<void> {
  await mkdir(dirname(uri.fsPath), { recursive: true });
  await writeFile(uri.fsPath, text);
}

/**
 * Opens a file as a person does. A document that an extension opens by the API stays open for minutes
 * after its editor is closed.
 */
export async function openText(uri: vscode.Uri): Promise<vscode.TextEditor> {
  await vscode.commands.executeCommand('vscode.open', uri, { preview: false });
  return eventually(`an editor of ${uri.path}`, () => {
    const editor = vscode.window.activeTextEditor;
    return editor?.document.uri.toString() === uri.toString() ? editor : undefined;
  });
}

/** Opens a notebook as a person does. */
export async function openNotebook(uri: vscode.Uri): Promise<vscode.NotebookDocument> {
  await vscode.commands.executeCommand('vscode.open', uri, { preview: false });
  return eventually(`an editor of ${uri.path}`, () => {
    const notebook = vscode.window.activeNotebookEditor?.notebook;
    return notebook?.uri.toString() === uri.toString() ? notebook : undefined;
  });
}

let madeCount = 0;

/** Opens a new file of the second folder, under a name that was never used before. */
export async function openNew(text: string): Promise<vscode.TextEditor> {
  madeCount += 1;
  const uri = secondUri(`made/${String(madeCount)}.py`);
  await writeOnDisk(uri, text);
  return openText(uri);
}

export async function openUntitled(content: string): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument({ language: 'python', content });
  return vscode.window.showTextDocument(document, { preview: false });
}

/** Closes every editor, and takes away what {@link openNew} made; no dialog can ask about changes. */
export async function closeEditors(): Promise<void> {
  while (vscode.window.tabGroups.activeTabGroup.activeTab !== undefined) {
    const { activeTab } = vscode.window.tabGroups.activeTabGroup;
    await vscode.commands.executeCommand(
      activeTab.isDirty
        ? 'workbench.action.revertAndCloseActiveEditor'
        : 'workbench.action.closeActiveEditor',
    );
    await eventually('a closed editor', () =>
      vscode.window.tabGroups.activeTabGroup.activeTab === activeTab ? undefined : 'closed',
    );
  }
  await rm(secondUri('made').fsPath, { recursive: true, force: true });
}

export async function replaceText(editor: vscode.TextEditor, text: string): Promise<void> {
  const { document } = editor;
  const whole = new vscode.Range(
    new vscode.Position(0, 0),
    document.lineAt(document.lineCount - 1).range.end,
  );
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, whole, text);
  assert.equal(await vscode.workspace.applyEdit(edit), true);
}

/** Asks again until there is an answer; throws with `what` when there is none within 15 s. */
export async function eventually<T>(
  what: string,
  ask: () => T | undefined | Promise<T | undefined>,
): Promise<T> {
  const deadline = Date.now() + 15_000;
  while (Date.now() < deadline) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await delay(100);
  }
  throw new Error(`${what}: not within 15 s`);
}

/** Rules found in a file or a cell, in the order of the text: `BN101`. */
export function rulesIn(uri: vscode.Uri): readonly string[] {
  return findingsIn(uri).map((finding) => String(codeOf(finding)));
}

export function findingsIn(uri: vscode.Uri): readonly vscode.Diagnostic[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter(({ source }) => source === 'BN Guard')
    .toSorted((a, b) => a.range.start.compareTo(b.range.start));
}

function codeOf({ code }: vscode.Diagnostic): string | number | undefined {
  return typeof code === 'object' ? code.value : code;
}

/** Waits until a file or a cell has just these findings, and gives them. */
export async function awaitRules(
  uri: vscode.Uri,
  rules: readonly string[],
): Promise<readonly vscode.Diagnostic[]> {
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  return eventually(`${name} with [${rules.join(' ')}]`, () =>
    rulesIn(uri).join(' ') === rules.join(' ') ? findingsIn(uri) : undefined,
  ).catch((cause: unknown) => {
    throw new Error(`${String(cause)}, but [${rulesIn(uri).join(' ')}]`);
  });
}

/** Changes a setting while `use` runs. */
export async function withSetting(
  { key, value, folder }: { key: string; value: unknown; folder?: vscode.Uri },
  use: () => Promise<void>,
): Promise<void> {
  const target =
    folder === undefined
      ? vscode.ConfigurationTarget.Workspace
      : vscode.ConfigurationTarget.WorkspaceFolder;
  await vscode.workspace.getConfiguration(undefined, folder).update(key, value, target);
  try {
    await use();
  } finally {
    await vscode.workspace.getConfiguration(undefined, folder).update(key, undefined, target);
  }
}

/** The actions that VS Code offers at a place. */
export async function actionsAt(
  uri: vscode.Uri,
  range: vscode.Range,
  kind = vscode.CodeActionKind.QuickFix,
): Promise<readonly vscode.CodeAction[]> {
  return vscode.commands.executeCommand<readonly vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    uri,
    range,
    kind.value,
    // How many of the actions are resolved, so that they carry their edits.
    20,
  );
}

/** Applies the action with this title. */
export async function applyAction(
  uri: vscode.Uri,
  range: vscode.Range,
  title: string,
): Promise<void> {
  const actions = await actionsAt(uri, range);
  const action = actions.find((own) => own.title === title);
  assert.ok(action?.edit, `no "${title}" among ${actions.map((own) => own.title).join(' | ')}`);
  assert.equal(await vscode.workspace.applyEdit(action.edit), true);
}
