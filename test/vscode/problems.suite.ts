import assert from 'node:assert/strict';
import { rename, rm } from 'node:fs/promises';
import { setup, suite, suiteTeardown, teardown, test } from 'mocha';
import * as vscode from 'vscode';
import { fixedTrain, model, train, whole } from '../programs';
import {
  activated,
  awaitRules,
  closeEditors,
  eventually,
  exampleUri,
  findingsIn,
  folderUri,
  openText,
  rulesIn,
  secondUri,
  withSetting,
  writeOnDisk,
} from './extension';

const closed = secondUri('closed/train.py');

suite('Problems', () => {
  setup(async () => {
    await activated();
    await writeOnDisk(closed, whole);
    // The server starts with the first Python file.
    await openText(exampleUri('train_torch_fixed.py'));
  });

  teardown(closeEditors);

  suiteTeardown(async () => {
    await rm(secondUri('closed').fsPath, { recursive: true });
  });

  test('lists files that are not open, but not what git ignores or what is installed', async () => {
    await writeOnDisk(secondUri('.gitignore'), 'generated/\n');
    const kept = ['generated', '.venv/lib/python3.11', 'env/site-packages/old', 'node_modules/old'];
    const hidden = kept.map((folder) => secondUri(`${folder}/train.py`));
    await writeOnDisk(secondUri('.venv/pyvenv.cfg'), '');
    for (const uri of hidden) await writeOnDisk(uri, whole);
    const last = secondUri('written_last.py');
    await writeOnDisk(last, whole);
    await awaitRules(closed, ['BN101']);
    await awaitRules(last, ['BN101']);
    assert.deepEqual(
      hidden.filter((uri) => rulesIn(uri).length > 0).map(({ path }) => path),
      [],
    );
    await rm(last.fsPath);
    await awaitRules(last, []);
  });

  test('leaves out what the user excludes', async () => {
    await awaitRules(closed, ['BN101']);
    const setting = { key: 'bnGuard.exclude', value: ['closed/'], folder: folderUri(1) };
    await withSetting(setting, async () => {
      await awaitRules(closed, []);
    });
    await awaitRules(closed, ['BN101']);
  });

  test('keeps to open files where the user wants that', async () => {
    await awaitRules(closed, ['BN101']);
    const setting = { key: 'bnGuard.workspaceDiagnostics', value: false, folder: folderUri(1) };
    await withSetting(setting, async () => {
      await awaitRules(closed, []);
      await awaitRules(exampleUri('train_tf1.py'), ['BN101']);
      await openText(closed);
      await awaitRules(closed, ['BN101']);
    });
  });

  test('has each rule at the level that the folder sets', async () => {
    await awaitRules(closed, ['BN101']);
    const setting = { key: 'bnGuard.severity', value: { BN101: 'hint' }, folder: folderUri(1) };
    await withSetting(setting, async () => {
      await eventually(
        'a hint',
        () => levelOf(closed) === vscode.DiagnosticSeverity.Hint || undefined,
      );
      assert.equal(levelOf(exampleUri('train_tf1.py')), vscode.DiagnosticSeverity.Error);
    });
    await eventually(
      'an error',
      () => levelOf(closed) === vscode.DiagnosticSeverity.Error || undefined,
    );
    await withSetting({ ...setting, value: { BN101: 'off' } }, async () => {
      await awaitRules(closed, []);
    });
  });

  test('follows files that git moves, changes and deletes', async () => {
    const [before, after] = [secondUri('git/train.py'), secondUri('git/moved.py')];
    await writeOnDisk(before, whole);
    await awaitRules(before, ['BN101']);
    await rename(before.fsPath, after.fsPath);
    await awaitRules(after, ['BN101']);
    await awaitRules(before, []);
    await writeOnDisk(after, fixedTrain);
    await awaitRules(after, []);
    await writeOnDisk(after, whole);
    await awaitRules(after, ['BN101']);
    await rm(secondUri('git').fsPath, { recursive: true });
    await awaitRules(after, []);
  });

  test('follows a file that is renamed in the editor while it is open', async () => {
    const [before, after] = [secondUri('open/train.py'), secondUri('open/renamed.py')];
    await writeOnDisk(before, whole);
    await openText(before);
    await awaitRules(before, ['BN101']);
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(before, after);
    assert.equal(await vscode.workspace.applyEdit(edit), true);
    await awaitRules(after, ['BN101']);
    await awaitRules(before, []);
    await closeEditors();
    await rm(secondUri('open').fsPath, { recursive: true });
    await awaitRules(after, []);
  });

  test('leads to where BatchNorm is, in another file', async () => {
    const [own, other] = [secondUri('pair/train.py'), secondUri('pair/model.py')];
    await writeOnDisk(other, model);
    await writeOnDisk(own, train);
    await openText(own);
    await awaitRules(own, ['BN101']);
    const there = await eventually('a place in model.py', () =>
      findingsIn(own)[0]?.relatedInformation?.find(
        ({ location }) => location.uri.toString() === other.toString(),
      ),
    );
    const { document } = await openText(there.location.uri);
    assert.match(document.getText(there.location.range), /batch_normalization/);
    await closeEditors();
    await rm(secondUri('pair').fsPath, { recursive: true });
    await awaitRules(own, []);
  });
});

function levelOf(uri: vscode.Uri): vscode.DiagnosticSeverity | undefined {
  return findingsIn(uri)[0]?.severity;
}
