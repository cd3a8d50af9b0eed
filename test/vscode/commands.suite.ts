import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { setup, suite, teardown, test } from 'mocha';
import * as vscode from 'vscode';
import { whole } from '../programs';
import {
  activated,
  awaitRules,
  closeEditors,
  eventually,
  exampleUri,
  folderUri,
  openText,
  rulesIn,
  secondUri,
  withSetting,
  writeOnDisk,
} from './extension';

suite('commands', () => {
  setup(async () => {
    await activated();
    await openText(exampleUri('train_tf1.py'));
    await awaitRules(exampleUri('train_tf1.py'), ['BN101']);
  });

  teardown(closeEditors);

  test('copy debug information that holds no code and no name of a file', async () => {
    await vscode.env.clipboard.writeText('');
    await vscode.commands.executeCommand('bnGuard.copyDebugInformation');
    const text = await vscode.env.clipboard.readText();
    assert.match(text, /^VS Code \d+\.\d+\.\d+, .*\nBN Guard \d/);
    assert.match(text, /\nProject 1: folder, \d+ files/);
    assert.doesNotMatch(text, /train|resnet|examples/);
  });

  test('restart the server, which finds the same again', async () => {
    const uri = exampleUri('train_tf1.py');
    let hasBeenEmpty = false;
    const watch = vscode.languages.onDidChangeDiagnostics(() => {
      hasBeenEmpty ||= rulesIn(uri).length === 0;
    });
    await vscode.commands.executeCommand('bnGuard.restart');
    await eventually('the old findings gone', () => hasBeenEmpty || undefined);
    await awaitRules(uri, ['BN101']);
    watch.dispose();
  });

  test('show the log, the findings and the ways to group them', async () => {
    for (const command of ['showLog', 'findings.focus', 'groupByFile', 'groupByRule']) {
      await vscode.commands.executeCommand(`bnGuard.${command}`);
    }
  });

  test('explain a rule', async () => {
    await vscode.commands.executeCommand('bnGuard.showRule', 'BN105');
    await eventually('the page', () =>
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .find(({ label }) => label.includes('BN105 missing-update-ops')),
    );
  });

  test('open an example of code and one of a model', async () => {
    await vscode.commands.executeCommand('bnGuard.openExampleCode');
    const { document } = vscode.window.activeTextEditor ?? assert.fail('no editor');
    assert.equal(document.isUntitled, true);
    await awaitRules(document.uri, ['BN101']);
    await vscode.commands.executeCommand('bnGuard.openExampleModel');
    await eventually('the panel', () =>
      vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputCustom
        ? 'open'
        : undefined,
    );
  });

  // The last: what a scan has found stays until the window is loaded anew.
  test('scan the workspace, closed files included, whatever the setting says', async () => {
    const closed = secondUri('scanned/train.py');
    const setting = { key: 'bnGuard.workspaceDiagnostics', value: false, folder: folderUri(1) };
    await writeOnDisk(closed, whole);
    await awaitRules(closed, ['BN101']);
    await withSetting(setting, async () => {
      await awaitRules(closed, []);
      await vscode.commands.executeCommand('bnGuard.scanWorkspace');
      await awaitRules(closed, ['BN101']);
    });
    await rm(secondUri('scanned').fsPath, { recursive: true });
    await awaitRules(closed, []);
  });
});
