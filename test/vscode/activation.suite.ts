import assert from 'node:assert/strict';
import { suite, test } from 'mocha';
import * as vscode from 'vscode';
import { activated, manifestCommands } from './extension';

suite('the extension', () => {
  test('activates', async () => {
    const extension = await activated();
    assert.equal(extension.isActive, true);
  });

  test('registers every command of its manifest', async () => {
    await activated();
    const known = new Set(await vscode.commands.getCommands(true));
    const wanted = manifestCommands();
    assert.ok(wanted.length > 0, 'the manifest names no command');
    assert.deepEqual(
      wanted.filter((command) => !known.has(command)),
      [],
    );
  });
});
