import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import {
  StreamMessageReader,
  StreamMessageWriter,
  createMessageConnection,
} from 'vscode-languageserver/node';
import { expect, it } from 'vitest';
import { whole } from '../programs';

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

it('bn-guard lsp serves a plain client without optional capabilities, and ends with it', async () => {
  const child = spawn(process.execPath, [cli, 'lsp', '--stdio']);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const pushed = new Promise<unknown>((resolve) => {
    connection.onNotification('textDocument/publishDiagnostics', resolve);
  });
  connection.listen();
  await connection.sendRequest('initialize', { processId: null, rootUri: null, capabilities: {} });
  await connection.sendNotification('initialized', {});
  const textDocument = { uri: 'file:///a/train.py', languageId: 'python', version: 1, text: whole };
  await connection.sendNotification('textDocument/didOpen', { textDocument });
  expect(await pushed).toMatchObject({
    uri: textDocument.uri,
    version: 1,
    diagnostics: [{ code: 'BN101', source: 'BN Guard' }],
  });
  await connection.sendRequest('shutdown');
  await connection.sendNotification('exit');
  expect(await ended).toBe(0);
});
