import assert from 'node:assert/strict';
import { setup, suite, teardown, test } from 'mocha';
import * as vscode from 'vscode';
import { activated, eventually, exampleUri } from './extension';

const source = exampleUri('train_tf1.py');

suite('a script that restores trainable variables only', () => {
  setup(async () => {
    await activated();
    await vscode.window.showTextDocument(source);
  });

  teardown(async () => {
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  test('shows BN101 with a link to its page', async () => {
    const finding = await eventually('BN101', () => findBn101());
    assert.equal(finding.source, 'BN Guard');
    assert.match(linkOf(finding), /BN101|bn101/);
    assert.equal(textAt(finding.range).includes('TRAINABLE'), true, textAt(finding.range));
  });

  test('offers quick fixes, one of them preferred', async () => {
    const fixes = await quickFixes(await eventually('BN101', () => findBn101()));
    assert.ok(fixes.length > 0, 'no quick fix');
    assert.equal(fixes.filter(({ isPreferred }) => isPreferred === true).length <= 1, true);
  });

  test('loses the finding when the first fix is applied', async () => {
    const [fix] = await quickFixes(await eventually('BN101', () => findBn101()));
    assert.ok(fix?.edit !== undefined, 'the fix carries no edit');
    assert.equal(await vscode.workspace.applyEdit(fix.edit), true);
    await eventually('no BN101', () => (findBn101() === undefined ? 'gone' : undefined));
  });

  test('has a fixed twin that stays silent until the bug is pasted into it', async () => {
    const broken = await vscode.workspace.openTextDocument(source);
    const editor = await vscode.window.showTextDocument(exampleUri('train_tf1_fixed.py'));
    const { document } = editor;
    const fixedText = document.getText();
    await replaceText(editor, broken.getText());
    await eventually('BN101 in the twin', () => findBn101(document.uri));
    await replaceText(editor, fixedText);
    await eventually('no BN101 in the twin', () =>
      findBn101(document.uri) === undefined ? 'gone' : undefined,
    );
    assert.deepEqual(vscode.languages.getDiagnostics(document.uri), []);
  });
});

function findBn101(uri = source): vscode.Diagnostic | undefined {
  return vscode.languages.getDiagnostics(uri).find((finding) => codeOf(finding) === 'BN101');
}

async function replaceText(editor: vscode.TextEditor, text: string): Promise<void> {
  const end = editor.document.lineAt(editor.document.lineCount - 1).range.end;
  const whole = new vscode.Range(new vscode.Position(0, 0), end);
  assert.equal(
    await editor.edit((edit) => {
      edit.replace(whole, text);
    }),
    true,
  );
}

function codeOf({ code }: vscode.Diagnostic): string | number | undefined {
  return typeof code === 'object' ? code.value : code;
}

function linkOf({ code }: vscode.Diagnostic): string {
  return typeof code === 'object' ? code.target.toString() : '';
}

function textAt(range: vscode.Range): string {
  const document = vscode.workspace.textDocuments.find(({ uri }) => uri.path === source.path);
  return document?.getText(range) ?? '';
}

async function quickFixes(finding: vscode.Diagnostic): Promise<readonly vscode.CodeAction[]> {
  const actions = await vscode.commands.executeCommand<readonly vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    source,
    finding.range,
    vscode.CodeActionKind.QuickFix.value,
    // How many of the actions are resolved, so that they carry their edits.
    10,
  );
  // The command's answer leaves out which diagnostics an action belongs to.
  return actions.filter(({ title, edit }) => title.includes('BN101') && edit !== undefined);
}
