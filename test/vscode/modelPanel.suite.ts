import assert from 'node:assert/strict';
import { suite, teardown, test } from 'mocha';
import * as vscode from 'vscode';
import { activated, eventually, exampleUri } from './extension';

const viewType = 'bnGuard.modelStatistics';
const model = exampleUri('digits/broken.onnx');

suite('an .onnx file', () => {
  teardown(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  test('opens in the model statistics editor', async () => {
    await vscode.commands.executeCommand('vscode.open', model);
    const input = await eventually('a custom editor', activeCustomEditor);
    assert.equal(input.viewType, viewType);
    assert.equal(input.uri.path, model.path);
  });

  test('can be opened twice and closed without a trace', async () => {
    await activated();
    await vscode.commands.executeCommand('vscode.openWith', model, viewType);
    await eventually('a custom editor', activeCustomEditor);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('vscode.openWith', model, viewType);
    await eventually('a custom editor again', activeCustomEditor);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    assert.equal(activeCustomEditor(), undefined);
  });
});

function activeCustomEditor(): vscode.TabInputCustom | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputCustom ? input : undefined;
}
