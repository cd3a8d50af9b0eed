import assert from 'node:assert/strict';
import { setup, suite, teardown, test } from 'mocha';
import * as vscode from 'vscode';
import { norms } from '../programs';
import {
  activated,
  applyAction,
  awaitRules,
  closeEditors,
  openNew,
  withSetting,
} from './extension';

suite('comments of ours', () => {
  setup(activated);
  teardown(closeEditors);

  const head = norms.split('\n').slice(0, 2).join('\n');
  const layer = 'nn.BatchNorm2d(8, momentum=0.99)';

  for (const [form, text] of Object.entries({
    'at the end of a line': `a = ${layer}  # bn-guard: ignore[BN312] small batches\n`,
    'above a statement': `# bn-guard: ignore[BN312] small batches\na = ${layer}\n`,
    'for the file, by name': `# bn-guard: ignore-file[tf-style-momentum-in-torch]\na = ${layer}\n`,
    'around a part': `# bn-guard: disable[BN312]\na = ${layer}\n# bn-guard: enable[BN312]\n`,
  })) {
    test(`silence ${form}`, async () => {
      const silenced = `${head}\n${text}`;
      // The comment of another tool: the finding is there, so the silence is no accident.
      const other = (await openNew(silenced.replaceAll('bn-guard', 'other-tool'))).document;
      await awaitRules(other.uri, ['BN312']);
      const { uri } = (await openNew(silenced)).document;
      await awaitRules(uri, []);
    });
  }

  test('that silence nothing are told, and can be removed', async () => {
    const { document } = await openNew('import torch\nx = 1  # bn-guard: ignore[BN101, BN301]\n');
    const [first] = await awaitRules(document.uri, ['BN001']);
    assert.ok(first);
    const title = 'Remove the unused suppression of BN101 (BN001, safe)';
    await applyAction(document.uri, first.range, title);
    await awaitRules(document.uri, ['BN001']);
    assert.equal(document.getText(), 'import torch\nx = 1  # bn-guard: ignore[BN301]\n');
  });

  test('have to say why where the user wants that', async () => {
    const text = `${head}\na = ${layer}  # bn-guard: ignore[BN312]\n`;
    const { uri } = (await openNew(text)).document;
    await awaitRules(uri, []);
    await withSetting({ key: 'bnGuard.requireReason', value: true }, async () => {
      await awaitRules(uri, ['BN002']);
    });
    await awaitRules(uri, []);
  });

  test('say what their rules find, when the pointer is over the id', async () => {
    const line = 'x = 1  # bn-guard: ignore[BN101]';
    const { document } = await openNew(`${line}\n`);
    const hovers = await vscode.commands.executeCommand<readonly vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      new vscode.Position(0, line.indexOf('BN101') + 2),
    );
    const text = hovers
      .flatMap(({ contents }) => contents)
      .map((content) => (content as vscode.MarkdownString).value)
      .join('\n');
    assert.match(text, /restore-trainable-only.*\n.*moving statistics/s);
  });
});
