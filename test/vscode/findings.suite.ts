import assert from 'node:assert/strict';
import { setup, suite, teardown, test } from 'mocha';
import * as vscode from 'vscode';
import {
  activated,
  actionsAt,
  awaitRules,
  closeEditors,
  exampleUri,
  openText,
  replaceText,
} from './extension';

const source = exampleUri('train_tf1.py');

suite('a script that restores trainable variables only', () => {
  setup(async () => {
    await activated();
    await openText(source);
  });

  teardown(closeEditors);

  test('shows BN101 at the list, with a link to its page', async () => {
    const [finding] = await awaitRules(source, ['BN101']);
    assert.ok(finding !== undefined && typeof finding.code === 'object');
    assert.match(finding.code.target.toString(), /^bn-guard-rule:\/BN101%20/);
    const { document } = await openText(source);
    assert.match(document.getText(finding.range), /TRAINABLE_VARIABLES/);
  });

  test('loses the finding when the first fix is applied, and has it back when it is undone', async () => {
    const [finding] = await awaitRules(source, ['BN101']);
    assert.ok(finding);
    const [fix] = await actionsAt(source, finding.range);
    assert.ok(fix?.edit, 'the fix carries no edit');
    assert.equal(await vscode.workspace.applyEdit(fix.edit), true);
    await awaitRules(source, []);
    await vscode.commands.executeCommand('undo');
    await awaitRules(source, ['BN101']);
  });

  test('has a fixed twin that stays silent until the bug is pasted into it', async () => {
    const twin = exampleUri('train_tf1_fixed.py');
    const broken = (await openText(source)).document;
    const editor = await openText(twin);
    const fixedText = editor.document.getText();
    await replaceText(editor, broken.getText());
    await awaitRules(twin, ['BN101']);
    await replaceText(editor, fixedText);
    await awaitRules(twin, []);
    assert.deepEqual(vscode.languages.getDiagnostics(twin), []);
  });
});
