import assert from 'node:assert/strict';
import { copyFile, rm } from 'node:fs/promises';
import { setup, suite, teardown, test } from 'mocha';
import * as vscode from 'vscode';
import { norms, teacherNets, teacherTraining } from '../programs';
import {
  activated,
  actionsAt,
  applyAction,
  awaitRules,
  closeEditors,
  eventually,
  exampleUri,
  openText,
  openNew,
  secondUri,
  withSetting,
  writeOnDisk,
} from './extension';

/** A comment that silences nothing is a finding with a safe fix; the momentum's fix is none. */
const mixed = `${norms}x = 1  # bn-guard: ignore[BN101]\ny = 2  # bn-guard: ignore[BN301]\n`;
const mixedFixed = `${norms}x = 1\ny = 2\n`;
const mixedRules = ['BN312', 'BN312', 'BN001', 'BN001'];

suite('fixes', () => {
  setup(activated);
  teardown(closeEditors);

  test('say how safe they are, and come before what silences', async () => {
    const { uri } = (await openNew(norms)).document;
    const [finding] = await awaitRules(uri, ['BN312', 'BN312']);
    assert.ok(finding);
    const actions = await actionsAt(uri, finding.range);
    assert.deepEqual(
      actions.map(({ title }) => title),
      [
        'Use momentum=0.01 (BN312, suggestion)',
        'Fix all 2 of BN312 in this file (suggestion)',
        'Ignore BN312 on this line',
        'Ignore BN312 in this file',
        'Show rule BN312 tf-style-momentum-in-torch',
      ],
    );
    assert.deepEqual(
      actions.filter(({ isPreferred }) => isPreferred === true),
      [],
    );
  });

  test('are preferred when they are safe', async () => {
    const { uri } = (await openNew(mixed)).document;
    const findings = await awaitRules(uri, mixedRules);
    const unused = findings[2];
    assert.ok(unused);
    const preferred = (await actionsAt(uri, unused.range)).filter(({ isPreferred }) => isPreferred);
    assert.deepEqual(
      preferred.map(({ title }) => title),
      ['Remove the unused suppression of BN101 (BN001, safe)'],
    );
  });

  test('fix one finding, or all of its rule in the file', async () => {
    const { document } = await openNew(norms);
    const [first] = await awaitRules(document.uri, ['BN312', 'BN312']);
    assert.ok(first);
    await applyAction(document.uri, first.range, 'Use momentum=0.01 (BN312, suggestion)');
    await awaitRules(document.uri, ['BN312']);
    await vscode.commands.executeCommand('undo');
    await awaitRules(document.uri, ['BN312', 'BN312']);
    await applyAction(document.uri, first.range, 'Fix all 2 of BN312 in this file (suggestion)');
    await awaitRules(document.uri, []);
    assert.equal(document.getText().match(/momentum=0\.01/g)?.length, 2);
  });

  test('of the safe kind are made by source.fixAll.bnGuard, and no others', async () => {
    const { document } = await openNew(mixed);
    const { uri } = document;
    await awaitRules(uri, mixedRules);
    const kind = vscode.CodeActionKind.SourceFixAll.append('bnGuard');
    const [fixAll, ...others] = await actionsAt(uri, new vscode.Range(0, 0, 0, 0), kind);
    assert.deepEqual(others, []);
    assert.ok(fixAll?.edit);
    assert.equal(await vscode.workspace.applyEdit(fixAll.edit), true);
    assert.equal(document.getText(), mixedFixed);
  });

  test('of the safe kind are made by the command', async () => {
    const { document } = await openNew(mixed);
    await awaitRules(document.uri, mixedRules);
    await vscode.commands.executeCommand('bnGuard.fixAll');
    await eventually('the fixed text', () => document.getText() === mixedFixed || undefined);
  });

  test('of the safe kind are made on save where the user wants that', async () => {
    const uri = secondUri('saved.py');
    await writeOnDisk(uri, mixed);
    const key = 'editor.codeActionsOnSave';
    await withSetting({ key, value: { 'source.fixAll.bnGuard': 'explicit' } }, async () => {
      const editor = await openText(uri);
      await awaitRules(uri, mixedRules);
      await editor.edit((edit) => {
        edit.insert(new vscode.Position(0, 0), '# saved\n');
      });
      assert.equal(await editor.document.save(), true);
      assert.equal(editor.document.getText(), `# saved\n${mixedFixed}`);
    });
    await closeEditors();
    await rm(uri.fsPath);
    await awaitRules(uri, []);
  });

  test('that span files carry the edits of each, and fix-all leaves them alone', async () => {
    const [nets, training] = [secondUri('span/nets.py'), secondUri('span/train.py')];
    await writeOnDisk(nets, teacherNets);
    await writeOnDisk(training, teacherTraining);
    await openText(nets);
    const [finding] = await awaitRules(nets, ['BN206']);
    assert.ok(finding);
    const actions = await actionsAt(nets, finding.range);
    const spanning = actions.find(({ title }) => title === 'Copy all weights (BN206, safe)');
    const files = spanning?.edit?.entries().map(([uri]) => uri.path);
    assert.deepEqual(files?.toSorted(), [nets.path, training.path]);
    const kind = vscode.CodeActionKind.SourceFixAll.append('bnGuard');
    assert.deepEqual(await actionsAt(nets, finding.range, kind), []);
    await closeEditors();
    await rm(secondUri('span').fsPath, { recursive: true });
    await awaitRules(nets, []);
  });
});

suite('silencing', () => {
  setup(activated);
  teardown(closeEditors);

  const silence = async (content: string, title: string): Promise<string> => {
    const { document } = await openNew(content);
    const findings = await eventually('BN312', () => {
      const own = vscode.languages.getDiagnostics(document.uri);
      return own.length > 0 ? own : undefined;
    });
    const momentum = findings.find(({ message }) => message.includes('momentum'));
    assert.ok(momentum);
    await applyAction(document.uri, momentum.range, title);
    return document.getText();
  };

  test('a line adds a comment to it, or joins the one that is there', async () => {
    const [plain = '', commented = ''] = [
      await silence(norms, 'Ignore BN312 on this line'),
      await silence(
        norms.replace('0.99)', '0.99)  # bn-guard: ignore[BN313] a reason'),
        'Ignore BN312 on this line',
      ),
    ].map((text) => text.split('\n')[2]);
    assert.equal(plain, 'first = nn.BatchNorm2d(8, momentum=0.99)  # bn-guard: ignore[BN312]');
    assert.match(commented, /BN312/);
  });

  test('a file goes below a shebang and a coding line', async () => {
    const head = '#!/usr/bin/env python\n# -*- coding: utf-8 -*-\n';
    const text = await silence(head + norms, 'Ignore BN312 in this file');
    assert.equal(text, `${head}# bn-guard: ignore-file[BN312]\n${norms}`);
  });

  test('a file joins the comment that is there', async () => {
    const text = await silence(
      `# bn-guard: ignore-file[BN313]\n${norms}`,
      'Ignore BN312 in this file',
    );
    assert.equal(text, `# bn-guard: ignore-file[BN313, BN312]\n${norms}`);
  });

  test('is not offered where the user does not want it', async () => {
    const { uri } = (await openNew(norms)).document;
    const [finding] = await awaitRules(uri, ['BN312', 'BN312']);
    assert.ok(finding);
    await withSetting({ key: 'bnGuard.showIgnoreActions', value: false }, async () => {
      await eventually('no "Ignore"', async () => {
        const actions = await actionsAt(uri, finding.range);
        return actions.length === 3 && actions.every(({ title }) => !title.startsWith('Ignore'))
          ? 'none'
          : undefined;
      });
    });
  });
});

suite('from a finding', () => {
  setup(activated);
  teardown(closeEditors);

  test('to the page of its rule', async () => {
    const { uri } = (await openNew(norms)).document;
    const [finding] = await awaitRules(uri, ['BN312', 'BN312']);
    assert.ok(finding);
    const show = (await actionsAt(uri, finding.range)).at(-1);
    assert.ok(show?.command);
    await vscode.commands.executeCommand(
      show.command.command,
      ...((show.command.arguments ?? []) as unknown[]),
    );
    await eventually('the page', () =>
      tabLabels().find((label) => label.includes('BN312 tf-style-momentum-in-torch')),
    );
  });

  test('to the model that its code has written', async () => {
    const [uri, onnx] = [secondUri('export/net.py'), secondUri('export/net.onnx')];
    await writeOnDisk(uri, `${norms}import torch\ntorch.onnx.export(first, None, 'net.onnx')\n`);
    await openText(uri);
    const [finding] = await awaitRules(uri, ['BN312', 'BN312']);
    assert.ok(finding);
    await copyFile(exampleUri('digits/broken.onnx').fsPath, onnx.fsPath);
    const open = await eventually('the action', async () =>
      (await actionsAt(uri, finding.range)).find(
        ({ title }) => title === 'Open model statistics of net.onnx',
      ),
    );
    assert.ok(open.command);
    await vscode.commands.executeCommand(
      open.command.command,
      ...((open.command.arguments ?? []) as unknown[]),
    );
    await eventually('the panel', () => {
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      return input instanceof vscode.TabInputCustom && input.uri.path === onnx.path
        ? 'open'
        : undefined;
    });
    await closeEditors();
    await rm(secondUri('export').fsPath, { recursive: true });
    await awaitRules(uri, []);
  });
});

function tabLabels(): readonly string[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
}
