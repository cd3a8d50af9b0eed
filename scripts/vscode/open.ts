// Opens VS Code on examples/ with the extension loaded: the desktop one when it is there, else a server.
import { join } from 'node:path';
import { findCommand, runCommand } from '../tools/command.ts';
import { repositoryRoot } from '../tools/repository.ts';
import { ServerHost } from './serverHost.ts';

const examples = join(repositoryRoot, 'examples');
const desktop = await findCommand('code', 'code.cmd', 'codium');
await (desktop === undefined ? serve() : openDesktop(desktop));

async function openDesktop(command: string): Promise<void> {
  await runCommand(command, [
    '--new-window',
    `--extensionDevelopmentPath=${repositoryRoot}`,
    examples,
  ]);
  console.log('\nVS Code opens on examples/ with the extension loaded. Open train_tf1.py first.');
}

async function serve(): Promise<void> {
  console.log('\nNo desktop VS Code was found on PATH; its server is used in a browser instead.');
  const host = await ServerHost.start();
  console.log('Open this address, then train_tf1.py. Ctrl+C stops the server.\n');
  console.log(`  ${host.pageUrl({ folder: examples, developmentPath: repositoryRoot })}\n`);
  const interrupted = new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, resolve);
  });
  await Promise.race([interrupted, host.ended]);
  await host.stop();
}
