/**
 * How long the editor waits for diagnostics after a keystroke in a script of 1,000 lines: the built
 * server in its own process, from the edit to its answer.
 */

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type DocumentDiagnosticReport,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
  createMessageConnection,
} from 'vscode-languageserver/node';

const keystrokes = 200;
const examples = resolve('examples');
const uri = pathToFileURL(resolve(examples, 'long_script.py')).toString();

/** An example with its functions repeated under new names until it has 1,000 lines. */
function longScript(): string {
  const script = readFileSync(resolve(examples, 'train_tf1.py'), 'utf8');
  const [head = '', main = ''] = script.split(/^(?=def main\(\))/m);
  const functions = head.slice(head.indexOf('def '));
  let text = head;
  for (let copy = 0; text.split('\n').length + main.split('\n').length < 1000; copy++) {
    text += functions.replace(/^def (\w+)/gm, (_, name: string) => `def ${name}_${String(copy)}`);
  }
  return text + main;
}

async function connect(connection: MessageConnection): Promise<void> {
  connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) =>
    items.map(() => ({})),
  );
  connection.listen();
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: null,
    capabilities: { textDocument: { diagnostic: {} }, workspace: { configuration: true } },
    workspaceFolders: [{ uri: pathToFileURL(examples).toString(), name: 'examples' }],
  });
  await connection.sendNotification('initialized', {});
}

async function pull(connection: MessageConnection): Promise<number> {
  const report: DocumentDiagnosticReport = await connection.sendRequest('textDocument/diagnostic', {
    textDocument: { uri },
  });
  return report.kind === 'full' ? report.items.length : 0;
}

/** Types a comment into the middle of the last function, a new one each time. */
async function type(connection: MessageConnection, text: string, version: number): Promise<number> {
  const lines = text.split('\n');
  const line = lines.findLastIndex((each) => each.includes('global_step=global_step'));
  const start = { line: line - 1, character: 0 };
  await connection.sendNotification('textDocument/didChange', {
    textDocument: { uri, version },
    contentChanges: [{ range: { start, end: start }, text: `# typed ${String(version)}\n` }],
  });
  const startedMs = performance.now();
  await pull(connection);
  return performance.now() - startedMs;
}

const server = spawn(process.execPath, ['dist/server.js', '--stdio']);
const connection = createMessageConnection(
  new StreamMessageReader(server.stdout),
  new StreamMessageWriter(server.stdin),
);
await connect(connection);
const text = longScript();
await connection.sendNotification('textDocument/didOpen', {
  textDocument: { uri, languageId: 'python', version: 1, text },
});
const findings = await pull(connection);
const times: number[] = [];
for (let version = 2; version < 2 + keystrokes; version++) {
  times.push(await type(connection, text, version));
}
times.sort((a, b) => a - b);
const at = (part: number): string => (times[Math.floor(part * times.length)] ?? NaN).toFixed(1);
console.log(
  `${String(text.split('\n').length)} lines, ${String(findings)} finding(s), ${String(keystrokes)} keystrokes: ` +
    `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms (budget 50 ms)`,
);
connection.dispose();
server.kill();
