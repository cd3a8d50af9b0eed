import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { setup, suite, suiteTeardown, teardown, test } from 'mocha';
import * as vscode from 'vscode';
import { whole } from '../programs';
import {
  activated,
  awaitRules,
  closeEditors,
  eventually,
  findingsIn,
  openText,
  secondUri,
  writeOnDisk,
} from './extension';

const source = secondUri('configured/train.py');

suite('configuration files', () => {
  setup(async () => {
    await activated();
    await writeOnDisk(source, whole);
    await openText(source);
    await awaitRules(source, ['BN101']);
  });

  teardown(async () => {
    await closeEditors();
    await rm(secondUri('configured').fsPath, { recursive: true });
    await awaitRules(source, []);
  });

  suiteTeardown(closeEditors);

  test('are followed while they change, nearest first', async () => {
    const outer = secondUri('configured/pyproject.toml');
    await writeOnDisk(outer, '[tool.bn-guard.severity]\nBN101 = "warning"\n');
    await awaitLevel(vscode.DiagnosticSeverity.Warning);
    const inner = secondUri('configured/bn-guard.toml');
    await writeOnDisk(inner, 'ignore = ["BN101"]\n');
    await awaitRules(source, []);
    await rm(inner.fsPath);
    await awaitRules(source, ['BN101']);
    await awaitLevel(vscode.DiagnosticSeverity.Warning);
    await rm(outer.fsPath);
    await awaitLevel(vscode.DiagnosticSeverity.Error);
  });

  test('in pyproject.toml are completed and explained', async () => {
    const file = secondUri('configured/pyproject.toml');
    await writeOnDisk(file, '[project]\nname = "x"\n[tool.bn-guard]\nsel\nignore = ["BN101"]\n');
    await openText(file);
    const labels = await eventually('completions', async () => {
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        file,
        new vscode.Position(3, 3),
      );
      return some(list.items.flatMap(({ label }) => (label === 'select' ? [label] : [])));
    });
    assert.deepEqual(labels, ['select']);
    const [hover] = await vscode.commands.executeCommand<readonly vscode.Hover[]>(
      'vscode.executeHoverProvider',
      file,
      new vscode.Position(4, 13),
    );
    const [content] = hover?.contents ?? [];
    assert.match((content as vscode.MarkdownString).value, /Only trainable variables/);
    // A key alone is no TOML, so nothing is decided by it yet; no rule says anything of the file itself.
    await awaitRules(source, ['BN101']);
    assert.deepEqual(
      findingsIn(file).flatMap(({ code }) => code ?? []),
      [],
    );
  });

  for (const [name, before] of [
    ['bn-guard.toml', ''],
    ['pyproject.toml', '[project]\nname = "x"\n[tool.bn-guard]\n'],
  ] as const) {
    test(`a wrong key in ${name} is shown at its line until it is mended`, async () => {
      const file = secondUri(`configured/${name}`);
      await writeOnDisk(file, `${before}selekt = []\n`);
      const problem = await eventually('the problem', () =>
        findingsIn(file).find(({ message }) => message.includes('selekt')),
      );
      assert.equal(problem.range.start.line, before.split('\n').length - 1);
      await writeOnDisk(file, `${before}select = ["BN101"]\n`);
      await eventually('no problem', () => (findingsIn(file).length === 0 ? 'none' : undefined));
    });
  }
});

function some<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined;
}

function awaitLevel(level: vscode.DiagnosticSeverity): Promise<unknown> {
  return eventually(`level ${String(level)}`, () =>
    findingsIn(source)[0]?.severity === level ? 'there' : undefined,
  );
}
