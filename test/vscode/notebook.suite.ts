import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { setup, suite, teardown, test } from 'mocha';
import * as vscode from 'vscode';
import { whole } from '../programs';
import {
  activated,
  actionsAt,
  awaitRules,
  closeEditors,
  eventually,
  findingsIn,
  openNotebook,
  rulesIn,
  secondUri,
  withSetting,
  writeOnDisk,
} from './extension';

const file = secondUri('notebook/train.ipynb');
const [imports = '', ...rest] = whole.split('\n');
/** The last has a comment that silences nothing, which is safe to remove. */
const cells = [imports, rest.join('\n'), 'x = 1  # bn-guard: ignore[BN301]'];
const fixAllKind = 'notebook.source.fixAll.bnGuard';

suite('a notebook', () => {
  let notebook: vscode.NotebookDocument;

  setup(async () => {
    await activated();
    await writeOnDisk(file, notebookJson());
    notebook = await openNotebook(file);
    await awaitRules(cellUri(2), ['BN101']);
    await awaitRules(cellUri(3), ['BN001']);
  });

  teardown(async () => {
    await closeEditors();
    await rm(secondUri('notebook').fsPath, { recursive: true });
    await awaitRules(file, []);
  });

  const cellUri = (index: number): vscode.Uri => notebook.cellAt(index).document.uri;
  const edit = async (...edits: readonly vscode.NotebookEdit[]): Promise<void> => {
    const change = new vscode.WorkspaceEdit();
    change.set(notebook.uri, [...edits]);
    assert.equal(await vscode.workspace.applyEdit(change), true);
  };

  test('is one program, and a fix lands in its cell', async () => {
    const [finding] = findingsIn(cellUri(2));
    assert.ok(finding);
    assert.deepEqual(rulesIn(cellUri(1)), []);
    const [fix] = await actionsAt(cellUri(2), finding.range);
    assert.ok(fix?.edit);
    assert.deepEqual(
      fix.edit.entries().map(([uri]) => uri.toString()),
      [cellUri(2).toString()],
    );
    assert.equal(await vscode.workspace.applyEdit(fix.edit), true);
    await awaitRules(cellUri(2), []);
  });

  test('has its safe fixes made once for all cells, and none for a cell alone', async () => {
    const range = new vscode.Range(0, 0, 0, 1);
    const plain = vscode.CodeActionKind.SourceFixAll;
    assert.deepEqual(await actionsAt(cellUri(3), range, plain), []);
    const kind = vscode.CodeActionKind.Empty.append(fixAllKind);
    const [fixAll, ...others] = await actionsAt(cellUri(1), range, kind);
    assert.deepEqual(others, []);
    assert.ok(fixAll?.edit);
    assert.equal(await vscode.workspace.applyEdit(fixAll.edit), true);
    assert.equal(notebook.cellAt(3).document.getText(), 'x = 1');
    await awaitRules(cellUri(3), []);
    assert.deepEqual(rulesIn(cellUri(2)), ['BN101']);
  });

  test('has them made by the command', async () => {
    await vscode.commands.executeCommand('bnGuard.fixAll');
    assert.equal(notebook.cellAt(3).document.getText(), 'x = 1');
  });

  test('has them made on save where the user wants that', async () => {
    const value = { [fixAllKind]: 'explicit' };
    await withSetting({ key: 'notebook.codeActionsOnSave', value }, async () => {
      // VS Code asks for these in the first cell, and not at all where that is no code.
      await edit(vscode.NotebookEdit.deleteCells(new vscode.NotebookRange(0, 1)));
      await vscode.commands.executeCommand('workbench.action.files.save');
      await eventually('the fixed cell', () =>
        notebook.cellAt(2).document.getText() === 'x = 1' ? 'fixed' : undefined,
      );
    });
  });

  test('loses the findings of a cell that is deleted', async () => {
    const gone = cellUri(2);
    await edit(vscode.NotebookEdit.deleteCells(new vscode.NotebookRange(2, 3)));
    await awaitRules(gone, []);
    await awaitRules(cellUri(2), ['BN001']);
  });

  test('is read anew when a cell moves before what it needs', async () => {
    const moved = cellUri(2).toString();
    const editor = vscode.window.activeNotebookEditor ?? assert.fail('no notebook editor');
    editor.selection = new vscode.NotebookRange(2, 3);
    await vscode.commands.executeCommand('notebook.cell.moveUp');
    await eventually('the cell above its imports', () =>
      notebook.cellAt(1).document.getText().startsWith('from tensorflow') ? 'moved' : undefined,
    );
    await eventually('no finding in any cell that needs imports', () =>
      notebook
        .getCells()
        .flatMap(({ document }) => rulesIn(document.uri))
        .join(' ') === 'BN001'
        ? 'cleared'
        : undefined,
    );
    await vscode.commands.executeCommand('notebook.cell.moveDown');
    await awaitRules(cellUri(2), ['BN101']);
    if (cellUri(2).toString() !== moved) await awaitRules(vscode.Uri.parse(moved), []);
  });

  test('has no cells when it is closed, and its findings at its top', async () => {
    const before = [2, 3].map(cellUri);
    await closeEditors();
    for (const uri of before) await awaitRules(uri, []);
    const findings = await awaitRules(file, ['BN101', 'BN001']);
    assert.match(findings[0]?.message ?? '', /^Cell 3: /);
  });
});

function notebookJson(): string {
  const shared = { metadata: {}, id: undefined };
  const code = cells.map((source) => ({
    ...shared,
    cell_type: 'code',
    source,
    outputs: [],
    execution_count: null,
  }));
  return JSON.stringify({
    cells: [{ ...shared, cell_type: 'markdown', source: '# Training' }, ...code],
    metadata: { language_info: { name: 'python' } },
    nbformat: 4,
    nbformat_minor: 4,
  });
}
